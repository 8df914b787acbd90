"""The accelerometer's FIFO in its modes."""

import itertools
from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st
from sc7a20_bench import PERIOD_100_HZ, Bench, ramp

from hardware.virtual_board.motion import Tap
from hardware.virtual_board.parts.sc7a20_fifo import Fifo, Mode
from hardware.virtual_board.ticks import from_seconds


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
