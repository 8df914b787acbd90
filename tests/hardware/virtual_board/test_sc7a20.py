"""The accelerometer as a driver sees it: transfers on I2C, the interrupt lines, and time."""

import copy
import itertools
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.virtual_board.device import Drive
from hardware.virtual_board.motion import MotionSource, Replay, Rest, Tap, Vector
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.sc7a20 import BOOT_TIME, Sc7a20
from hardware.virtual_board.parts.sc7a20_current import current_ua
from hardware.virtual_board.parts.sc7a20_fifo import Fifo, Mode
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.ticks import Ticks, from_seconds, to_seconds

POWER = {"VDD": 3.0, "VDDIO": 3.0, "GND": 0.0, "GNDIO": 0.0}
PERIOD_100_HZ = from_seconds(0.01)


class Bench:
    """A controller on the bus."""

    def __init__(self, motion: MotionSource | None = None, noise_g: float = 0.0, **errors: float) -> None:
        self.part = Sc7a20(motion=motion or Rest(), noise_g=noise_g, **errors)  # type: ignore[arg-type]
        self.now: Ticks = 0
        self.address = 0x18
        self.part.input("SDO", False, 0)
        self.part.input("CS", True, 0)
        self.part.supply(POWER, 0)
        self.wait(BOOT_TIME)

    def wait(self, ticks: Ticks) -> None:
        self.now += ticks
        self.part.advance(self.now)

    def write(self, register: int, *data: int) -> None:
        assert self.part.i2c_start(self.address, False, self.now)
        for byte in (register | 0x80, *data):
            assert self.part.i2c_write(byte, self.now)
        self.part.i2c_stop(self.now)

    def read(self, register: int, count: int = 1, increment: bool = True) -> bytes:
        assert self.part.i2c_start(self.address, False, self.now)
        assert self.part.i2c_write(register | (0x80 if increment else 0), self.now)
        assert self.part.i2c_start(self.address, True, self.now)
        data = bytes(self.part.i2c_read(self.now) for _ in range(count))
        self.part.i2c_stop(self.now)
        return data

    def sample(self) -> Vector:
        """Counts of 12 bit."""
        raw = self.read(0x28, 6)
        assert not any(byte & 0x0F for byte in raw[::2])
        x, y, z = (int.from_bytes(raw[at : at + 2], "little", signed=True) >> 4 for at in (0, 2, 4))
        return x, y, z

    def after(self, samples: int) -> Vector:
        self.wait(samples * PERIOD_100_HZ)
        return self.sample()

    def int1(self) -> Drive:
        return self.part.outputs()["INT1"]


def ramp(step_mg: int = 10, count: int = 200) -> Replay:
    """Sample n at 100 Hz shows n steps on x. It begins as soon as the board has power, the samples 5 ms later."""
    return Replay(tuple((max(0, n) * step_mg / 1024, 0.0, 1.0) for n in range(-1, count) for _ in (0, 1)), rate_hz=200)


# Identity and bus


def test_identity() -> None:
    assert (Bench().read(0x0F), Bench().read(0x70)) == (b"\x11", b"\x28")


@pytest.mark.parametrize(("sdo", "address", "other"), [(False, 0x18, 0x19), (True, 0x19, 0x18), (None, 0x19, 0x18)])
def test_address_by_strap(sdo: bool | None, address: int, other: int) -> None:
    part = Sc7a20()
    if sdo is not None:
        part.input("SDO", sdo, 0)
    part.supply(POWER, 0)
    assert part.i2c_start(address, False, BOOT_TIME)
    assert not part.i2c_start(other, False, BOOT_TIME)
    assert not part.i2c_write(0x0F, BOOT_TIME)


@pytest.mark.parametrize("open_pin", ["VDD", "VDDIO", "GND", "GNDIO"])
def test_no_answer_without_any_supply_pin(open_pin: str) -> None:
    part = Sc7a20()
    part.supply({pin: volts for pin, volts in POWER.items() if pin != open_pin}, 0)
    assert not part.i2c_start(0x19, True, BOOT_TIME)
    assert part.i2c_read(BOOT_TIME) == 0xFF
    assert part.outputs() == {"INT1": Drive.OPEN, "INT2": Drive.OPEN}
    assert part.current_ua() == {}


