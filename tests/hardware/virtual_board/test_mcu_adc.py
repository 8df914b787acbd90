"""The converter: calibration, times, sequences, triggers and overrun."""

import pytest
from adc_bench import (
    ADC,
    ADCAL,
    ADEN,
    ADSTART,
    ADSTP,
    ALIGN,
    APBRSTR2,
    CCR,
    CCSR,
    CFGR1,
    CFGR2,
    CHSELR,
    CONT,
    CR,
    DISCEN,
    DR,
    EOC,
    EOSEQ,
    EOSMP,
    IER,
    ISR,
    OVR,
    OVRMOD,
    PCLK_4,
    PENDING,
    SAMPLING,
    SCANDIR,
    SMPR,
    TIM3,
    TIM3_RISING,
    TR,
    TSEN,
    VREFEN,
    WAIT,
    Adc,
    Timed,
    sleeping_adc,
)
from chips import CYCLE, fall_asleep, spinning_chip

from hardware.virtual_board.core.machine import Refused


@pytest.fixture
def adc() -> Adc:
    return sleeping_adc()


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
