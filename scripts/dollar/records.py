"""`dollar records`: what became of every unit. Reads only; `dollar station` writes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from manufacturing.station.records import database, export, selection, verify
from manufacturing.station.records.record import Stored, Verdict
from manufacturing.station.records.selection import Selection
from manufacturing.station.records.store import Records

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object")]
Database = Annotated[
    str, typer.Option("--database", help=f"File, or postgresql://...; {database.VARIABLE} if not said", metavar="URL")
]
Batch = Annotated[str | None, typer.Option(help="Only of this batch")]
OfVerdict = Annotated[Verdict | None, typer.Option(help="Only of this verdict", case_sensitive=False)]
Since = Annotated[str, typer.Option(help="Only finished since, YYYY-MM-DD or YYYY-MM-DDTHH:MM, in UTC", metavar="TIME")]

_COLOUR = {Verdict.PASS: "green", Verdict.FAIL: "bold red", Verdict.ERROR: "bold yellow"}
_LEAST_WIDTH = 130


@app.command(name="list")
def list_records(
    place: Database = "",
    batch: Batch = None,
    verdict: OfVerdict = None,
    since: Since = "",
    last: Annotated[int, typer.Option(min=0, help="Only that many, the newest; 0 for all")] = 40,
    unused: Annotated[bool, typer.Option("--unused", help="Serial numbers instead that were reserved and not used")] = False,
    as_json: AsJson = False,
) -> None:
    """List records, oldest first."""
    which = Selection(batch=batch, verdict=verdict, since=selection.since(since), newest=last or None)
    with _opened(place) as records:
        if unused:
            _list_unused(records, as_json=as_json)
            return
        found = [_summary(stored) for stored in records.select(which)]
        count = records.count(which)
    if as_json:
        print(json.dumps({"count": count, "records": found}))
        return
    _wide().print(_table(found, ("finished", "serial", "uid", "attempt", "verdict", "code", "batch", "station", "seconds")))
    print(f"{len(found)} of {count} records" + ("; --last 0 lists all" if len(found) < count else ""))


@app.command()
def show(
    unit: Annotated[str, typer.Argument(help="Serial number or unique ID")],
    place: Database = "",
    as_json: AsJson = False,
) -> None:
    """Show all attempts of one unit with every measurement. Exit code 1 if there is no record of it."""
    which = selection.of_unit(unit)
    with _opened(place) as records:
        if as_json:
            contents = list(records.contents(which))
            print(json.dumps({"unit": unit, "records": contents}))
            raise typer.Exit(0 if contents else 1)
        attempts = list(records.select(which))
    for stored in attempts:
        _show(stored, Console())
    if not attempts:
        print(f"there is no record of {unit}")
    raise typer.Exit(0 if attempts else 1)


@app.command(name="export")
def export_records(
    file: Annotated[Path, typer.Argument(help="Ends in .csv (a line a measurement) or .jsonl (a record a line, whole)")],
    place: Database = "",
    batch: Batch = None,
    verdict: OfVerdict = None,
    since: Since = "",
    as_json: AsJson = False,
) -> None:
    """Write records to a file."""
    with _opened(place) as records:
        count = export.write(records, file, Selection(batch=batch, verdict=verdict, since=selection.since(since)))
    print(json.dumps({"file": str(file), "records": count}) if as_json else f"wrote {count} records to {file}")


@app.command(name="verify")
def verify_records(
    place: Database = "",
    head: Annotated[str, typer.Option(help="A hash noted earlier, which a record must have", metavar="HASH")] = "",
    as_json: AsJson = False,
) -> None:
    """Prove that no record was changed, removed or moved; name the first that was. Exit code 1 if there is one."""
    with _opened(place) as records:
        found = verify.verify(records, head.lower())
    if as_json:
        print(
            json.dumps(
                {"ok": found.ok, "records": found.records, "serials": found.serials, "head": found.head}
                | {"findings": found.findings}
            )
        )
    else:
        print(f"{found.records} records and {found.serials} serial numbers are as they were written; head {found.head}")
        for finding in found.findings:
            Console().print(f"[bold red]broken[/bold red]: {escape(finding)}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if found.ok else 1)


def _opened(where: str) -> Records:
    return Records.open(where or database.default(), create=False)


def _summary(stored: Stored) -> dict[str, Any]:
    record = stored.record
    return {
        "position": stored.position,
        "finished": f"{record.finished:%Y-%m-%d %H:%M:%S}",
        "serial": record.serial,
        "uid": record.uid,
        "attempt": stored.attempt,
        "verdict": record.verdict.value,
        "code": record.code,
        "batch": record.batch,
        "station": record.station,
        "operator": record.operator,
        "seconds": round(record.seconds, 3),
        "hash": stored.hash,
    }


def _list_unused(records: Records, *, as_json: bool) -> None:
    found = [
        {"serial": each.serial, "uid": each.uid, "station": each.station, "reserved": f"{each.reserved:%Y-%m-%d %H:%M:%S}"}
        for each in records.unused_serials()
    ]
    if as_json:
        print(json.dumps({"count": len(found), "unused_serials": found}))
        return
    _wide().print(_table(found, ("serial", "uid", "station", "reserved")))
    print(f"{len(found)} serial numbers were reserved and not used")


def _wide() -> Console:
    return Console(width=max(Console().width, _LEAST_WIDTH))


def _table(found: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for column in columns:
        table.add_column(column, justify="right" if column in ("serial", "attempt", "seconds") else "left", overflow="fold")
    for row in found:
        table.add_row(*(_cell(column, row[column]) for column in columns))
    return table


def _cell(column: str, value: Any) -> str:
    if column == "verdict":
        return f"[{_COLOUR[Verdict(value)]}]{value}[/]"
    return "-" if value is None else escape(str(value))


def _show(stored: Stored, console: Console) -> None:
    record = stored.record
    console.print(
        f"[bold]serial {record.serial or '-'}[/bold], unique ID {record.uid or 'not read'}, attempt {stored.attempt}: "
        f"{_cell('verdict', record.verdict)} {escape(record.code)}",
        highlight=False,
    )
    console.print(
        f"{record.started:%Y-%m-%d %H:%M:%S} UTC, {record.seconds:.1f} s, station {record.station}, operator {record.operator}, "
        f"batch {record.batch}\nfirmware {record.firmware_sha256}, limits {record.limits_version}\nrecord {stored.position}, "
        f"hash {stored.hash}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    if record.calibration:
        written = ", ".join(f"{name} {value}" for name, value in record.calibration.items())
        console.print(f"written to it: {written}", markup=False, highlight=False)
    if record.steps:
        console.print("  ".join(f"{step.name} {step.outcome}" for step in record.steps), markup=False, highlight=False)
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for column in ("step", "measurement", "value", "unit", "least", "most"):
        table.add_column(column, justify="right" if column in ("value", "least", "most") else "left")
    for each in record.measurements:
        value = "-" if each.value is None else f"{each.value:g}"
        shown = value if each.within else f"[bold red]{value}[/bold red]"
        table.add_row(escape(each.step), escape(each.name), shown, escape(each.unit), _limit(each.least), _limit(each.most))
    console.print(table)
    console.print()


def _limit(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
