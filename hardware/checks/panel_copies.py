"""Where a panel holds its boards, told by its parts: each copy is the whole board's parts, moved by the same distance.

Independent of the names that KiKit gives to nets and parts of each copy.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from typing import NamedTuple

from hardware.checks.placed import Placed, PlacedPart

_STEP_MM = 0.01  # KiKit rounds each part by less than 1 um


class Offset(NamedTuple):
    """A board's lower left corner, from the panel's, in mm."""

    x: float
    y: float


def base_reference(reference: str, known: Container[str]) -> str | None:
    """R1 of "R1", "R1_3" or "Board_3-R1": the one piece of the name that is a known reference; None if none or two are."""
    found = [piece for piece in re.split(r"[^A-Za-z0-9]+", reference) if piece in known]
    return found[0] if len(found) == 1 else None


def offsets(board: Placed, panel: Placed) -> list[Offset]:
    """The copies from left to right, then from top to bottom; also one that lacks some of its parts."""
    counts: Counter[Offset] = Counter(offset for _, offset in _moves(board, panel))
    most = [offset for offset, parts in counts.items() if 2 * parts > len(board.parts)]
    return sorted(most, key=lambda offset: (-offset.y, offset.x))


def findings(board: Placed, panel: Placed) -> list[str]:
    """Parts that a copy lacks or has twice, and parts that belong to no copy."""
    copies = offsets(board, panel)
    if not copies:
        return ["the panel holds no copy of the board"]
    seen: dict[Offset, Counter[str]] = defaultdict(Counter)
    found = []
    for reference, offset in _moves(board, panel):
        if offset in copies:
            seen[offset][reference] += 1
        else:
            found.append(
                f"panel: a {reference} at ({offset.x:.2f}, {offset.y:.2f}) mm from its place on the board belongs to no copy"
            )
    for number, copy in enumerate(copies, 1):
        for reference in board.by_reference:
            if seen[copy][reference] != 1:
                found.append(f"panel: board {number} has {reference} {seen[copy][reference]} times")
    found += [
        f"panel: {part.reference} is on a board, but is none of its parts"
        for part in panel.parts
        if part.pads and base_reference(part.reference, board.by_reference) is None and _is_on_a_board(part, board, copies)
    ]
    return found


def _is_on_a_board(part: PlacedPart, board: Placed, copies: list[Offset]) -> bool:
    """Fiducials are beside the boards, on the rails."""
    return any(0 <= part.x - c.x <= board.width_mm and 0 <= part.y - c.y <= board.height_mm for c in copies)


def _moves(board: Placed, panel: Placed) -> Iterator[tuple[str, Offset]]:
    for part in panel.parts:
        reference = base_reference(part.reference, board.by_reference)
        if reference is not None:
            home = board.by_reference[reference]
            yield reference, Offset(_rounded(part.x - home.x), _rounded(part.y - home.y))


def _rounded(distance: float) -> float:
    return round(round(distance / _STEP_MM) * _STEP_MM, 6)
