"""The parts of README.md that commands write: each between two comments."""

from hardware import files, paths
from hardware.errors import InputError

README = paths.ROOT / "README.md"


def put(start: str, end: str, content: str, check: bool = False) -> bool:
    """Between the line `start` and `end`. Returns whether that stood there; writes nothing if it did, or if `check`.

    InputError if README.md lacks the comments.
    """
    text = README.read_text(encoding="utf-8")
    before, begin, rest = text.partition(start)
    _, stop, after = rest.partition(end)
    if not (begin and stop):
        raise InputError(f"README.md lacks the lines {start.strip()} and {end}: put them back")
    current = f"{before}{begin}{content}{stop}{after}"
    if not check:
        files.write(README, current)
    return current == text