def test_no_answer_while_it_boots_or_speaks_spi() -> None:
    bench = Bench()
    bench.part.supply(POWER | {"VDD": 1.70}, bench.now)
    bench.part.supply(POWER, bench.now)
    assert not bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME - 1)
    assert bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME)
    bench.part.input("CS", False, bench.now + BOOT_TIME)
    assert not bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME)


def test_power_loss_forgets() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.part.supply(POWER | {"VDD": 1.70}, bench.now)
    bench.part.supply(POWER, bench.now)
    bench.wait(BOOT_TIME)
    assert bench.read(0x20) == b"\x07"


def test_the_address_goes_on_only_when_asked() -> None:
    bench = Bench()
    bench.write(0x32, 0x11, 0x22)
    assert bench.read(0x32, 2) == b"\x11\x22"
    assert bench.read(0x32, 2, increment=False) == b"\x11\x11"


def test_soft_reset_wants_its_key() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.write(0x68, 0xA4)
    assert bench.read(0x20) == b"\x57"
    bench.write(0x68, 0xA5)
    assert bench.read(0x20) == b"\x07"


def test_boot_bit_clears_itself() -> None:
    bench = Bench()
    bench.write(0x24, 0x80)
    assert bench.read(0x24) == b"\x80"
    bench.wait(BOOT_TIME)
    assert bench.read(0x24) == b"\x00"


@pytest.mark.parametrize(
    ("register", "value"), [(0x57, 0), (0x3A, 1), (0x21, 0x04), (0x22, 0x80), (0x23, 0x01), (0x30, 0x40), (0x20, 0xC7)]
)
def test_what_is_not_modelled_is_an_error(register: int, value: int) -> None:
    with pytest.raises(NotModelled, match="SC7A20"):
        Bench().write(register, value)


# Samples


def test_standby_until_a_rate_is_set() -> None:
    bench = Bench()
    bench.wait(from_seconds(1))
    assert bench.read(0x27) == b"\x00"
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ - 1)
    assert bench.read(0x27) == b"\x00"
    bench.wait(1)
    assert bench.read(0x27) == b"\x0f"
    assert bench.sample() == (0, 0, 1024)
    assert bench.read(0x27) == b"\x00"


@pytest.mark.parametrize(("code", "hertz"), [(1, 1.56), (2, 12.5), (4, 50), (7, 400), (9, 1480), (11, 4430)])
@pytest.mark.parametrize("error", [0.0, -0.08, 0.05])
def test_rate_and_its_tolerance(code: int, hertz: float, error: float) -> None:
    bench = Bench(rate_error=error)
    bench.write(0x22, 0x10)
    bench.write(0x20, code << 4 | 7)
    due = bench.part.next_event()
    assert due is not None
    assert to_seconds(due - bench.now) == pytest.approx(1 / (hertz * (1 + error)), rel=1e-6)


def test_overwritten_samples_are_flagged() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.wait(2 * PERIOD_100_HZ)
    assert bench.read(0x27) == b"\xff"
    bench.read(0x29)
    assert bench.read(0x27) == bytes([0x66])


@pytest.mark.parametrize(("code", "counts_per_g"), [(0, 1024), (1, 512), (2, 256), (3, 128)])
def test_full_scale(code: int, counts_per_g: int) -> None:
    bench = Bench()
    bench.write(0x23, code << 4)
    bench.write(0x20, 0x57)
    assert bench.after(1) == (0, 0, counts_per_g)


def test_it_saturates() -> None:
    bench = Bench(Replay(((3.0, -3.0, 0.0),), 1))
    bench.write(0x20, 0x57)
    assert bench.after(1) == (2047, -2048, 0)


def test_offset_self_test_and_axes() -> None:
    bench = Bench(offset_g=(0.125, 0.0, 0.0))  # type: ignore[arg-type]
    bench.write(0x20, 0x55)
    assert bench.after(1) == (128, 0, 1024)
    bench.write(0x23, 0x02)
    assert bench.after(1) == (128 + 512, 0, 1024 + 512)
    bench.write(0x23, 0x04)
    assert bench.after(1) == (128 - 512, 0, 512)


def test_low_power_mode_keeps_eight_bits() -> None:
    bench = Bench(Rest((0.5, 0.5, 1.0)))
    bench.write(0x20, 0x5F)
    assert bench.after(1) == (416, 416, 832)  # 418, 418, 836 cut to steps of 16


