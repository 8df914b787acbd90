"""What the console's command `stream` sends, as samples (firmware/src/app/capture.h)."""

import base64
from dataclasses import dataclass

import numpy as np
from console import BAUD, Console, Line
from numpy.typing import NDArray

COUNTS_PER_G = 1024


@dataclass(frozen=True, eq=False)
class Recording:
    """`samples`: a row of x, y, z for motion, a number for sound. `first`: the number of each line's first sample."""

    samples: NDArray[np.int16]
    first: tuple[int, ...]
    head: dict[str, str]
    values: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether each sample from the first to the last is there."""
        return int(self.values["samples"]) == len(self.samples) and self.values["lost"] == "0"


def record(console: Console, kind: str, seconds: int, *more: object) -> Recording:
    """`more`: label, rate. Fails as Console.request does; the port is back at the console's speed in any case."""
    console.send("stream", kind, seconds, *more)
    head, *data, last = _lines(console)
    if kind == "sound":
        samples = np.concatenate([unpacked(_bytes(line)) for line in data] or [np.empty(0, np.int16)])
    else:
        samples = np.frombuffer(b"".join(_bytes(line) for line in data), "<i2").reshape(-1, 3)
    return Recording(samples, tuple(int(line.text.split(" ")[0]) for line in data), head.values, last.values)


def _lines(console: Console) -> list[Line]:
    try:
        found = []
        for line in console.lines():
            found.append(line)
            if line.kind == "stream" and int(line.values["baud"]) != BAUD:
                console.port.baudrate = int(line.values["baud"])
                console.port.write(b"\n")
        return found
    finally:
        console.port.baudrate = BAUD


def _bytes(line: Line) -> bytes:
    return base64.b64decode(line.text.split(" ")[1], validate=True)


def unpacked(data: bytes) -> NDArray[np.int16]:
    """Samples of 12 bits, two in three bytes, high bits first."""
    first, middle, last = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int16).T
    return np.stack([first << 4 | middle >> 4, (middle & 15) << 8 | last], axis=1).reshape(-1)
