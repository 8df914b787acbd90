"""The SC7A20's interrupt on motion: high-pass filter, thresholds, duration.

| assumed (LIS2DH12) | |
|---|---|
| filter of first order with corner at the sample rate / 50, 100, 200, 400 by CTRL2[5:4] | |
| it starts from 0 g, so that gravity shows until REFERENCE is read, which takes the present sample as zero | |
| threshold compared with the absolute value, above: "high" event, below: "low" event | |
| a condition must hold for INT_DUR samples beyond the first | |
| a latched interrupt stays until INT_SRC is read | |
"""

import math
from dataclasses import dataclass

Vector = tuple[float, float, float]

CORNER_DIVIDER = (50, 100, 200, 400)
AND_OF_EVENTS = 0x80
ACTIVE = 0x40


@dataclass
class HighPass:
    mean: Vector = (0.0, 0.0, 0.0)
    wants_reference: bool = False

    def filter(self, sample: Vector, corner_code: int) -> Vector:
        """Next sample, in and out in g. The corner is relative to the sample rate, so time does not matter."""
        if self.wants_reference:
            self.mean, self.wants_reference = sample, False
        share = 1 - math.exp(-2 * math.pi / CORNER_DIVIDER[corner_code])
        out = (sample[0] - self.mean[0], sample[1] - self.mean[1], sample[2] - self.mean[2])
        self.mean = (self.mean[0] + share * out[0], self.mean[1] + share * out[1], self.mean[2] + share * out[2])
        return out


@dataclass
class MotionInterrupt:
    """One of the two generators, as its four registers CFG, SRC, THS and DUR show it."""

    source: int = 0
    held_samples: int = 0

    def sample(self, value_g: Vector, config: int, threshold_g: float, duration: int, latch: bool) -> None:
        events = 0
        for axis, value in enumerate(value_g):
            events |= (2 if abs(value) > threshold_g else 1) << 2 * axis
        enabled = config & 0x3F
        seen = events & enabled
        holds = seen == enabled if config & AND_OF_EVENTS else bool(seen)
        self.held_samples = self.held_samples + 1 if holds and enabled else 0
        if self.held_samples > duration:
            self.source = ACTIVE | seen
        elif not (latch and self.active):
            self.source = seen

    @property
    def active(self) -> bool:
        return bool(self.source & ACTIVE)

    def read_source(self, latch: bool) -> int:
        source = self.source
        if latch:
            self.source = 0
        return source
