"""What the console's command `stream` sends, as samples (firmware/src/app/capture.h)."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.console import BAUD, Console, Line

COUNTS_PER_G = 1024


@dataclass(frozen=True, eq=False)
class Captured:
    """`samples`: a row of x, y, z for motion, a number for sound. `first`: the number of each line's first sample.

    `head` and `values` are what the lines "stream" and "ok" said.
    """

    samples: NDArray[np.int16]
    first: tuple[int, ...]
    head: dict[str, str]
    values: dict[str, str]

    @property
    def rate_hz(self) -> float:
        """As the board measured it; 0 if the stream was too short for that."""
        return float(self.values["rate_hz"])

    @property
    def whole(self) -> bool:
        """Whether each sample from the first to the last is there."""
        return int(self.values["samples"]) == len(self.samples) and self.values["lost"] == "0"


def record(console: Console, kind: str, seconds: int, *more: object, progress: Callable[[int], object] | None = None) -> Captured:
    """`more`: label, rate. `progress` is told how many samples came in each line.

    Fails as Console.request does; the port is back at the console's speed in any case.
    """
    console.send("stream", kind, seconds, *more)
    try:
        return _received(console, kind, progress or (lambda _: None))
    finally:
        console.port.baudrate = BAUD


def _received(console: Console, kind: str, progress: Callable[[int], object]) -> Captured:
    unpack = unpacked if kind == "sound" else _vectors
    head: dict[str, str] = {}
    first, parts = [], [unpack(b"")]
    for line in _lines(console):
        if line.kind == "stream":
            head = line.values
        elif line.kind == "data":
            number, packed = line.text.split(" ")
            first.append(int(number))
            parts.append(unpack(base64.b64decode(packed, validate=True)))
            progress(len(parts[-1]))
    return Captured(np.concatenate(parts), tuple(first), head, line.values)


def _lines(console: Console) -> Iterator[Line]:
    """Follows the board to the speed that it names."""
    for line in console.lines():
        if line.kind == "stream" and int(line.values["baud"]) != BAUD:
            console.port.baudrate = int(line.values["baud"])
            console.port.write(b"\n")
        yield line


def _vectors(data: bytes) -> NDArray[np.int16]:
    return np.frombuffer(data, "<i2").reshape(-1, 3)


def unpacked(data: bytes) -> NDArray[np.int16]:
    """Samples of 12 bits, two in three bytes, high bits first."""
    first, middle, last = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int16).T
    return np.stack([first << 4 | middle >> 4, (middle & 15) << 8 | last], axis=1).reshape(-1)
