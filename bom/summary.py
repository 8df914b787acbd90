"""All figures of one run in one object, and that object as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bom import assembly, stress, watch
from bom.assembly import Mode
from bom.bill import Item
from bom.cost import Basis, Cost, Line, cost
from bom.quotes import Snapshot
from bom.stress import Case
from bom.watch import Rise, Stock, Unverified
from hardware.parts.catalogue import Entry

CURVE_BOARDS = (5, 30, 100, 1000, 10000)


@dataclass(frozen=True)
class CurvePoint:
    """Per board in an order of so many, in both modes of assembly. `economic_accepted` by what is known of its limits."""

    standard: Cost
    economic: Cost
    economic_accepted: bool


@dataclass(frozen=True)
class Summary:
    cost: Cost
    basis: Basis
    today: date
    curve: tuple[CurvePoint, ...]
    rises: tuple[Rise, ...]
    unverified: tuple[Unverified, ...]
    stress: tuple[Case, ...]


def summarise(
    items: tuple[Item, ...],
    basis: Basis,
    snapshots: list[Snapshot],
    entries: Mapping[str, Entry],
    boards: int,
    mode: Mode,
    today: date,
) -> Summary:
    """Everything that the cost command tells. InputError for a part without a price."""
    base = cost(items, basis, boards, mode)
    rises = watch.rises(base, basis, snapshots)
    return Summary(
        cost=base,
        basis=basis,
        today=today,
        curve=tuple(curve_point(items, basis, n) for n in CURVE_BOARDS),
        rises=tuple(rises),
        unverified=tuple(watch.unverified(base, basis)),
        stress=tuple(stress.cases(items, basis, base, entries, rises)),
    )


def curve_point(items: tuple[Item, ...], basis: Basis, boards: int) -> CurvePoint:
    standard, economic = (cost(items, basis, boards, mode) for mode in (Mode.STANDARD, Mode.ECONOMIC))
    return CurvePoint(standard, economic, assembly.accepts(economic.work, basis.fees[Mode.ECONOMIC], boards))


def as_json(summary: Summary, *, with_stress: bool) -> dict[str, Any]:
    """For --json: prices in US dollars per board unless the key says otherwise, rounded to a hundredth of a cent."""
    base = summary.cost
    found: dict[str, Any] = {
        "boards": base.boards,
        "assembly": str(base.mode),
        "components_usd": _usd(base.components_usd),
        "pcb_usd": _usd(base.pcb_usd),
        "assembly_usd": _usd(base.assembly_usd),
        "total_usd": _usd(base.total_usd),
        "price_date": summary.basis.snapshot.day.isoformat(),
        "stale": any(watch.is_stale(line, summary.today) for line in base.lines),
        "unverified": [asdict(item) | {"usd_per_board": _usd(item.usd_per_board)} for item in summary.unverified],
        "lines": [_line(line, summary.today) for line in base.lines],
        "assembly_fees": {kind: _usd(usd) for kind, usd in base.assembly.items()},
        "work": {
            "smt_joints": base.work.smt_joints,
            "through_hole_joints": base.work.tht_joints,
            "smt_parts": base.work.smt_parts,
            "smt_sides": base.work.smt_sides,
        },
        "area_mm2": summary.basis.area_mm2,
        "curve": [_curve_point(point) for point in summary.curve],
        "short": [line.item.part.name for line in base.lines if watch.stock(line) is Stock.SHORT],
        "rises": [
            asdict(rise) | {"day": rise.day.isoformat(), "adds_usd": None if rise.adds_usd is None else _usd(rise.adds_usd)}
            for rise in summary.rises
        ],
    }
    if with_stress:
        found["stress"] = [_case(case) for case in summary.stress]
    return found


def _usd(value: float) -> float:
    return round(value, 4)


def _line(line: Line, today: date) -> dict[str, Any]:
    part = line.item.part
    state = watch.stock(line)
    return {
        "refs": list(line.item.refs),
        "part": part.name,
        "value": part.value,
        "lcsc": part.lcsc,
        "mpn": part.mpn,
        "class": line.item.entry.library_class if line.item.entry else "",
        "fitted_by_user": part.fitted_by_user,
        "quantity": line.item.quantity,
        "bought": line.purchase.quantity,
        "unit_price_usd": line.purchase.unit_usd,
        "extended_usd": round(line.extended_usd, 5),
        "stock": line.stock,
        "short": state is Stock.SHORT,
        "thin": state is Stock.THIN,
        "price_age_days": watch.age_days(line, today),
        "stale": watch.is_stale(line, today),
        "verified": line.verified,
        "source": line.source,
        "alternates": [
            {"mpn": alternate.mpn, "lcsc": alternate.lcsc, "drop_in": alternate.drop_in, "note": alternate.note}
            for alternate in part.alternates
        ],
    }


def _curve_point(point: CurvePoint) -> dict[str, Any]:
    return {
        "boards": point.standard.boards,
        "components_usd": _usd(point.standard.components_usd),
        "pcb_usd": _usd(point.standard.pcb_usd),
        "standard_usd": _usd(point.standard.total_usd),
        "economic_usd": _usd(point.economic.total_usd),
        "economic_accepted": point.economic_accepted,
        "short": [line.item.part.name for line in point.standard.lines if watch.stock(line) is Stock.SHORT],
        "thin": [line.item.part.name for line in point.standard.lines if watch.stock(line) is Stock.THIN],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "components_usd": None if case.components_usd is None else _usd(case.components_usd),
        "total_usd": None if case.total_usd is None else _usd(case.total_usd),
        "drop_in": case.drop_in,
        "note": case.note,
    }
