"""The figures that the README opens with, taken from the last build."""

import json
from typing import Any

from bom import quotes, stress
from bom.assembly import Mode
from bom.bill import bill
from bom.cost import cost, load_basis
from firmware import models
from firmware.image import size
from firmware.stack import worst_bytes
from firmware.supply_current import average_ua
from hardware import netlist, paths
from hardware.errors import InputError
from hardware.layout.outline import HEIGHT_MM, WIDTH_MM
from hardware.parts import catalogue
from hardware.virtual_board.motion import Rest, Walking
from hardware.virtual_board.power import days

Row = tuple[str, str]

_INTERVAL = "beacon_interval_ms"
# Of the simulation's results: quantity, condition.
_SIMULATED = (("loudest", "3 V"), ("start_up", "2.2 V"), ("inrush", "3.465 V"), ("beacon_aged", "cell"))


def rows() -> list[Row]:
    """Name and value of each figure. InputError if a report of the build is missing."""
    return [*_cost(), *_board(), *_firmware(), *_simulation(), *_checks()]


def _cost() -> list[Row]:
    entries = catalogue.load()
    items = bill(netlist.read(), entries)
    basis = load_basis(items, quotes.load_all(quotes.FOLDER), None)
    thousand, hundred, thirty = (cost(items, basis, boards, Mode.STANDARD) for boards in (1000, 100, 30))
    shocks = {case.name: case.components_usd for case in stress.cases(items, basis, thousand, entries, [])}
    return [
        ("Parts of one board at 1000, with holder and cell", f"{thousand.components_usd:.2f} USD"),
        ("the same if small capacitors cost 3.6 times as much", f"{shocks['small MLCC x3.6']:.2f} USD"),
        ("All in, with bare board and assembly, at 1000", f"{thousand.total_usd:.2f} USD"),
        ("at 100, at 30", f"{hundred.total_usd:.2f} USD, {thirty.total_usd:.2f} USD"),
        ("Prices of", f"{basis.snapshot.day}; cell and bare board estimated"),
    ]


def _board() -> list[Row]:
    board = netlist.read()
    return [
        ("Size", f"{WIDTH_MM:g} x {HEIGHT_MM:g} mm, two layers, parts on one side, cell on the other"),
        ("Placed parts, nets", f"{len(board.components)}, {len(board.nets)}"),
    ]


def _firmware() -> list[Row]:
    """The image, and what the virtual board says of it."""
    found = size()
    tasks = [task for task, kind in models.in_default_image().items() if kind != models.NONE]
    image = f"Firmware with its models ({', '.join(tasks)})" if tasks else "Firmware without a model"
    moving_ua, at_rest_ua = average_ua(Walking(), {_INTERVAL: 2000}), average_ua(Rest(), {_INTERVAL: 10000})
    return [
        (image, f"{found.flash_bytes} B flash, {found.ram_static_bytes} B RAM, {worst_bytes()} B stack"),
        ("Supply current, always moving, with a beacon every 2 s, on the virtual board", f"{moving_ua:.0f} uA on average"),
        ("at rest, with a beacon every 10 s", f"{at_rest_ua:.0f} uA"),
        ("That is, with a 200 mAh and a 100 mAh cell", f"{_lasts(moving_ua)}; at rest {_lasts(at_rest_ua)}"),
    ]


def _lasts(average_ua: float) -> str:
    lasts = days(average_ua)
    return f"{lasts['good']:.0f} and {lasts['poor']:.0f} days"


def _simulation() -> list[Row]:
    results = {(r["quantity"], r["condition"]): r for r in _report("analogue")["results"]}
    return [
        (f"Simulated {r['text']}, {r['condition']}", f"{r['nominal']:g} {r['unit']}, {_extremes(r)} over tolerances")
        for r in (results[key] for key in _SIMULATED)
    ]


def _extremes(result: dict[str, Any]) -> str:
    """A result has an extreme only on the side where it has a limit."""
    found = [f"{result[side]:g}" for side in ("lowest", "highest") if result[side] is not None]
    return " to ".join(found) if len(found) == 2 else f"{found[0]} at worst"


def _checks() -> list[Row]:
    report = _report("check")
    counts = {name: n for name, n in report.items() if type(n) is int}
    failing = {name: n for name, n in counts.items() if n}
    found = "zero findings" if not failing else ", ".join(f"{name} {n}" for name, n in failing.items())
    return [(f"`dollar check`, {len(counts)} kinds of check", found)]


def _report(name: str) -> Any:
    file = paths.REPORTS / f"{name}.json"
    if not file.is_file():
        raise InputError(f"{file.relative_to(paths.ROOT)} is missing: run make first")
    return json.loads(file.read_text(encoding="utf-8"))
