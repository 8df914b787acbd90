"""Confusion matrix and accuracy over coverage as SVG; the same results give the same bytes."""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from firmware.model.evaluation.metrics import Coverage, coverage, scores
from firmware.model.evaluation.results import Results

_BLUE, _GREY = "#1f5fa8", "#7a7a7a"
_STYLE = {
    "svg.hashsalt": "dollar-tinyml",  # ids that do not change from run to run
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.5,
}
_DARK = 0.5  # share from which a cell's figure is white
_LEAST_COVERAGE = 0.02  # of fewer answers the accuracy is chance


def draw(results: Results) -> dict[str, bytes]:
    """Each figure's file name and SVG."""
    with mpl.rc_context(_STYLE):
        name = f"{results.task}_{results.recipe}"
        return {
            f"{name}_confusion.svg": _svg(_confusion(results)),
            f"{name}_coverage.svg": _svg(_coverage(coverage(results.answers), results)),
        }


def _confusion(results: Results) -> Figure:
    """Rows sum to 100 %: how the windows of each class were taken."""
    found = scores(results.answers, len(results.classes))
    counts = found.confusion
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = 1.9 + 0.62 * len(results.classes)
    figure = Figure(figsize=(size + 1.0, size), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for truth, predicted in np.ndindex(shares.shape):
        share = shares[truth, predicted]
        text = f"{100 * share:.1f}" if share >= 0.0005 else ""
        axes.text(predicted, truth, text, ha="center", va="center", color="white" if share > _DARK else "black")
    names = [_words(name) for name in results.classes]
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), [f"{name}  ({row.sum():.0f})" for name, row in zip(names, counts, strict=True)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("answer, % of the row")
    axes.set_ylabel("truth (windows)")
    axes.set_title(f"{_words(results.task)}, {_words(results.recipe)}\naccuracy {found.accuracy:.3f}, macro F1 {found.f1:.3f}")
    return figure


def _coverage(curve: Coverage, results: Results) -> Figure:
    figure = Figure(figsize=(6.4, 3.8), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(True)
    shown = curve.coverage >= _LEAST_COVERAGE
    axes.step(curve.coverage[shown], curve.accuracy[shown], color=_BLUE, where="post", linewidth=1.6)
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.9):
        above = np.flatnonzero(curve.least_confidence >= threshold)
        if len(above) and shown[above[0]]:
            at = (curve.coverage[above[0]], curve.accuracy[above[0]])
            axes.plot(*at, "o", color=_BLUE, markersize=4)
            axes.annotate(f"{threshold:g}", at, xytext=(3, 5), textcoords="offset points", color=_GREY)
    axes.set_xlim(0, 1.02)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_locator(MaxNLocator(steps=(1, 2, 5, 10)))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("answered; dots: least confidence asked for")
    axes.set_ylabel("of these right")
    axes.set_title(f"{_words(results.task)}, {_words(results.recipe)}: accuracy over coverage")
    return figure


def _words(name: str) -> str:
    return name.replace("_", " ").lower()


def _svg(figure: Figure) -> bytes:
    svg = io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None})
    return b"\n".join(line.rstrip() for line in svg.getvalue().splitlines()) + b"\n"