def test_noise_is_as_large_as_told_and_repeats_by_seed() -> None:
    def values(seed: int) -> list[float]:
        bench = Bench(noise_g=0.01, seed=seed)
        bench.write(0x20, 0x57)
        return [bench.after(1)[0] / 1024 for _ in range(400)]

    first = values(1)
    assert (sum(value**2 for value in first) / len(first)) ** 0.5 == pytest.approx(0.01, rel=0.1)
    assert first == values(1) != values(2)


def test_block_update_keeps_both_bytes_of_one_sample() -> None:
    for block, torn in ((0x80, False), (0x00, True)):
        bench = Bench(Replay(((0.0, 0, 1), (1.0, 0, 1)), rate_hz=20))
        bench.write(0x23, block)
        bench.write(0x20, 0x57)
        bench.wait(PERIOD_100_HZ)
        low = bench.read(0x28)[0]
        first = bench.part._output[0]
        bench.wait(PERIOD_100_HZ)
        assert (bench.read(0x29)[0] << 8 | low != first) is torn


def test_block_update_lets_go_when_the_high_byte_is_read() -> None:
    bench = Bench(ramp())
    bench.write(0x23, 0x80)
    bench.write(0x20, 0x57)
    first, second = bench.after(1), bench.after(1)
    assert second[0] - first[0] == 10


def test_filtered_output_loses_gravity() -> None:
    bench = Bench()
    bench.write(0x21, 0x08)
    bench.write(0x20, 0x57)
    assert bench.after(1) == (0, 0, 1024)
    bench.read(0x26)
    assert bench.after(1) == (0, 0, 0)


def test_other_bits_of_the_rate_register_leave_the_pace_alone() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ - 1)
    bench.write(0x20, 0x5F)
    bench.wait(1)
    assert bench.read(0x27) == b"\x0f"


# FIFO


@settings(max_examples=100, deadline=None)
@given(
    mode=st.sampled_from([Mode.FIFO, Mode.STREAM]),
    watermark=st.integers(0, 31),
    steps=st.lists(st.one_of(st.integers(1, 40), st.just("pop")), max_size=12),
)
def test_fifo_against_a_deque(mode: Mode, watermark: int, steps: list[int | str]) -> None:
    fifo, model, count = Fifo(), deque[int](maxlen=32), 0
    fifo.configure(mode, watermark)
    for step in steps:
        if isinstance(step, int):
            for _ in range(step):
                count += 1
                fifo.push((count, 0, 0))
                if mode is Mode.STREAM or len(model) < 32:
                    model.append(count)
        elif model:
            model.popleft()
            fifo.pop()
        assert [sample[0] for sample in fifo.samples] == list(model)
        level, full = len(model), len(model) == 32
        assert fifo.source() == (level > watermark) << 7 | full << 6 | (level == 0) << 5 | min(level, 31)


def test_a_burst_empties_the_fifo_sample_by_sample() -> None:
    bench = Bench(ramp())
    bench.write(0x24, 0x40)
    bench.write(0x2E, 0x80 | 4)
    bench.write(0x20, 0x57)
    bench.wait(6 * PERIOD_100_HZ)
    assert bench.read(0x2F)[0] == 0x86
    raw = bench.read(0x28, 6 * 6)
    xs = [int.from_bytes(raw[at : at + 2], "little", signed=True) >> 4 for at in range(0, 36, 6)]
    assert [b - a for a, b in itertools.pairwise(xs)] == [10] * 5
    assert bench.read(0x2F)[0] == 0x20


def test_the_fifo_needs_its_enable_bit_and_bypass_empties_it() -> None:
    bench = Bench()
    bench.write(0x2E, 0x80)
    bench.write(0x20, 0x57)
    bench.wait(3 * PERIOD_100_HZ)
    assert bench.read(0x2F)[0] == 0x20
    bench.write(0x24, 0x40)
    bench.wait(3 * PERIOD_100_HZ)
    assert bench.read(0x2F)[0] & 0x1F == 3
    bench.write(0x2E, 0x00)
    assert bench.read(0x2F)[0] == 0x20


