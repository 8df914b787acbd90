"""The page about a production and the page of a unit: each one HTML file that loads nothing and runs nothing."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from manufacturing.station.records.record import Measurement, Stored
from manufacturing.station.report import charts, label, statistics
from manufacturing.station.report.statistics import Distribution, Production, Unit, quantile

_TEMPLATES = Path(__file__).with_name("templates")
_CAPABLE = 1.33  # Cpk that is asked of a running production as a rule: four standard deviations to the limit
_NONE = "\N{EN DASH}"
_FEW = 30  # units below which a Cpk is little more than a guess


def production(found: Production, title: str, made: datetime) -> str:
    """The page about all units; `made` is the time that stands on it."""
    attempts = found.attempts
    return _template("production.html.j2").render(
        title=title,
        made=made,
        found=found,
        attempts=attempts,
        first=min((each.record.started for each in attempts), default=None),
        last=max((each.record.finished for each in attempts), default=None),
        head=max(attempts, key=lambda each: each.position, default=None),
        origins=_origins(attempts),
        median_s=quantile(found.seconds, 0.5) if found.seconds else None,
        pareto=charts.pareto(found.failures) if found.failures else "",
        seconds=charts.seconds(found.seconds) if found.seconds else "",
        steps=charts.steps(found.step_seconds) if found.step_seconds else "",
        measured=[(each, charts.histogram(each), _rating(each)) for each in found.distributions],
        few=_FEW,
    )


def unit(one: Unit, made: datetime) -> str:
    """The page of a unit with all its attempts, the last one first."""
    record = one.last.record
    has_label = record.serial is not None and record.uid is not None
    drawn = label.svg(record.serial, record.uid) if record.serial is not None and record.uid is not None else ""
    return _template("unit.html.j2").render(
        unit=one, last=one.last, made=made, label=drawn[drawn.index("<svg") :] if has_label else "", place=_place
    )


def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figures": _figures, "percent": _percent}
    return environment.get_template(name)


def _origins(attempts: list[Stored]) -> list[tuple[str, str]]:
    """Where the records come from, each with its number of attempts where there are several."""
    of: dict[str, Callable[[Stored], str]] = {
        "batch": lambda each: each.record.batch,
        "station": lambda each: each.record.station,
        "operator": lambda each: each.record.operator,
        "limits": lambda each: each.record.limits_version,
        "firmware": lambda each: each.record.firmware_sha256[:12],
    }
    found = []
    for name, value in of.items():
        counts = Counter(value(each) or "-" for each in attempts)
        shown = ", ".join(counts) if len(counts) == 1 else ", ".join(f"{key} ({count})" for key, count in counts.most_common())
        found.append((name, shown))
    return found


def _rating(of: Distribution) -> str:
    """The class of a Cpk's colour."""
    return "" if of.cpk is None else "good" if of.cpk >= _CAPABLE else "poor" if of.cpk < 1 else "fair"


def _place(of: Measurement) -> float | None:
    """Where the value stands between its limits, in percent; None without both limits."""
    if of.value is None or of.least is None or of.most is None or of.most == of.least:
        return None
    return min(max(100 * (of.value - of.least) / (of.most - of.least), 0), 100)


def _figures(value: float | None) -> str:
    """Four significant figures, no exponent for what a person writes without."""
    if value is None:
        return _NONE
    return f"{value:.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.4g}"


def _percent(share: statistics.Share) -> Any:
    return _NONE if share.percent is None else f"{share.percent:.1f} %"
