"""The converter: calibration, times, sequences, triggers, overrun, and the firmware's stream of sound."""

from dataclasses import dataclass

import pytest
from chips import CYCLE, Recorder, Registers, fall_asleep, idle_chip, spinning_chip

from hardware.virtual_board.core.machine import FLASH, RAM, Refused
from hardware.virtual_board.mcu.chip import Chip

ADC = 0x4001_2400
ISR, IER, CR, CFGR1, CFGR2 = ADC, ADC + 4, ADC + 8, ADC + 0xC, ADC + 0x10
SMPR, TR, CHSELR, DR, CCSR, CCR = ADC + 0x14, ADC + 0x20, ADC + 0x28, ADC + 0x40, ADC + 0x44, ADC + 0x308
EOSMP, EOC, EOSEQ, OVR = 2, 4, 8, 16
ADEN, ADSTART, ADSTP, ADCAL = 1, 4, 16, 1 << 31
DMAEN, DMACFG, SCANDIR, ALIGN, OVRMOD, CONT, WAIT, DISCEN = 1, 2, 4, 1 << 5, 1 << 12, 1 << 13, 1 << 14, 1 << 16
TIM3_RISING = 3 << 6 | 1 << 10
VREFEN, TSEN = 1 << 22, 1 << 23
PCLK_4 = 2 << 28
PENDING = 0xE000_E200
APBRSTR2 = 0x4002_1030
SAMPLING = [3.5, 5.5, 7.5, 13.5, 28.5, 41.5, 71.5, 239.5]
TIM3 = 0x4000_0400


@dataclass
class Timed(Recorder):
    """Knows when each sample was taken."""

    chip: Chip | None = None

    def __post_init__(self) -> None:
        self.sampled: list[int] = []
        self.heard: list[int] = []

    def convert(self, channel: int) -> int:
        assert self.chip
        self.sampled.append(self.chip.adc_sampled_at)
        self.heard.append(self.chip.now)
        super().convert(channel)
        return self.counts.get(channel, len(self.converted))


class Adc(Registers):
    def __init__(self, chip: Chip, outside: Timed) -> None:
        super().__init__(chip.machine)
        self.chip, self.outside = chip, outside
        outside.chip = chip

    def on(self, channels: int = 1, configuration: int = 0, clock: int = PCLK_4, smp: int = 0) -> None:
        self[CFGR2] = clock
        self[CHSELR] = channels
        self[SMPR] = smp
        self[CFGR1] = configuration
        self[CR] = ADEN
        self.cycles(8 * 64)

    def start(self) -> None:
        self[CR] = ADEN | ADSTART

    def cycles_until(self, flag: int) -> int:
        passed = 0
        while not self[ISR] & flag:
            self.cycles(1)
            passed += 1
            assert passed < 100_000
        return passed


@pytest.fixture
def adc() -> Adc:
    outside = Timed()
    made = Adc(idle_chip(outside), outside)
    made.cycles(100)  # asleep: each cycle can be told from the next
    return made


def test_registers_after_reset(adc: Adc) -> None:
    assert [adc[r] for r in (ISR, IER, CR, CFGR1, CFGR2, SMPR, CHSELR, DR, CCSR, CCR)] == [0] * 10
    assert adc[TR] == 0x0FFF_0000


@pytest.mark.parametrize("smp", range(8))
def test_a_conversion_takes_the_sampling_time_and_12_clocks(adc: Adc, smp: int) -> None:
    adc.outside.counts = {0: 0xABC}
    adc.on(smp=smp)
    begun = adc.machine.ticks
    adc.start()
    assert adc.cycles_until(EOC) == 4 * (SAMPLING[smp] + 12)
    assert adc.outside.sampled == [begun + 4 * SAMPLING[smp] * CYCLE]
    assert adc[ISR] == EOSMP | EOC | EOSEQ
    assert adc[CR] == ADEN
    assert adc[DR] == 0xABC
    assert adc[ISR] == EOSMP | EOSEQ


