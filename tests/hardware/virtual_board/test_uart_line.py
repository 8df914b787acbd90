"""The host's side of the serial line, in emulated time."""

from hardware.virtual_board.ticks import TICKS_PER_SECOND
from hardware.virtual_board.uart_line import BREAK, UartLine

BIT = TICKS_PER_SECOND // 115200


def arrivals(line: UartLine) -> list[tuple[int, int]]:
    """When each frame has arrived, and its byte."""
    found = []
    while (at := line.next_event()) is not None:
        if not line.begins(at):
            frame = line.arrived(at)
            assert frame is not None
            found.append((at, frame.byte))
    return found


def test_bytes_follow_one_another_without_a_gap_and_arrive_at_their_ends() -> None:
    line = UartLine()
    line.send(b"AB", now=1000)
    assert arrivals(line) == [(1000 + 10 * BIT, 65), (1000 + 20 * BIT, 66)]


def test_a_parity_bit_makes_a_frame_longer() -> None:
    line = UartLine(parity=True)
    line.send(b"A", now=0)
    assert arrivals(line) == [(11 * BIT, 65)]


def test_what_is_sent_later_waits_for_the_line() -> None:
    line = UartLine()
    line.send(b"A", now=0)
    line.send(b"B", now=5)
    line.send(b"C", now=100 * BIT)
    assert [at for at, _ in arrivals(line)] == [10 * BIT, 20 * BIT, 110 * BIT]


def test_a_break_is_longer_than_a_frame() -> None:
    line = UartLine()
    line.send_break(now=0)
    assert arrivals(line) == [(20 * BIT, BREAK)]


def test_a_frame_begins_once_and_arrives_only_after_it_began() -> None:
    line = UartLine()
    line.send(b"A", now=0)
    assert line.arrived(20 * BIT) is None
    assert line.begins(0)
    assert not line.begins(0)
    assert line.arrived(10 * BIT - 1) is None
    assert line.arrived(10 * BIT) is not None
    assert not line.busy(10 * BIT)


def test_the_line_keeps_the_speed_that_a_byte_was_sent_at() -> None:
    line = UartLine()
    line.send(b"A", now=0)
    line.baud = 9600
    line.send(b"B", now=0)
    first, second = (at for at, _ in arrivals(line))
    assert (first, second - first) == (10 * BIT, 10 * TICKS_PER_SECOND // 9600)


def test_frames_can_be_waited_for_together() -> None:
    line = UartLine()
    line.send(b"ABC", now=0)
    assert (line.whole_at(2), line.whole_at(9)) == (20 * BIT, 30 * BIT)
    assert [frame.byte for frame in line.whole(20 * BIT, 9)] == [65, 66]
    assert [frame.byte for frame in line.whole(20 * BIT, 9)] == []
    assert line.whole_at(1) == 30 * BIT


def test_a_receiver_of_edges_that_comes_late_sees_only_the_edges_from_then_on() -> None:
    line = UartLine()
    line.send(b"ABC", now=0)
    line.pass_over(15 * BIT)
    assert line.next_event() == 20 * BIT
    assert arrivals(line) == [(20 * BIT, 66), (30 * BIT, 67)]
