"""The accelerometer's samples: when they come, and what they show."""

import pytest
from sc7a20_bench import PERIOD_100_HZ, Bench, ramp

from hardware.virtual_board.motion import Replay, Rest
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.ticks import from_seconds, to_seconds


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
