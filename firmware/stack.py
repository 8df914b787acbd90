"""How deep the stack ever was: the real image on the virtual board, through all that its console can ask for.

The start code paints the stack; what no call ever reached keeps the paint. A figure of what was run, not a bound: the way
through each command is the one that a healthy board takes.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from firmware.image import ELF, symbols
from hardware import files, netlist, paths
from hardware.errors import InputError
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Walking
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.sound import Pascals, Tone
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

PAINT = bytes.fromhex("A5A5A5A5")
REPORT = paths.REPORTS / "stack.json"
_BEACONS_S = 5.0
_ANSWER_S = 5.0
_LISTEN_S = 3.0
_BEEP_S = 0.3
_WAKE = b"\r\n"


def worst_bytes(image: Path = paths.FIRMWARE / "firmware.bin", elf: Path = ELF, report: Path = REPORT) -> int:
    """Deepest use in bytes. Known from the last time while the image is the same; else some seconds of simulation."""
    try:
        digest = sha256(image.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise InputError(f"{image.name} is missing: run make firmware") from None
    known = _known(report, digest)
    if known is None:
        known = measure(image, elf)
        files.write(report, json.dumps({"image": digest, "stack_worst_bytes": known}) + "\n")
    return known


def measure(image: Path, elf: Path) -> int:
    board = VirtualBoard(netlist.read(), image, motion=Walking(), sound=Beeps())
    board.run(_BEACONS_S)
    port = board.serial(timeout=_ANSWER_S)
    for request in requests(port):
        _answer(port, request)
    _listen(board, port)
    found = symbols(elf)
    stack = board.chip.machine.read(found["__stack_limit"], found["__stack_top"] - found["__stack_limit"])
    untouched = 0
    while stack.startswith(PAINT, untouched):
        untouched += len(PAINT)
    return len(stack) - untouched


class Beeps:
    """Each second a word, as far as the gate of sound can tell."""

    def pascal(self, first: Ticks, step: Ticks, count: int) -> Pascals:
        seconds = (first + step * np.arange(count)) / TICKS_PER_SECOND
        return Tone(1000.0, 80.0).pascal(first, step, count) * (seconds % 1.0 < _BEEP_S)


def _listen(board: VirtualBoard, port: SerialPort) -> None:
    """An image without a model of sound knows no such key."""
    _answer(port, "watch 60")
    _answer(port, "config set listen_ms 60000")
    board.run(_LISTEN_S)


def requests(port: SerialPort) -> list[str]:
    """Everything that `help` tells of, but what ends the program."""
    told = [line.split() for line in _answer(port, "help") if line.startswith("help ")]
    tests = [f"test {words[2]}" for words in told if words[1] == "test" and words[2] not in ("step", "-")]
    settings = ["config get", "config set serial 1", "config set serial 2", "config defaults"]
    faulty = ["nonsense", "config set serial x", "info*0000", "x" * 100]
    recognition = [word for word in ("class", "watch 2") if any(line[1] == word.split()[0] for line in told)]
    return ["info", *recognition, *settings, *tests, "stream motion 1 walking", "stream sound 1 tone", *faulty, "info"]


def _answer(port: SerialPort, request: str) -> list[str]:
    """The lines of an answer; it ends with ok or error, or where nothing more comes."""
    port.write(_WAKE + request.encode() + _WAKE)
    lines: list[str] = []
    while not lines or not lines[-1].startswith(("ok", "error")):
        line = port.readline().decode("ascii", "replace").strip()
        if not line:
            break
        lines.append(line)
    return lines


def _known(report: Path, digest: str) -> int | None:
    try:
        found = json.loads(report.read_text("utf-8"))
        return int(found["stack_worst_bytes"]) if found["image"] == digest else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