@pytest.mark.parametrize(("mode", "cycles"), [(0, 1), (1, 2), (6, 64), (8, 1), (10, 4)])
def test_the_clock_is_pclk_or_hsi_divided(adc: Adc, mode: int, cycles: int) -> None:
    adc.on(clock=mode << 28, smp=3)
    adc.start()
    assert adc.cycles_until(EOC) == pytest.approx(25.5 * cycles, abs=0.5)


@pytest.mark.parametrize(("ressel", "bits"), [(0, 12), (1, 10), (2, 8), (3, 6)])
def test_fewer_bits_are_faster_and_can_be_aligned(adc: Adc, ressel: int, bits: int) -> None:
    adc.outside.counts = {0: 0xFFF, 1: 0xFFF}
    adc.on(configuration=ressel << 3)
    adc.start()
    assert adc.cycles_until(EOC) == 4 * (3.5 + bits)
    assert adc[DR] == (1 << bits) - 1
    adc[CFGR1] = ressel << 3 | ALIGN
    adc.start()
    adc.cycles(100)
    assert adc[DR] == ((1 << bits) - 1) << (2 if bits == 6 else 16 - bits)


def test_calibration_takes_time_and_an_idle_converter(adc: Adc) -> None:
    adc[CR] = ADCAL
    assert adc[CR] == ADCAL
    assert adc[CCSR] >> 31
    assert adc.chip.adc_on
    adc.cycles(1000)
    assert adc[CR] == 0
    assert not adc.chip.adc_on
    adc[CR] = ADEN
    with pytest.raises(Refused, match="UNMODELLED"):
        adc[CR] = ADEN | ADCAL


def test_a_sequence_goes_through_the_channels(adc: Adc) -> None:
    adc.on(channels=0b1001_0010)
    adc.start()
    adc.cycles_until(EOC)
    assert not adc[ISR] & EOSEQ
    adc.cycles_until(EOSEQ)
    assert adc.outside.converted == [1, 4, 7]
    assert adc[ISR] & OVR
    assert adc[DR] == 1  # the old value stays
    adc[CR] = 0
    adc.on(channels=0b1001_0010, configuration=SCANDIR)
    adc.start()
    adc.cycles(300)
    assert adc.outside.converted[3:] == [7, 4, 1]


def test_overrun_may_overwrite(adc: Adc) -> None:
    adc.on(channels=0b11, configuration=OVRMOD)
    adc.start()
    adc.cycles(200)
    assert adc[ISR] & OVR
    assert adc[DR] == 2


def test_continuous_conversion_goes_on_until_it_is_stopped(adc: Adc) -> None:
    adc.on(configuration=CONT | OVRMOD)
    adc.start()
    adc.cycles(62 * 10 + 31)
    assert len(adc.outside.converted) == 11
    gaps = {b - a for a, b in zip(adc.outside.sampled, adc.outside.sampled[1:], strict=False)}
    assert gaps == {62 * CYCLE}
    adc[CR] = ADEN | ADSTP
    assert adc[CR] == ADEN
    adc.cycles(500)
    assert len(adc.outside.converted) == 11


def test_discontinuous_conversion_wants_a_start_for_each_channel(adc: Adc) -> None:
    adc.on(channels=0b111, configuration=DISCEN)
    for channel in (0, 1, 2, 0):
        adc.start()
        adc.cycles(300)
        assert adc.outside.converted[-1] == channel
        assert bool(adc[ISR] & EOSEQ) == (channel == 2)
        assert adc[CR] == ADEN
        adc[ISR] = EOC | EOSEQ
    assert len(adc.outside.converted) == 4


def test_auto_wait_holds_the_next_until_the_value_is_read(adc: Adc) -> None:
    adc.on(channels=0b11, configuration=WAIT)
    adc.start()
    adc.cycles(1000)
    assert adc.outside.converted == [0]
    assert adc[DR] == 1
    adc.cycles(100)
    assert adc.outside.converted == [0, 1]
    assert not adc[ISR] & OVR


def trigger_every(adc: Adc, cycles: int) -> None:
    adc[TIM3 + 0x2C] = cycles - 1
    adc[TIM3 + 4] = 2 << 4
    adc[TIM3] = 1


