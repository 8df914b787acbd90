"""A board put back to a moment goes on as one that was never interrupted, to the byte, the bit on air and the tick.

The moment may be in the midst of anything: what happens in between, and that the run was parted there at all, leaves no trace.
"""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from hardware import netlist, paths
from hardware.errors import InputError
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Walking
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.sound import Tone
from hardware.virtual_board.trace import Trace

FIRMWARE = paths.FIRMWARE / "firmware.bin"
QUIET_S = 0.4
SOUND_BAUD = 230400


def new(trace: Trace | None = None, samples: Samples | None = None) -> VirtualBoard:
    return VirtualBoard(netlist.read(), FIRMWARE, motion=Walking(), sound=Tone(700.0), trace=trace, samples=samples)


def observed(board: VirtualBoard) -> tuple[object, ...]:
    """All that a person could measure, and the chip's whole state."""
    return (
        board.now,
        board.console,
        board.beacons,
        board.average_ua(),
        board.supply_v,
        board.faults,
        board.chip.machine.snapshot(),
    )


def ask(board: VirtualBoard, request: str) -> SerialPort:
    port = board.serial()
    port.write(b"\n" + request.encode() + b"\n")
    return port


def start_beacon(board: VirtualBoard) -> None:
    """In the midst of a packet on air, between its first and its last bit."""
    board.run(0.05)
    assert board.run_for(lambda: board.average_ua().get("U3 transmit", 0.0) > 0, 0.1, step_s=1e-4)
    assert not board.beacons


def start_motion(board: VirtualBoard) -> None:
    board.run(QUIET_S)
    ask(board, "stream motion 1")
    board.run(0.6)
    assert "\ndata " in board.console


def start_sound(board: VirtualBoard) -> None:
    """The board waits for a line end at the stream's speed before it begins."""
    board.run(QUIET_S)
    port = ask(board, "stream sound 1")
    board.run(0.02)
    port.baudrate = SOUND_BAUD
    port.write(b"\n")
    board.run(0.3)
    assert "\ndata " in board.console


def start_erase(board: VirtualBoard) -> None:
    board.run(QUIET_S)
    ask(board, "config set beacon_interval_ms 1000")
    assert board.run_for(lambda: board.chip.flash_busy, 0.2, step_s=1e-4)


def start_half_a_byte(board: VirtualBoard) -> None:
    board.run(QUIET_S)
    ask(board, "info")
    board.run(2.33e-4)
    assert board.line.busy(board.now)


def start_boot_rom(board: VirtualBoard) -> None:
    """Synchronised, and half a command there."""
    board.run(QUIET_S)
    board.set_boot0(True)
    board.set_reset(True)
    board.run(0.01)
    board.set_reset(False)
    board.run(0.01)
    board.serial().write(b"\x7f\x01")
    board.run(0.01)
    board.serial().write(b"\xfe")


def disturb(board: VirtualBoard) -> None:
    """What must leave nothing behind."""
    board.run(0.005)
    board.set_reset(True)
    board.run(0.001)
    board.set_reset(False)
    ask(board, "test radio")
    board.run(0.2)
    board.exchange_cell(Cell(1.5, 20.0))
    board.restart_average()
    board.run(0.05)


@pytest.mark.parametrize(
    "start",
    [start_beacon, start_motion, start_sound, start_erase, start_half_a_byte, start_boot_rom],
    ids=["beacon", "motion", "sound", "erase", "half a byte", "boot ROM"],
)
def test_the_continuation_is_that_of_an_uninterrupted_run(start: Callable[[VirtualBoard], None]) -> None:
    uninterrupted, board = new(), new()
    start(uninterrupted)
    uninterrupted.run(1.0)
    start(board)
    snapshot = board.snapshot()
    before = board.console, len(board.beacons)
    for _ in range(2):
        disturb(board)
        board.restore(snapshot)
    board.run(1.0)
    assert observed(board) == observed(uninterrupted)
    assert (board.console, len(board.beacons)) != before


def test_the_trace_goes_back_too() -> None:
    trace, expected = Trace(), Trace()
    uninterrupted, board = new(trace=expected), new(trace=trace)
    uninterrupted.run(0.2)
    board.run(0.1)
    first = board.snapshot()
    board.run(0.05)
    second = board.snapshot()
    board.restore(first)
    disturb(board)
    board.restore(second)
    board.run(0.05)
    assert trace.events == expected.events


def test_the_samples_go_back_too() -> None:
    samples, expected = Samples(), Samples()
    uninterrupted, board = new(samples=expected), new(samples=samples)
    start_sound(uninterrupted)
    uninterrupted.run(0.2)
    start_sound(board)
    board.run(0.1)
    first = board.snapshot()
    board.run(0.05)
    second = board.snapshot()
    board.restore(first)
    disturb(board)
    board.restore(second)
    board.run(0.05)
    assert samples == expected
    assert len(samples.sound) > 1000
    assert len(samples.motion) > 5


def test_two_processes_with_one_seed_see_the_same() -> None:
    program = (
        "from hardware import netlist, paths\n"
        "from hardware.virtual_board.board import VirtualBoard\n"
        "board = VirtualBoard(netlist.read(), paths.FIRMWARE / 'firmware.bin', seed=7)\n"
        "port = board.serial()\n"
        "board.run(0.3)\n"
        "port.write(b'\\ntest microphone\\n')\n"
        "board.run(2.0)\n"
        "print(board.console, board.beacons, board.average_ua(), board.chip.machine.snapshot().hex())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=paths.ROOT,
            env={**os.environ, "PYTHONHASHSEED": salt},
        ).stdout
        for salt in ("1", "2")
    }
    assert len(seen) == 1
    assert b"rms_lsb" in seen.pop()


def test_a_snapshot_of_another_board_is_refused() -> None:
    with pytest.raises(InputError, match="another board"):
        new().restore(new().snapshot())
