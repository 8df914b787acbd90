"""Timer 3 as an upcounter: periods, updates, preload, triggers."""

import pytest
from chips import CYCLE, Registers, fall_asleep, idle_chip, spinning_chip

from hardware.virtual_board.core.machine import Refused

TIM3 = 0x4000_0400
CR1, CR2, SMCR, DIER, SR, EGR, CNT, PSC, ARR = (TIM3 + at for at in (0, 4, 8, 0xC, 0x10, 0x14, 0x24, 0x28, 0x2C))
CCMR1, CCR1 = TIM3 + 0x18, TIM3 + 0x34
CEN, UDIS, URS, OPM, ARPE = 1, 2, 4, 8, 0x80
UIE, UIF, UG = 1, 1, 1
PENDING = 0xE000_E200
APBRSTR1 = 0x4002_102C


class Timer(Registers):
    def until_update(self) -> int:
        """Cycles to the next rise of UIF, to the cycle."""
        self[SR] = 0
        passed = 0
        while not self[SR] & UIF:
            self.cycles(1)
            passed += 1
            assert passed < 100_000
        return passed


@pytest.fixture
def timer() -> Timer:
    made = Timer(idle_chip().machine)
    made.cycles(100)  # asleep: each cycle can be told from the next
    return made


def start(timer: Timer, period: int, prescaler: int = 0, control: int = 0) -> None:
    timer[PSC] = prescaler
    timer[ARR] = period - 1
    timer[EGR] = UG
    timer[SR] = 0
    timer[CR1] = CEN | control


def test_registers_after_reset(timer: Timer) -> None:
    assert [timer[r] for r in (CR1, CR2, SMCR, DIER, SR, EGR, CNT, PSC, ARR)] == [0] * 8 + [0xFFFF]


@pytest.mark.parametrize(("period", "prescaler"), [(3000, 0), (2, 0), (100, 7), (65536, 0)])
def test_a_period_is_arr_plus_1_times_psc_plus_1(timer: Timer, period: int, prescaler: int) -> None:
    start(timer, period, prescaler)
    for _ in range(3 if period < 10_000 else 1):
        timer.cycles(period * (prescaler + 1) - 1)
        assert not timer[SR] & UIF
        timer.cycles(1)
        assert timer[SR] & UIF
        timer[SR] = 0


def test_the_counter_can_be_read_and_set(timer: Timer) -> None:
    start(timer, 1000, 3)
    timer.cycles(403)
    assert timer[CNT] == 100
    timer[CNT] = 990
    assert timer.until_update() == 40
    assert timer[CNT] == 0
    timer[CR1] = 0
    timer.cycles(500)
    assert timer[CNT] == 0


def test_a_count_beyond_arr_goes_round_first(timer: Timer) -> None:
    start(timer, 1000)
    timer[CNT] = 65_000
    assert timer.until_update() == 536 + 1000
    assert timer.until_update() == 1000


def test_stopping_keeps_the_count(timer: Timer) -> None:
    start(timer, 1000)
    timer.cycles(300)
    timer[CR1] = 0
    timer.cycles(5000)
    assert timer[CNT] == 300
    timer[CR1] = CEN
    assert timer.until_update() == 700


def test_arr_acts_at_once_or_with_arpe_at_the_update(timer: Timer) -> None:
    start(timer, 1000)
    timer[ARR] = 1999
    assert timer.until_update() == 2000
    timer[CR1] = CEN | ARPE
    timer[ARR] = 499
    assert timer.until_update() == 2000
    assert timer.until_update() == 500


def test_psc_acts_from_the_next_update_on(timer: Timer) -> None:
    start(timer, 100)
    timer[PSC] = 1
    assert [timer.until_update() for _ in range(2)] == [100, 200]


def test_update_disable_and_request_source(timer: Timer) -> None:
    start(timer, 100, control=UDIS)
    timer.cycles(1000)
    assert not timer[SR]
    timer[EGR] = UG
    assert not timer[SR]
    timer[CR1] = CEN | URS
    timer[EGR] = UG
    assert not timer[SR]
    assert timer.until_update() == 100


def test_ug_starts_over_and_flags(timer: Timer) -> None:
    start(timer, 1000)
    timer.cycles(300)
    timer[EGR] = UG
    assert timer[SR] == UIF
    assert timer.until_update() == 1000


def test_one_pulse_stops_at_the_update(timer: Timer) -> None:
    start(timer, 1000, control=OPM)
    timer.cycles(1000)
    assert timer[CR1] == OPM
    timer[SR] = 0
    timer.cycles(5000)
    assert (timer[CNT], timer[SR]) == (0, 0)


def test_an_arr_of_0_holds_the_counter(timer: Timer) -> None:
    start(timer, 1000)
    timer.cycles(300)
    timer[ARR] = 0
    timer.cycles(5000)
    assert (timer[SR], timer[CNT]) == (0, 300)
    timer[ARR] = 999
    assert timer.until_update() == 700


def test_the_interrupt_wants_its_enable(timer: Timer) -> None:
    start(timer, 100)
    timer.cycles(100)
    assert not timer[PENDING] >> 16 & 1
    timer[DIER] = UIE
    assert timer[PENDING] >> 16 & 1


def test_its_reset_lowers_the_interrupt_line(timer: Timer) -> None:
    start(timer, 100)
    timer[DIER] = UIE
    timer.cycles(100)
    assert timer.interrupts(16)
    timer[APBRSTR1] = 2
    assert not timer.interrupts(16)


def test_stop_halts_it_and_sleep_does_not() -> None:
    chip = spinning_chip()
    timer = Timer(chip.machine)
    start(timer, 60_000)
    fall_asleep(chip, 1000 * CYCLE)
    before = timer[CNT]
    assert before >= 1000
    chip = spinning_chip()
    timer = Timer(chip.machine)
    start(timer, 60_000)
    fall_asleep(chip, 1000 * CYCLE, deep=True)
    assert timer[CNT] < 100


@pytest.mark.parametrize(
    ("register", "value"), [(CR1, 1 << 4), (CR1, 1 << 5), (CR2, 4 << 4), (SMCR, 7), (DIER, 2), (EGR, 2), (CCMR1, 0), (CCR1, 5)]
)
def test_what_the_model_lacks_stops_the_machine(timer: Timer, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        timer[register] = value
