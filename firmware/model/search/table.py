"""Sizes as a table in Markdown."""

from collections.abc import Sequence
from typing import Any

from firmware.model.search.candidate import cycles, words
from firmware.model.search.current import Base
from firmware.model.search.sizes import Size

HEAD = ("flash", "RAM", "cycles an answer", "accuracy", "average current")


def markdown(name: str, sizes: Sequence[Size], base: Base) -> str:
    lines = [f"| {' | '.join((name, *HEAD))} |", "|---|" + "---:|" * len(HEAD)]
    lines += [f"| {' | '.join((words(size.candidate.settings), *_figures(size, base)))} |" for size in sizes]
    return "\n".join(lines) + "\n"


def as_json(size: Size, base: Base) -> dict[str, Any]:
    return {
        "settings": dict(size.candidate.settings),
        "accuracy": round(size.accuracy, 4),
        "flash_bytes": size.cost.flash_bytes,
        "ram_bytes": size.ram_bytes,
        "cycles": cycles(size.cost),
        "average_ua": round(base.with_model(size.cost), 2),
    }


def _figures(size: Size, base: Base) -> tuple[str, ...]:
    told = as_json(size, base)
    return (
        f"{told['flash_bytes']} B",
        f"{told['ram_bytes']} B",
        f"{told['cycles']:,}",
        f"{told['accuracy']:.3f}",
        f"{told['average_ua']:.1f} uA",
    )