def test_trigger_mode_stops_after_the_event() -> None:
    bench = Bench(Tap(at=from_seconds(0.5), duration=from_seconds(0.1), peak_g=(1.0, 0, 0)))
    bench.write(0x24, 0x48)
    bench.write(0x32, 30)
    bench.write(0x30, 0x02)
    bench.write(0x2E, 0xC0)
    bench.write(0x20, 0x57)
    bench.wait(from_seconds(0.45))
    assert bench.read(0x2F)[0] & 0x40
    bench.wait(from_seconds(1))
    above = [bench.sample()[0] > 491 for _ in range(32)]
    assert above == [False] * 31 + [True]  # what led to the event, and the sample that fired it


def test_bypass_arms_the_trigger_again() -> None:
    fifo = Fifo()
    fifo.configure(Mode.TRIGGER, 0)
    fifo.trigger()
    fifo.configure(Mode.BYPASS, 0)
    fifo.configure(Mode.TRIGGER, 0)
    for count in range(40):
        fifo.push((count, 0, 0))
    assert fifo.samples[0] == (8, 0, 0)


# Interrupts


def test_data_ready_line_goes_up_with_a_sample_and_down_when_read() -> None:
    bench = Bench()
    bench.write(0x22, 0x10)
    bench.write(0x20, 0x57)
    assert bench.int1() is Drive.LOW
    bench.wait(PERIOD_100_HZ)
    assert bench.int1() is Drive.HIGH
    bench.sample()
    assert bench.int1() is Drive.LOW


@pytest.mark.parametrize(("routing", "samples"), [(0x04, 8), (0x02, 32)])
def test_watermark_and_overrun_lines(routing: int, samples: int) -> None:
    bench = Bench()
    bench.write(0x22, routing)
    bench.write(0x24, 0x40)
    bench.write(0x2E, 0x80 | 7)
    bench.write(0x20, 0x57)
    bench.wait((samples - 1) * PERIOD_100_HZ)
    assert bench.int1() is Drive.LOW
    bench.wait(PERIOD_100_HZ)
    assert bench.int1() is Drive.HIGH


def test_polarity() -> None:
    bench = Bench()
    bench.write(0x25, 0x02)
    assert bench.part.outputs() == {"INT1": Drive.HIGH, "INT2": Drive.HIGH}
    bench.write(0x22, 0x10)
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ)
    assert bench.part.outputs() == {"INT1": Drive.LOW, "INT2": Drive.HIGH}


def wake_on_motion(motion: MotionSource, latch: int = 0x08, duration: int = 0, threshold: int = 16) -> Bench:
    """High-passed, any axis above the threshold of 16 mg per step, reference taken at the first sample."""
    bench = Bench(motion)
    bench.write(0x21, 0x01)
    bench.write(0x22, 0x40)
    bench.write(0x24, latch)
    bench.write(0x32, threshold, duration)
    bench.write(0x20, 0x57)
    bench.read(0x26)
    bench.wait(PERIOD_100_HZ)
    bench.write(0x30, 0x2A)
    return bench


def tap(peak_g: float = 0.6) -> Tap:
    return Tap(at=from_seconds(0.5), duration=from_seconds(0.1), peak_g=(peak_g, 0, 0))


def test_motion_wakes_and_stays_until_its_source_is_read() -> None:
    bench = wake_on_motion(tap())
    bench.wait(from_seconds(0.45))
    assert bench.int1() is Drive.LOW
    bench.wait(from_seconds(0.5))
    assert bench.int1() is Drive.HIGH
    assert bench.read(0x31)[0] == 0x42
    assert bench.int1() is Drive.LOW
    assert bench.read(0x31)[0] == 0x00


def test_unlatched_interrupt_falls_with_its_cause() -> None:
    bench = wake_on_motion(tap(), latch=0)
    bench.wait(from_seconds(0.55) - bench.now)
    assert bench.int1() is Drive.HIGH
    bench.wait(from_seconds(0.5))
    assert bench.int1() is Drive.LOW


def test_below_the_threshold_it_sleeps() -> None:
    bench = wake_on_motion(tap(peak_g=0.25))  # the threshold is 0.256 g
    bench.wait(from_seconds(1))
    assert bench.int1() is Drive.LOW


@pytest.mark.parametrize(("duration", "wakes"), [(2, True), (20, False)])
def test_motion_must_last(duration: int, wakes: bool) -> None:
    bench = wake_on_motion(tap(), duration=duration)
    bench.wait(from_seconds(1))
    assert (bench.int1() is Drive.HIGH) is wakes


