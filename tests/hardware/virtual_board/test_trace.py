"""The trace, read back by the tokeniser of a VCD library."""

import io

import pytest
from vcd.reader import TokenKind, tokenize

from hardware.virtual_board.ticks import from_seconds
from hardware.virtual_board.trace import Current, LevelChange, Trace, Transfer
from hardware.virtual_board.wiring import Level


def example() -> Trace:
    trace = Trace()
    trace.add(LevelChange(0, "LED", Level.LOW))
    trace.add(LevelChange(from_seconds(1e-3), "LED", Level.HIGH))
    trace.add(Transfer(from_seconds(2e-3), "i2c", "18 W 0F"))
    trace.add(LevelChange(from_seconds(2e-3), "ACC_INT", Level.CONTENTION))
    trace.add(Current(from_seconds(3e-3), 1234.5))
    return trace


def test_a_viewer_reads_what_was_traced() -> None:
    names, changes, now = {}, [], 0
    for token in tokenize(io.BytesIO(example().to_vcd().encode())):
        if token.kind is TokenKind.VAR:
            names[token.var.id_code] = token.var.reference
        elif token.kind is TokenKind.CHANGE_TIME:
            now = token.time_change
        elif token.kind is TokenKind.CHANGE_SCALAR:
            changes.append((now, names[token.scalar_change.id_code], token.scalar_change.value))
        elif token.kind is TokenKind.CHANGE_STRING:
            changes.append((now, names[token.string_change.id_code], token.string_change.value))
        elif token.kind is TokenKind.CHANGE_REAL:
            changes.append((now, names[token.real_change.id_code], token.real_change.value))
    later = [change for change in changes if change[0] > 0]
    assert (0, "LED", "0") in changes
    assert later == [
        (1_000_000, "LED", "1"),
        (2_000_000, "i2c", "18_W_0F"),
        (2_000_000, "ACC_INT", "x"),
        (3_000_000, "current_ua", 1234.5),
    ]


def test_the_same_trace_gives_the_same_text() -> None:
    assert example().to_vcd() == example().to_vcd()


def test_time_does_not_go_back() -> None:
    trace = example()
    with pytest.raises(ValueError, match="an event at tick 5 after one at tick"):
        trace.add(Current(5, 1.0))


def test_an_empty_trace_is_a_file_too() -> None:
    assert "$enddefinitions" in Trace().to_vcd()
