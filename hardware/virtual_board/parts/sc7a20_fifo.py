"""FIFO of the SC7A20: 32 samples; bypass, FIFO, stream and trigger (stream until an event, then FIFO).

| assumed (LIS2DH12) | |
|---|---|
| watermark flag while more samples are stored than FIFO_CTRL[4:0] says | "exceeds"; "reaches" is also read |
| the level field of FIFO_SRC stays at 31 when 32 are stored; overrun says that all 32 are | |
| going through bypass empties it and arms the trigger again | |
"""

from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum

Counts = tuple[int, int, int]

DEPTH = 32


class Mode(IntEnum):
    BYPASS = 0
    FIFO = 1
    STREAM = 2
    TRIGGER = 3


@dataclass
class Fifo:
    mode: Mode = Mode.BYPASS
    watermark: int = 0
    triggered: bool = False
    samples: deque[Counts] = field(default_factory=deque)

    def configure(self, mode: Mode, watermark: int) -> None:
        if mode is Mode.BYPASS:
            self.samples.clear()
            self.triggered = False
        self.mode, self.watermark = mode, watermark

    def push(self, sample: Counts) -> None:
        """A new sample. When full, streams lose the oldest one and FIFOs the new one."""
        if self.mode is Mode.BYPASS:
            return
        if len(self.samples) == DEPTH:
            if self.mode is Mode.FIFO or self.triggered:
                return
            self.samples.popleft()
        self.samples.append(sample)

    def trigger(self) -> None:
        self.triggered = self.mode is Mode.TRIGGER

    def pop(self) -> None:
        if self.samples:
            self.samples.popleft()

    @property
    def above_watermark(self) -> bool:
        return len(self.samples) > self.watermark

    @property
    def overrun(self) -> bool:
        return len(self.samples) == DEPTH

    def source(self) -> int:
        """FIFO_SRC: watermark in bit 7, overrun in bit 6, empty in bit 5, level in bits 4:0."""
        empty = not self.samples
        return self.above_watermark << 7 | self.overrun << 6 | empty << 5 | min(len(self.samples), DEPTH - 1)
