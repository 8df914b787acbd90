"""`dollar report`: what the records of a production say, as one HTML page; the page and the label of a unit."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hardware import files, paths, tables
from hardware.errors import InputError
from manufacturing.station.records import database, selection
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records
from manufacturing.station.report import label, pages, statistics
from manufacturing.station.report.statistics import Production, Unit


def command(
    place: Annotated[
        str, typer.Option("--database", help=f"File, or postgresql://...; {database.VARIABLE} if not said", metavar="URL")
    ] = "",
    batch: Annotated[str | None, typer.Option(help="Only of this batch")] = None,
    since: Annotated[str, typer.Option(help="Only finished since, YYYY-MM-DD, in UTC", metavar="TIME")] = "",
    unit: Annotated[str, typer.Option(help="The page of this unit instead, by serial number or unique ID")] = "",
    label_file: Annotated[Path | None, typer.Option("--label", help="With --unit: write its label, .svg or .png")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the page goes; build/reports/ if not said")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    if label_file and not unit:
        raise InputError("--label is of one unit: say which with --unit")
    which = selection.of_unit(unit) if unit else Selection(batch=batch, since=selection.since(since))
    with Records.open(place or database.default(), create=False) as records:
        found = statistics.of(records.select(which))
    if unit and not found.units:
        raise InputError(f"there is no record of {unit}: dollar records list shows the units that there are")
    written = _write_unit(found.units[0], label_file, out) if unit else _write_production(found, batch, out)
    if as_json:
        print(json.dumps({"files": [str(each) for each in written]} | _summary(found)))
    else:
        print("wrote " + " and ".join(tables.shown(each) for each in written))


def _write_production(found: Production, batch: str | None, out: Path | None) -> list[Path]:
    file = out or paths.REPORTS / "production.html"
    title = f"{paths.NAME}: production" + (f", batch {batch}" if batch else "")
    files.write(file, pages.production(found, title, datetime.now(UTC)))
    return [file]


def _write_unit(unit: Unit, label_file: Path | None, out: Path | None) -> list[Path]:
    record = unit.last.record
    file = out or paths.REPORTS / f"unit-{record.serial or record.uid}.html"
    if label_file:
        if record.serial is None or record.uid is None:
            raise InputError("the unit has no serial number yet, so there is nothing to put on a label: test it again")
        label.write(label_file, record.serial, record.uid)
    files.write(file, pages.unit(unit, datetime.now(UTC)))
    return [file, label_file] if label_file else [file]


def _summary(found: Production) -> dict[str, Any]:
    return {
        "units": len(found.units),
        "tests": len(found.attempts),
        "first_pass_percent": found.first_pass.percent,
        "final_percent": found.final.percent,
        "failures": dict(found.failures),
        "errors": dict(found.errors),
        "retested": len(found.retested),
        "cpk": {f"{each.step}.{each.name}": each.cpk for each in found.distributions},
    }