def test_gravity_wakes_without_the_filter_and_without_reference() -> None:
    bench = Bench()
    bench.write(0x22, 0x40)
    bench.write(0x32, 16)
    bench.write(0x30, 0x2A)
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ)
    assert bench.int1() is Drive.HIGH
    bench.write(0x21, 0x01)
    bench.wait(PERIOD_100_HZ)
    assert bench.int1() is Drive.HIGH
    bench.read(0x26)
    bench.wait(PERIOD_100_HZ)
    assert bench.int1() is Drive.LOW


def test_all_events_at_once_when_asked() -> None:
    bench = Bench(Rest((1, 0, 1)))
    bench.write(0x32, 16)
    bench.write(0x30, 0x80 | 0x2A)
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ)
    assert bench.read(0x31)[0] & 0x40 == 0
    bench.write(0x30, 0x80 | 0x22)
    bench.wait(PERIOD_100_HZ)
    assert bench.read(0x31)[0] == 0x62


@pytest.mark.parametrize("generator", [0x30, 0x34])
@pytest.mark.parametrize(
    ("register", "bit_of", "lines"),
    [
        (0x25, {0x30: 0x40, 0x34: 0x20}, {"INT1": Drive.LOW, "INT2": Drive.HIGH}),
        (0x22, {0x30: 0x40, 0x34: 0x20}, {"INT1": Drive.HIGH, "INT2": Drive.LOW}),
    ],
)
def test_either_generator_on_either_line(generator: int, register: int, bit_of: dict[int, int], lines: dict[str, Drive]) -> None:
    bench = Bench()
    bench.write(register, bit_of[generator])
    bench.write(generator + 2, 16)
    bench.write(generator, 0x20)
    bench.write(0x20, 0x57)
    bench.wait(PERIOD_100_HZ)
    assert bench.part.outputs() == lines


def test_threshold_is_compared_with_the_size_of_what_the_converter_gives() -> None:
    down = Bench(Rest((0, 0, -1)))
    down.write(0x32, 16)
    down.write(0x30, 0x20)
    down.write(0x20, 0x57)
    down.wait(PERIOD_100_HZ)
    assert down.read(0x31)[0] == 0x60
    limited = Bench(Replay(((0, 0, 3.0),), 1))
    limited.write(0x32, 127)  # 2.032 g at a full scale of 2 g
    limited.write(0x30, 0x20)
    limited.write(0x20, 0x57)
    limited.wait(PERIOD_100_HZ)
    assert limited.read(0x31)[0] == 0x00


def test_an_unrouted_part_asks_for_no_event() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    assert bench.part.next_event() is None


# Current and snapshots


def test_current_by_rate() -> None:
    bench = Bench()
    assert bench.part.current_ua() == {"standby": 0.5}
    bench.write(0x20, 0x47)
    assert bench.part.current_ua() == {"sampling": pytest.approx(16.5)}
    bench.write(0x20, 0x4F)
    assert bench.part.current_ua() == {"sampling": pytest.approx(9)}


def test_current_grows_with_the_rate() -> None:
    rates = [1.56, 12.5, 25, 50, 100, 200, 400, 800, 1480, 2660, 4430]
    for low_power in (False, True):
        figures = [current_ua(rate, low_power) for rate in rates]
        assert figures == sorted(figures)


def test_a_snapshot_goes_on_by_itself() -> None:
    bench = Bench(noise_g=0.01)
    bench.write(0x20, 0x57)
    bench.wait(3 * PERIOD_100_HZ)
    original, bench.part = bench.part, copy.deepcopy(bench.part)
    future = [bench.after(1) for _ in range(5)]
    bench.part, bench.now = original, bench.now - 5 * PERIOD_100_HZ
    assert [bench.after(1) for _ in range(5)] == future


def test_what_it_samples_can_be_noted() -> None:
    """As its registers have it: in low power of 8 bits, below zero too."""
    samples = Samples()
    bench = Bench(Rest((0.6, 0.0, -0.8)))
    bench.part.samples = samples
    bench.write(0x20, 0x5F)
    bench.wait(2 * PERIOD_100_HZ)
    assert [counts for _, counts in samples.motion] == [bench.sample()] * 2
    assert bench.sample() == (608, 0, -832)  # 614 and -819, rounded down to 16 counts
    assert samples.motion[1][0] - samples.motion[0][0] == PERIOD_100_HZ
