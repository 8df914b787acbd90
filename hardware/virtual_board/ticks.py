"""Time on the virtual board: whole ticks of 1/1.536 GHz.

1.536 GHz is the least common multiple of 24 MHz and 32.768 kHz, so that a period of each clock on the board is a whole
number of ticks and nothing drifts by rounding.
"""

TICKS_PER_SECOND = 1_536_000_000

Ticks = int


def from_seconds(seconds: float) -> Ticks:
    return round(seconds * TICKS_PER_SECOND)


def to_seconds(ticks: Ticks) -> float:
    return ticks / TICKS_PER_SECOND