def test_a_trigger_during_a_conversion_is_lost(adc: Adc) -> None:
    adc.on(smp=4, configuration=TIM3_RISING | OVRMOD)
    adc.start()
    trigger_every(adc, 100)  # a conversion takes 162
    adc.cycles(2000)
    gaps = {b - a for a, b in zip(adc.outside.sampled, adc.outside.sampled[1:], strict=False)}
    assert gaps == {200 * CYCLE}


def test_auto_wait_ignores_triggers_until_the_value_is_read(adc: Adc) -> None:
    adc.on(configuration=TIM3_RISING | WAIT)
    adc.start()
    trigger_every(adc, 200)
    adc.cycles(1000)
    assert len(adc.outside.converted) == 1
    assert adc[DR] == 1
    adc.cycles(250)
    assert len(adc.outside.converted) == 2


def test_internal_channels_want_their_switch(adc: Adc) -> None:
    adc.outside.counts = {11: 900, 12: 1500}
    for channel, switch, counts in ((12, VREFEN, 1500), (11, TSEN, 900)):
        for enabled in (0, switch):
            adc[CCR] = enabled
            adc.on(channels=1 << channel)
            adc.start()
            adc.cycles(100)
            assert adc[DR] == (counts if enabled else 0)
            adc[CR] = 0


def test_its_interrupt(adc: Adc) -> None:
    adc[IER] = EOC
    adc.on()
    adc.start()
    adc.cycles(60)
    assert not adc[PENDING] >> 12 & 1
    adc.cycles(2)
    assert adc[PENDING] >> 12 & 1


def test_its_reset_lowers_the_interrupt_line_and_ends_its_current(adc: Adc) -> None:
    adc[IER] = EOC
    adc.on()
    adc.start()
    adc.cycles(100)
    assert adc.interrupts(12)
    adc.outside.power_changes = 0
    adc[APBRSTR2] = 1 << 20
    assert not adc.interrupts(12)
    assert (adc.chip.adc_on, adc.outside.power_changes) == (False, 1)


def test_its_current_is_announced(adc: Adc) -> None:
    adc.outside.power_changes = 0
    adc[CR] = ADEN
    assert (adc.chip.adc_on, adc.outside.power_changes) == (True, 1)
    adc[CR] = 0
    assert (adc.chip.adc_on, adc.outside.power_changes) == (False, 2)


def test_switching_off_ends_a_conversion(adc: Adc) -> None:
    adc.on()
    adc.start()
    adc[CR] = 0
    adc.cycles(1000)
    assert adc[ISR] == 0
    assert adc.outside.converted == []


@pytest.mark.parametrize(
    ("register", "value", "enabled"),
    [
        (CHSELR, 2, ADEN),
        (CFGR2, 0, ADEN),
        (CHSELR, 1 << 10, 0),
        (CFGR2, 7 << 28, 0),
        (CFGR1, 1 << 23, 0),
        (CFGR1, CONT | DISCEN, 0),
        (CR, ADSTART, 0),
        (CR, 2, 0),
        (CFGR1, 0, ADEN | ADSTART),
        (SMPR, 1, ADEN | ADSTART),
        (IER, 1 << 7, 0),
        (ADC + 0x48, 0, 0),
    ],
)
def test_what_is_forbidden_or_not_modelled_stops_the_machine(adc: Adc, register: int, value: int, enabled: int) -> None:
    adc[CFGR2] = PCLK_4
    adc[CHSELR] = 1
    adc[CR] = enabled & ADEN
    adc.cycles(100)
    adc[CR] = enabled
    with pytest.raises(Refused, match="UNMODELLED"):
        adc[register] = value


def test_it_must_settle_before_the_start(adc: Adc) -> None:
    adc[CFGR2], adc[CHSELR] = PCLK_4, 1
    adc[CR] = ADEN
    adc.cycles(31)
    with pytest.raises(Refused, match="UNMODELLED"):
        adc.start()
    adc.cycles(1)
    adc.start()


def test_stop_holds_a_conversion_that_goes_on_afterwards() -> None:
    outside = Timed()
    chip = spinning_chip(outside)
    adc = Adc(chip, outside)
    adc.on(smp=7)
    adc.start()
    fall_asleep(chip, 5000 * CYCLE, deep=True)
    assert outside.converted == []


# Sound: the registers in the order of firmware/src/hal/adc_stream.c


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
