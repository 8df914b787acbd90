"""A board that talks without end: whatever waits for its silence or its answer ends, and says why."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from boards import circuit
from images import with_stack

from firmware.console import BAUD, QUIET_S, Console, Garbled, NoAnswer, checked
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.ticks import to_seconds

FULL_SPEED_S = 10 / BAUD  # for one byte
LONGEST_S = 10.0


class Talker:
    """A port on which the same bytes come again and again, one each `period_s`. A reader may take LONGEST_S in all."""

    def __init__(self, said: bytes, period_s: float = FULL_SPEED_S) -> None:
        self._said: Iterator[int] = cycle(said)
        self._period_s = period_s
        self.timeout: float | None = None
        self.baudrate = BAUD
        self.now_s = 0.0

    def read(self, size: int = 1, /) -> bytes:
        assert self.timeout is not None
        assert self.now_s < LONGEST_S, "it still waits"
        count = min(size, int(self.timeout / self._period_s))
        self.now_s += count * self._period_s if count == size else self.timeout
        return bytes(next(self._said) for _ in range(count))

    def write(self, data: bytes, /) -> None: ...

    def reset_input_buffer(self) -> None: ...


class BoundedPort(SerialPort):
    """A virtual board's, for LONGEST_S in all."""

    def read(self, size: int = 1) -> bytes:
        assert to_seconds(self._board.now) < LONGEST_S, "it still waits"
        return super().read(size)


@pytest.mark.parametrize("period_s", [FULL_SPEED_S, QUIET_S / 2], ids=["full speed", "drops"])
def test_silence_is_not_awaited_for_ever(period_s: float) -> None:
    port = Talker(b"boot reset=power\r\n", period_s)
    with pytest.raises(NoAnswer, match="without end"):
        Console(port).settle()
    assert port.now_s == pytest.approx(1.0, abs=0.05)


def test_a_board_with_longer_pauses_is_silent_enough() -> None:
    Console(Talker(b"x", 1.5 * QUIET_S)).settle()


def test_a_line_without_end_is_garbled() -> None:
    with pytest.raises(Garbled, match="no line end after b'xx"):
        Console(Talker(b"x")).line()


def test_lines_that_nobody_asked_for_are_no_answer() -> None:
    console = Console(Talker(checked("fault supply=too-low") + b"\r\n" + checked("fault supply=ok") + b"\r\n"))
    with pytest.raises(NoAnswer, match="20 lines of its own accord"):
        list(console.lines())


def test_as_many_as_there_are_faults_may_come_before_each_line_of_an_answer() -> None:
    fault, data, last = (checked(text) + b"\r\n" for text in ("fault radio=timeout", "data 0 AA", "ok samples=1"))
    assert [line.kind for line in Console(Talker(9 * fault + data + 15 * fault + last)).lines()] == ["data", "ok"]


def test_a_board_that_starts_anew_without_a_pause_ends_a_request() -> None:
    board = VirtualBoard(circuit(), with_stack(100))  # it runs over 50 times a second, which is a reset
    board.run(0.3)
    began = board.now
    with pytest.raises(NoAnswer, match="without end"):
        Console(BoundedPort(board)).request("info")
    assert to_seconds(board.now - began) < 2
