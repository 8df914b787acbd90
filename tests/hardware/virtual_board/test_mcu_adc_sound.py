"""The firmware's stream of sound: the converter's registers in the order of firmware/src/hal/adc_stream.c."""

import pytest
from adc_bench import (
    ADCAL,
    ADEN,
    ADSTART,
    ADSTP,
    CFGR1,
    CFGR2,
    CHSELR,
    CR,
    DMACFG,
    DMAEN,
    DR,
    ISR,
    OVR,
    OVRMOD,
    PCLK_4,
    PENDING,
    SMPR,
    TIM3,
    TIM3_RISING,
    Adc,
    Timed,
    sleeping_adc,
)
from chips import CYCLE, spinning_chip

from hardware.virtual_board.core.machine import FLASH, RAM


@pytest.fixture
def adc() -> Adc:
    return sleeping_adc()


def stream(adc: Adc, half_samples: int, buffer: int = RAM + 0x100, rate_hz: int = 8000, channel: int = 4) -> None:
    adc[CFGR1] = 0
    adc[CFGR2] = PCLK_4
    adc[SMPR] = 7
    adc[CR] = adc[CR] | ADCAL
    adc.cycles(4000)
    assert not adc[CR] & ADCAL
    adc[0x4001_001C] = adc[0x4001_001C] & ~0x1F
    adc[0x4002_0008] = 0
    adc[0x4002_0010] = DR
    adc[0x4002_0014] = buffer
    adc[0x4002_000C] = 2 * half_samples
    adc[0x4002_0004] = 0xE
    adc[0x4002_0008] = 1 << 8 | 1 << 10 | 1 << 7 | 1 << 5 | 1 << 2 | 1 << 1 | 1
    adc[0xE000_E100] = 1 << 9
    adc[CHSELR] = 1 << channel
    adc[SMPR] = 5
    adc[CFGR1] = TIM3_RISING | DMACFG | DMAEN | OVRMOD
    adc[CR] = adc[CR] | ADEN
    adc.cycles(48)
    adc[CR] = adc[CR] | ADSTART
    adc[TIM3 + 0x28] = 0
    adc[TIM3 + 0x2C] = 24_000_000 // rate_hz - 1
    adc[TIM3 + 4] = 2 << 4
    adc[TIM3 + 0x14] = 1
    adc[TIM3] = 1


def stop(adc: Adc) -> None:
    adc[TIM3] = 0
    adc[0x4002_0008] = 0
    adc[CR] = adc[CR] | ADSTP
    assert not adc[CR] & ADSTP
    adc[CR] = adc[CR] & ~ADEN
    adc[CFGR1] = 0


def test_sound_comes_every_3000_cycles_without_drift(adc: Adc) -> None:
    stream(adc, half_samples=40)
    adc[0xE000_E180] = 1 << 9  # else the pending interrupt, which nobody takes, keeps the core awake
    adc.cycles(3000 * 8000)
    assert adc.outside.converted == [4] * 8000  # the first by UG
    gaps = {b - a for a, b in zip(adc.outside.sampled, adc.outside.sampled[1:], strict=False)}
    assert gaps == {3000 * CYCLE}
    assert adc.outside.heard == adc.outside.sampled  # asleep: nothing delays it
    assert not adc[ISR] & OVR


def test_halves_of_the_buffer_are_told_in_turn(adc: Adc) -> None:
    half, flags, isr, ifcr, ht, tc = 16, [], 0x4002_0000, 0x4002_0004, 4, 2
    stream(adc, half)
    for _ in range(10 * half):
        seen = adc[isr] & (ht | tc)
        if seen:
            assert adc[PENDING] >> 9 & 1
            adc[ifcr] = seen
            adc[0xE000_E280] = 1 << 9
            assert not adc[PENDING] >> 9 & 1
            flags.append((seen, len(adc.outside.converted)))
        adc.cycles(3000)
    assert flags == [(ht if n % 2 else tc, half * n) for n in range(1, 10)]
    data = adc.machine.read(RAM + 0x100, 4 * half)
    values = [int.from_bytes(data[i : i + 2], "little") for i in range(0, 4 * half, 2)]
    assert values == [*range(8 * half + 1, 10 * half + 1)]
    stop(adc)
    adc.cycles(100_000)
    assert len(adc.outside.converted) == 10 * half
    assert not adc.chip.adc_on


def test_a_busy_core_delays_no_sample() -> None:
    outside = Timed()
    adc = Adc(spinning_chip(outside), outside)
    adc.machine.load(FLASH + 0x10, bytes.fromhex("72b6 0fb4 0fbc 00bf fbe7"))  # cpsid i; push {r0-r3}; pop {r0-r3}; nop; b
    stream(adc, half_samples=40)
    adc.cycles(3000 * 400)
    gaps = {b - a for a, b in zip(outside.sampled, outside.sampled[1:], strict=False)}
    assert gaps == {3000 * CYCLE}
    assert outside.heard != outside.sampled
    assert all(0 <= heard - at < 20 * CYCLE for heard, at in zip(outside.heard, outside.sampled, strict=True))


def test_a_stream_goes_on_from_a_snapshot(adc: Adc) -> None:
    stream(adc, half_samples=40)
    adc.cycles(3000 * 10 + 1500)
    snapshot = adc.machine.snapshot()
    adc.cycles(3000 * 5)
    expected = adc.outside.sampled[-5:]
    adc.machine.restore(snapshot)
    adc.cycles(3000 * 5)
    assert adc.outside.sampled[-5:] == expected
