"""The report's pictures as SVG to stand in a page: the same bytes for the same figures, text as text."""

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from manufacturing.station.report.statistics import Distribution, quantile

_BAR, _BAD, _LINE, _GREY = "#3b76af", "#c8423b", "#1f2d3d", "#8a94a0"
_BINS = 24
_BEYOND = 0.35  # of the span of the limits that a histogram shows outside; what lies farther is counted at its edge
_SHOWN_CODES = 12


def histogram(of: Distribution) -> str:
    """Values in bins, limits as lines, what lies outside in another colour."""
    low, high = _range(of)
    inside = [min(max(value, low), high) for value in of.values]
    with _figure(f"{of.step} {of.name}", (3.5, 1.75)) as (axes, out):
        counts, edges, bars = axes.hist(inside, bins=_BINS, range=(low, high), color=_BAR)
        for bar, left, right in zip(bars, edges[:-1], edges[1:], strict=True):
            middle = (left + right) / 2
            if (of.least is not None and middle < of.least) or (of.most is not None and middle > of.most):
                bar.set_facecolor(_BAD)
        for limit in (of.least, of.most):
            if limit is not None:
                axes.axvline(limit, color=_BAD, linewidth=1.1, linestyle=(0, (4, 2)))
        far = [sum(value < low for value in of.values), sum(value > high for value in of.values)]
        for count, x, align, arrow in zip(far, (0.01, 0.99), ("left", "right"), ("\u2190 {}", "{} \u2192"), strict=True):
            if count:
                axes.annotate(arrow.format(count), (x, 0.86), xycoords="axes fraction", ha=align, color=_BAD, fontsize=8)
        axes.set_xlim(low, high)
        axes.set_ylim(0, max(counts) * 1.12)
        axes.set_xlabel(of.unit)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    return out.text


def pareto(failures: Sequence[tuple[str, int]]) -> str:
    """Units by code, and the share of all failures up to there."""
    shown = failures[:_SHOWN_CODES]
    total = sum(count for _, count in failures)
    with _figure("pareto", (7.2, 0.55 + 0.3 * len(shown))) as (axes, out):
        places = range(len(shown))
        axes.barh(places, [count for _, count in shown], color=_BAR, height=0.62)
        reached = 0
        for place, (_, count) in enumerate(shown):
            reached += count
            label = f"{count}   ({100 * reached / total:.0f} %)"
            axes.annotate(
                label, (count, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5, color=_LINE
            )
        axes.set_yticks(places, [code for code, _ in shown])
        axes.set_xlim(0, shown[0][1] * 1.16)
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.set_xlabel("units (share of all failures up to here)")
    return out.text


def seconds(values: Sequence[float]) -> str:
    """Time of the units that passed, with the median and the slowest twentieth."""
    with _figure("seconds", (3.5, 1.95)) as (axes, out):
        axes.hist(values, bins=_BINS, color=_BAR)
        marks = ((0.5, "median", "right"), (0.95, "95 %", "left"))
        for share, name, align in marks:
            at = quantile(values, share)
            axes.axvline(at, color=_LINE, linewidth=1)
            offset = -4 if align == "right" else 4
            axes.annotate(
                f"{name} {at:.1f} s", (at, 1), (offset, 2), ("data", "axes fraction"), "offset points", ha=align, fontsize=8
            )
        axes.set_xlabel("seconds")
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    return out.text


def steps(medians: Sequence[tuple[str, float]]) -> str:
    """Where the time goes."""
    with _figure("steps", (3.5, 0.55 + 0.21 * len(medians))) as (axes, out):
        places = range(len(medians))
        axes.barh(places, [seconds for _, seconds in medians], color=_BAR, height=0.62)
        axes.set_yticks(places, [name for name, _ in medians])
        axes.invert_yaxis()
        axes.set_xlabel("seconds, median")
        axes.xaxis.set_major_locator(MaxNLocator(5))
    return out.text


class _Svg:
    text = ""


@contextmanager
def _figure(name: str, inches: tuple[float, float]) -> Iterator[tuple[Any, _Svg]]:
    out = _Svg()
    style = {
        "svg.hashsalt": name,  # of the identifiers: several pictures stand in one page
        "svg.fonttype": "none",
        "font.size": 8.5,
        "font.family": "sans-serif",
        "axes.edgecolor": _GREY,
        "axes.labelcolor": _LINE,
        "xtick.color": _LINE,
        "ytick.color": _LINE,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(style):
        figure = Figure(figsize=inches, layout="constrained")
        axes = figure.add_subplot()
        axes.tick_params(length=2.5, color=_GREY)
        yield axes, out
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    svg = written.getvalue()
    out.text = svg[svg.index("<svg") :]


def _range(of: Distribution) -> tuple[float, float]:
    """Both limits and some room; without limits all values."""
    low = of.least if of.least is not None else min(of.values)
    high = of.most if of.most is not None else max(of.values)
    if of.least is not None and of.most is None:
        high = max(quantile(of.values, 0.99), low)
    if of.most is not None and of.least is None:
        low = min(quantile(of.values, 0.01), high)
    span = high - low
    if span == 0:
        span = abs(low) or 1.0
    room = span * _BEYOND
    if not math.isfinite(room):
        raise ValueError(f"{of.name} spans more than a number holds")
    return low - room, high + room
