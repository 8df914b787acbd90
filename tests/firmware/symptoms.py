"""What fails on a virtual board, as a production station would see it: over its pads, over its radio and by its current."""

from collections.abc import Callable
from pathlib import Path

from boards import FIRMWARE

from firmware.console import Console, ConsoleError, Line, Refused, parse
from hardware.netlist import Netlist
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.sound import Tone

BOOT_S = 0.3  # the first beacons leave at once
NOISE_S = 0.2  # for whatever the firmware says to the programmer's bytes, and of its first beacon
ADVERTISING = {37, 38, 39}
TONE_HZ, TONE_DB = 1000, 80
ROM_SYNC, ROM_ACK = b"\x7f", b"\x79"

Symptoms = dict[str, str]  # what fails, and how
Values = dict[str, str]

# What each step of the console's `test` has to find on a whole board: enough to see a wire, not a station's limits.
STEPS: dict[str, Callable[[Values], bool]] = {
    "accelerometer": lambda found: found["who_am_i"] == "11",
    "interrupt": lambda found: found == {"low": "0", "high": "1", "edges": "1"},
    "tone": lambda found: abs(float(found["frequency_hz"]) - TONE_HZ) < 10 and float(found["rms_lsb"]) > 100,
    "radio": lambda found: int(found["crystal_start_us"]) > 0,
    "supply": lambda found: 2700 < int(found["supply_mv"]) < 3300,
    "sleep": lambda found: 900 < int(found["slept_ms"]) < 1100,
}


def symptoms(wired: Netlist, firmware: Path = FIRMWARE) -> Symptoms:
    """Empty for a whole board."""
    board = VirtualBoard(wired, firmware, sound=Tone(TONE_HZ, TONE_DB))
    board.run(BOOT_S)
    return _radio(board) | _light(board) | _pads(board) | _steps(board) | _reported(board) | _overseen(board)


def _radio(board: VirtualBoard) -> Symptoms:
    if {beacon.channel for beacon in board.beacons if beacon.decoded} == ADVERTISING:
        return {}
    return {"beacons": "garbled" if board.beacons else "none"}


def _light(board: VirtualBoard) -> Symptoms:
    return {} if any(cause.endswith(" light") for cause in board.average_ua()) else {"light": "none"}


def _pads(board: VirtualBoard) -> Symptoms:
    """Those that a programmer needs. Afterwards the firmware has started anew."""
    found = {}
    with board.serial(timeout=0.1) as port:
        port.parity = "E"
        _start(board, boot0=True)
        port.write(ROM_SYNC)
        if port.read(1) != ROM_ACK:
            found["boot pad"] = "no boot ROM"
        port.parity = "N"
        _start(board, boot0=False)
        if b"reset=pin" not in port.readline():
            found["reset pad"] = "no start"
    return found


def _start(board: VirtualBoard, boot0: bool) -> None:
    board.set_boot0(boot0)
    board.set_reset(True)
    board.run(0.01)
    board.line.received.clear()
    board.set_reset(False)
    board.run(0.01)


def _steps(board: VirtualBoard) -> Symptoms:
    with board.serial() as port:
        port.write(b"\n")
        board.run(NOISE_S)
        port.reset_input_buffer()
        console = Console(port)
        try:
            console.request("info")
        except ConsoleError as error:
            return {"console": type(error).__name__}
        answers = {step: _answer(console, step, holds) for step, holds in STEPS.items()}
    return {step: how for step, how in answers.items() if how}


def _answer(console: Console, step: str, holds: Callable[[Values], bool]) -> str:
    try:
        values = console.request("test", step).values
    except Refused as error:
        return error.code
    return "" if holds(values) else " ".join(f"{key}={value}" for key, value in values.items())


def _reported(board: VirtualBoard) -> Symptoms:
    """By the firmware itself, unasked."""
    lines = reported(board)
    return {f"fault {key}": value for line in lines for key, value in line.values.items() if value != "ok"}


def reported(board: VirtualBoard) -> list[Line]:
    """All lines "fault" since the cell went in."""
    return [line for text in board.console.splitlines() if text.startswith("fault ") for line in [parse(text.encode())]]


def _overseen(board: VirtualBoard) -> Symptoms:
    """What the virtual board itself noticed: two outputs on one net, a watchdog's reset, a dead supply."""
    return {fault.text: "" for fault in board.faults}
