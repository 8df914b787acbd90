"""What the board said beside what this machine says of the same samples, and the figures of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from firmware.model.on_board.host_model import Answer


@dataclass(frozen=True)
class Compared:
    """A window, or a word. `said`: by the board, None if it missed it. `expected`: of the samples that its sensor gave.
    `of_data`: of the recording's own samples, without sensor and board. `others_differ`: of a word that the board missed, it said
    something else than this machine of the same samples."""

    truth: int
    said: Answer | None
    expected: Answer | None
    of_data: Answer
    others_differ: bool = False

    @property
    def differs_in_class(self) -> bool:
        if self.said is None:
            return self.others_differ
        return self.expected is None or self.said.likeliest != self.expected.likeliest

    @property
    def differs(self) -> bool:
        return self.others_differ if self.said is None else self.said != self.expected

    @property
    def is_right(self) -> bool:
        return self.said is not None and self.said.likeliest == self.truth

    @property
    def is_right_on_host(self) -> bool:
        return self.of_data.likeliest == self.truth


@dataclass(frozen=True)
class Played:
    """By one board in so many seconds of its own."""

    compared: tuple[Compared, ...]
    board_s: float


def figures(played: Sequence[Played], classes: tuple[str, ...], wall_s: float) -> dict[str, Any]:
    compared = [one for part in played for one in part.compared]
    board_s = sum(part.board_s for part in played)
    return {
        "windows": len(compared),
        "mismatches": sum(one.differs_in_class for one in compared),
        "mismatches_of_share": sum(one.differs for one in compared),
        "missed": sum(one.said is None for one in compared),
        "accuracy": _share([one.is_right for one in compared]),
        "accuracy_on_host": _share([one.is_right_on_host for one in compared]),
        "seconds": wall_s,
        "seconds_on_board": board_s,
        "times_real_time": board_s / wall_s,
        "per_class": {name: _of_class([one for one in compared if one.truth == number]) for number, name in enumerate(classes)},
    }


def _of_class(compared: Sequence[Compared]) -> dict[str, Any]:
    return {
        "windows": len(compared),
        "missed": sum(one.said is None for one in compared),
        "recall": _share([one.is_right for one in compared]),
        "recall_on_host": _share([one.is_right_on_host for one in compared]),
    }


def _share(right: Sequence[bool]) -> float | None:
    """None of nothing."""
    return sum(right) / len(right) if right else None
