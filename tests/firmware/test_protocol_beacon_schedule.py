"""When beacons are sent."""

from host_c import load
from hypothesis import given
from hypothesis import strategies as st

FFI, C = load()
IDS = st.binary(min_size=12, max_size=16)
TIMES = st.integers(0, 2**32 - 1)
INTERVALS = st.integers(100, 60000)


def schedule(unique_id: bytes, now: int) -> object:
    state = FFI.new("beacon_schedule *")
    C.beacon_start(state, now, unique_id, len(unique_id))
    return state


@given(IDS, TIMES, INTERVALS)
def test_events_are_an_interval_and_up_to_10_ms_apart(unique_id: bytes, start: int, interval_ms: int) -> None:
    state = schedule(unique_id, start)
    assert C.beacon_wait(state, start) == 0
    now = start
    for _ in range(20):
        C.beacon_sent(state, (now + 50) % 2**32, interval_ms)  # sending takes its time; the pace is kept all the same
        wait = C.beacon_wait(state, now)
        assert interval_ms <= wait <= interval_ms + 10
        now = (now + wait) % 2**32
        assert C.beacon_wait(state, (now - 1) % 2**32) == 1
        assert C.beacon_wait(state, now) == 0


@given(IDS, TIMES, INTERVALS, st.integers(2, 2**16))
def test_missed_events_are_not_made_up_for(unique_id: bytes, start: int, interval_ms: int, intervals: int) -> None:
    state = schedule(unique_id, start)
    late = (start + min(intervals * interval_ms, 2**31 - 1)) % 2**32
    C.beacon_sent(state, late, interval_ms)
    assert C.beacon_wait(state, late) >= interval_ms


def test_the_delay_is_spread_evenly_and_differs_between_boards() -> None:
    delays = []
    for board in (b"board number 1", b"board number 2"):
        state = schedule(board, 0)
        mine = []
        now = 0
        for _ in range(4000):
            C.beacon_sent(state, now, 125)
            wait = C.beacon_wait(state, now)
            mine.append(wait - 125)
            now = (now + wait) % 2**32
        assert min(mine) == 0
        assert max(mine) == 10
        assert 4.8 < sum(mine) / len(mine) < 5.2
        assert all(280 < mine.count(delay) < 450 for delay in range(11))  # 364 each
        delays.append(mine)
    assert sum(a == b for a, b in zip(*delays, strict=True)) < 500  # 364 by chance
