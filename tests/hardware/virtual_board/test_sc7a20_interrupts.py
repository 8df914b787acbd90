"""The accelerometer's interrupt lines, and the events that move them."""

import pytest
from sc7a20_bench import PERIOD_100_HZ, Bench

from hardware.virtual_board.device import Drive
from hardware.virtual_board.motion import MotionSource, Replay, Rest, Tap
from hardware.virtual_board.ticks import from_seconds


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
