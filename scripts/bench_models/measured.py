"""One row of a comparison."""

from dataclasses import dataclass

TOO_LARGE = "does not fit the chip's flash: only its size is known"


@dataclass(frozen=True)
class Measured:
    """`note` says what could not be measured and why, or what to know of the figures."""

    name: str
    flash_bytes: int | None = None
    ram_bytes: int | None = None
    """Static data and the deepest stack, without the features or samples that come in."""
    cycles_mean: int | None = None
    cycles_worst: int | None = None
    wrong: float | None = None
    """Forests: predictions that differ from scikit-learn's. Frames: mean error of a band in dB."""
    note: str = ""
