"""`dollar cost`: what a board costs, what would change it, and new prices."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bom import curve, quotes, summary, terminal, update
from bom.assembly import Mode
from bom.bill import Item, bill
from bom.cost import load_basis
from hardware import files, netlist, paths, tables
from hardware.errors import InputError
from hardware.parts import catalogue


def command(
    boards: int = typer.Option(1000, help="Boards in the order"),
    assembly: Annotated[Mode, typer.Option(help="JLCPCB's kind of assembly")] = Mode.STANDARD,
    prices: str = typer.Option("", metavar="DATE", help="Use the prices of that day, not the newest complete ones"),
    stress: bool = typer.Option(False, "--stress", help="Also show price shocks and each alternate part"),
    update_from: Annotated[Path | None, typer.Option("--update", metavar="FILE", help="Take new prices from an export")] = None,
    quoted_on: str = typer.Option("", "--date", metavar="DATE", help="With --update: the day of its prices"),
    partial: bool = typer.Option(False, "--partial", help="With --update: accept a file that prices only some parts"),
    price_folder: Annotated[Path, typer.Option(help="Where the snapshots are")] = quotes.FOLDER,
    report_folder: Annotated[Path, typer.Option(help="Where cost.json and cost.svg go")] = paths.REPORTS,
    today: str = typer.Option("", metavar="DATE", help="Count the age of prices from that day"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    entries = catalogue.load()
    items = bill(netlist.read(), entries)
    now = _day(today, "--today") or date.today()
    if update_from:
        _update(update_from, items, _day(quoted_on, "--date"), price_folder, now, partial=partial, as_json=as_json)
        return
    snapshots = quotes.load_all(price_folder)
    basis = load_basis(items, snapshots, _day(prices, "--prices"))
    result = summary.summarise(items, basis, snapshots, entries, boards, assembly, now)
    text = json.dumps(summary.as_json(result, with_stress=stress), indent=None if as_json else 2)
    picture = curve.svg(lambda n: summary.curve_point(items, basis, n), basis.snapshot.day)
    files.write(report_folder / "cost.json", text + "\n")
    files.write(report_folder / "cost.svg", picture)
    if as_json:
        print(text)
    else:
        terminal.show(result, Console(), with_stress=stress)
        print(f"wrote {tables.shown(report_folder / 'cost.svg')} and cost.json beside it")


def _update(
    source: Path, items: tuple[Item, ...], day: date | None, folder: Path, today: date, *, partial: bool, as_json: bool
) -> None:
    parts = {item.part.lcsc: item.part.name for item in items if item.entry}
    alternates = {a.lcsc: a.mpn for item in items for a in item.part.alternates if a.lcsc}
    found = update.read(source, parts, alternates, day, folder)
    changed = update.write(found, source, partial=partial, today=today)
    if as_json:
        missing = {"missing": found.missing, "missing_alternates": found.missing_alternates}
        print(json.dumps({"date": str(found.day), "parts": len(found.quotes), "changed": changed} | missing))
        return
    state = "wrote" if changed else "nothing new for"
    print(f"{state} {tables.shown(found.path)}: prices of {len(found.quotes)} parts")
    for kind, names in {"parts": found.missing, "alternates": found.missing_alternates}.items():
        if names:
            print(f"{kind} without a price in {source.name}: {', '.join(names)}")


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"{option} is {text!r}: write the date as YYYY-MM-DD") from None
