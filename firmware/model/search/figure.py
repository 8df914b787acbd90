"""The candidates as points: flash, accuracy, cycles by colour. The same candidates give the same bytes."""

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from firmware.model.search.candidate import Budget, cycles
from firmware.model.search.nested import Found, Scored

_GREY, _RED = "#7a7a7a", "#c44e52"
_STYLE = {"svg.hashsalt": "dollar-tinyml", "font.family": "DejaVu Sans", "font.size": 9, "axes.axisbelow": True}
_MARKERS = {"network": "o", "forest": "^"}


def draw(title: str, found: Found, budget: Budget) -> bytes:
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.4, 4.8), layout="constrained")
        axes = figure.add_subplot()
        _points(figure, axes, found.scored)
        best = found.scored[found.chosen]
        at = (best.cost.flash_bytes, best.accuracy)
        axes.plot(*at, "o", markersize=14, fillstyle="none", color=_RED, label="chosen")
        if budget.flash_bytes is not None:
            axes.axvline(budget.flash_bytes, color=_RED, linewidth=0.8, linestyle="--", label="budget")
        axes.set_xlabel("flash with features, bytes")
        axes.set_ylabel("accuracy, mean of inner folds")
        axes.set_title(title, loc="left", fontweight="bold")
        axes.grid(color="#e4e4e4", linewidth=0.5)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(edgecolor="none", loc="lower right")
        return _svg(figure)


def _points(figure: Figure, axes: Any, scored: Sequence[Scored]) -> None:
    """Front filled and joined over flash, the others small and hollow."""
    kilocycles = [cycles(one.cost) / 1000 for one in scored]
    colours = mpl.colormaps["viridis_r"]
    scale = mpl.colors.Normalize(min(kilocycles), max(kilocycles))
    named: set[str] = set()
    for one, count in zip(scored, kilocycles, strict=True):
        kind = one.candidate.recipe.kind
        style = (
            {"s": 42, "color": colours(scale(count))} if one.on_front else {"s": 16, "facecolors": "none", "edgecolors": _GREY}
        )
        label = {"label": kind} if one.on_front and kind not in named else {}
        named |= {kind} if one.on_front else set()
        axes.scatter(one.cost.flash_bytes, one.accuracy, marker=_MARKERS.get(kind, "s"), **style, **label)
    steps = _staircase(scored)
    axes.plot(*zip(*steps, strict=True), color=_GREY, linewidth=0.8, drawstyle="steps-post", zorder=0)
    figure.colorbar(mpl.cm.ScalarMappable(scale, colours), ax=axes, label="thousand cycles an answer")


def _staircase(scored: Sequence[Scored]) -> list[tuple[int, float]]:
    """The best accuracy up to each size."""
    steps: list[tuple[int, float]] = []
    for one in sorted(scored, key=lambda one: (one.cost.flash_bytes, -one.accuracy)):
        if not steps or one.accuracy > steps[-1][1]:
            steps.append((one.cost.flash_bytes, one.accuracy))
    return steps


def _svg(figure: Figure) -> bytes:
    svg = io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None})
    return b"\n".join(line.rstrip() for line in svg.getvalue().splitlines()) + b"\n"
