"""Cost per board over the size of the order, as a picture."""

import io
from collections.abc import Callable
from datetime import date

from bom.summary import CURVE_BOARDS, CurvePoint

_STEPS = 60  # points of the curve, evenly spaced on the logarithmic axis
_COLOURS = ("#4c72b0", "#dd8452", "#8da9c4")  # components, bare board, assembly
_LIMIT_USD = 1.30  # all-in at 1000 boards, the project's bar


def quantities() -> list[int]:
    """Orders from the smallest to the largest of the table."""
    first, last = CURVE_BOARDS[0], CURVE_BOARDS[-1]
    spaced = {round(first * (last / first) ** (step / _STEPS)) for step in range(_STEPS + 1)}
    return sorted(spaced | set(CURVE_BOARDS))


def svg(point: Callable[[int], CurvePoint], price_day: date) -> str:
    """Stacked parts of the cost in Standard assembly, and Economic as far as it is accepted. The same bytes each time."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    points = [point(boards) for boards in quantities()]
    boards = [p.standard.boards for p in points]
    parts = (
        [p.standard.components_usd for p in points],
        [p.standard.pcb_usd for p in points],
        [p.standard.assembly_usd for p in points],
    )
    style = {"svg.hashsalt": "dollar-tinyml", "font.family": "DejaVu Sans", "font.size": 10}
    with matplotlib.rc_context(style):
        figure, axes = pyplot.subplots(figsize=(8, 4.8), layout="constrained")
        axes.stackplot(
            boards,
            parts,
            labels=("components with cell and holder", "bare board (estimate)", "Standard assembly"),
            colors=_COLOURS,
            edgecolor="white",
            linewidth=0.6,
        )
        economic = [p for p in points if p.economic_accepted]
        axes.plot(
            [p.economic.boards for p in economic],
            [p.economic.total_usd for p in economic],
            color="black",
            linestyle="--",
            label="total with Economic assembly",
        )
        for p in (point(n) for n in CURVE_BOARDS):
            total = p.standard.total_usd
            axes.plot(p.standard.boards, total, "o", color="black", markersize=3.5)
            side = {CURVE_BOARDS[0]: "left", CURVE_BOARDS[-1]: "right"}.get(p.standard.boards, "center")
            axes.annotate(f"${total:.2f}", (p.standard.boards, total), xytext=(0, 7), textcoords="offset points", ha=side)
        axes.axhline(_LIMIT_USD, color="#555555", linewidth=0.8, linestyle=":", label=f"limit at 1000 boards, ${_LIMIT_USD:.2f}")
        axes.set_xscale("log")
        axes.set_xlim(boards[0], boards[-1])
        axes.set_ylim(0, max(p.standard.total_usd for p in points) * 1.08)
        axes.xaxis.set_major_locator(FixedLocator(list(CURVE_BOARDS)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.set_xlabel("boards in the order")
        axes.set_ylabel("US dollars per board")
        axes.set_title(f"Cost of a board, prices of {price_day}", loc="left", fontsize=11)
        axes.legend(frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
        pyplot.close(figure)
    return out.getvalue()
