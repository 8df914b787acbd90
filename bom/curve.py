"""Cost per board over the size of the order, as a picture."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from bom.cost import Cost
from bom.summary import CURVE_BOARDS, CurvePoint

_STEPS = 120  # points of the curve, evenly spaced on the logarithmic axis
_LIMIT_BOARDS, _LIMIT_USD = 1000, 1.30  # the project's bar for everything together
_LIMIT = "#c44e52"
_TICKS_USD = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


def quantities() -> list[int]:
    """Orders from the smallest to the largest of the table."""
    first, last = CURVE_BOARDS[0], CURVE_BOARDS[-1]
    spaced = {round(first * (last / first) ** (step / _STEPS)) for step in range(_STEPS + 1)}
    return sorted(spaced | set(CURVE_BOARDS))


def svg(point: Callable[[int], CurvePoint], price_day: date) -> str:
    """The parts of the cost in Standard assembly, and the total of Economic as far as it is accepted.

    The same bytes for the same figures.
    """
    points = [point(boards) for boards in quantities()]
    with matplotlib.rc_context({"svg.hashsalt": "dollar-tinyml", "font.size": 10}):
        figure = Figure(figsize=(8, 5), layout="constrained")
        axes = figure.add_subplot()
        _draw(axes, [p.standard for p in points], "total, Standard assembly", _total, color="black", linewidth=2.2)
        accepted = [p.economic for p in points if p.economic_accepted]
        _draw(axes, accepted, "total, Economic assembly", _total, color="black", linestyle="--")
        standard = [p.standard for p in points]
        _draw(axes, standard, "components with cell and holder", lambda cost: cost.components_usd, color="#4c72b0")
        _draw(axes, standard, "Standard assembly", lambda cost: cost.assembly_usd, color="#55a868")
        _draw(axes, standard, "bare board (estimate)", lambda cost: cost.pcb_usd, color="#dd8452")
        for cost in (point(boards).standard for boards in CURVE_BOARDS):
            axes.plot(cost.boards, cost.total_usd, "o", color="black", markersize=4)
            axes.annotate(f"${cost.total_usd:.2f}", (cost.boards, cost.total_usd), xytext=(4, 6), textcoords="offset points")
        axes.plot(_LIMIT_BOARDS, _LIMIT_USD, "_", color=_LIMIT, markersize=26, markeredgewidth=1.5)
        limit = (_LIMIT_BOARDS, _LIMIT_USD)
        axes.annotate(f"limit ${_LIMIT_USD:.2f}", limit, xytext=(0, -16), textcoords="offset points", ha="center", color=_LIMIT)
        _label(axes, price_day)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _total(cost: Cost) -> float:
    return cost.total_usd


def _draw(axes: Any, costs: list[Cost], label: str, usd: Callable[[Cost], float], **style: Any) -> None:
    axes.plot([cost.boards for cost in costs], [usd(cost) for cost in costs], label=label, **style)


def _label(axes: Any, price_day: date) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(CURVE_BOARDS[0] * 0.9, CURVE_BOARDS[-1] * 1.9)
    for axis, ticks in ((axes.xaxis, CURVE_BOARDS), (axes.yaxis, _TICKS_USD)):
        axis.set_major_locator(FixedLocator(list(ticks)))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("boards in the order")
    axes.set_ylabel("US dollars per board")
    axes.set_title(f"Cost of a board, prices of {price_day}", loc="left", fontsize=11)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.legend(edgecolor="none", framealpha=1.0)
    axes.spines[["top", "right"]].set_visible(False)
