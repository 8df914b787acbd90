"""`dollar coverage`: how many of the faults that a board can have the station finds, and how many good boards it fails."""

import json
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from hardware import netlist
from manufacturing.station.coverage import campaign, kept, listing
from manufacturing.station.coverage.campaign import Plan, sampled
from manufacturing.station.coverage.derive import derive
from manufacturing.station.coverage.pads import placed
from manufacturing.station.coverage.summary import Coverage, summary
from manufacturing.station.coverage.trial import Bench
from manufacturing.station.selftest import limits as limit_tables
from manufacturing.station.station import prepare
from scripts.progress import progress_bar
from scripts.workers import workers

GOOD_BOARDS = 500
STOPPED = 130  # as of a program that SIGINT ends


def command(
    list_faults: Annotated[bool, typer.Option("--list", help="List the faults by class, and run none of them")] = False,
    sample: Annotated[int | None, typer.Option(min=1, help="So many faults, by chance, and a tenth as many good boards")] = None,
    good: Annotated[int | None, typer.Option(min=0, help=f"Good boards; {GOOD_BOARDS} if nothing is said")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the sample, of good boards, and of all noise")] = 1,
    limits: Annotated[Path, typer.Option(help="Other limits than the project's")] = limit_tables.STANDARD,
    jobs: Annotated[int, typer.Option(help="Processes at once; -1: one a core. The result is the same")] = -1,
    dask: Annotated[str, typer.Option(metavar="ADDRESS", help="Run on this Dask cluster, as tcp://127.0.0.1:8786")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    board = netlist.read()
    derived = derive(board, placed(board))
    if list_faults:
        print(json.dumps(listing.as_json(derived))) if as_json else listing.show(derived)
        return
    plan = Plan(derived.faults, derived.not_represented, GOOD_BOARDS)
    if sample is not None:
        plan = replace(sampled(plan, sample, seed), good_boards=sample // 10)
    if good is not None:
        plan = replace(plan, good_boards=good)
    bench = Bench(board, prepare(limits=limits, netlist=board), seed)
    begun = time.perf_counter()
    found = _run(bench, plan, jobs, dask)
    seconds = round(time.perf_counter() - begun, 1)
    if as_json:
        print(json.dumps(found.as_json() | {"seconds": seconds}))
    else:
        _print(found, seconds)
    raise typer.Exit(0 if found.holds else 1)


def _run(bench: Bench, plan: Plan, jobs: int, dask: str) -> Coverage:
    with workers(bench, dask), progress_bar("boards on the station", len(plan.subjects())) as told:
        try:
            return summary(bench, plan, campaign.run(bench, plan, kept.of(bench), jobs, told))
        except KeyboardInterrupt:
            print("stopped: what was run is kept, and the same command goes on from there", file=sys.stderr)
            raise typer.Exit(STOPPED) from None


def _print(found: Coverage, seconds: float) -> None:
    console = Console(highlight=False)
    said = found.as_json()
    table = Table(box=None, header_style="bold")
    table.add_column("class")
    for column in ("faults", "found", "%"):
        table.add_column(column, justify="right")
    for kind, counts in said["by_class"].items():
        table.add_row(kind, str(counts["faults"]), str(counts["detected"]), f"{counts['percent']:.1f}")
    table.add_row("all", str(said["faults"]), str(said["detected"]), f"{said['percent']:.1f}", style="bold")
    console.print(table)
    console.print("\nfound by " + ", ".join(f"{step} {count}" for step, count in said["detected_by"].items()))
    for reason, names in _by_reason(found).items():
        console.print(f"[bold]{len(names)} escape:[/bold] {reason}: {', '.join(names)}")
    for failed in said["failed_good_boards"]:
        console.print(f"[bold red]good board {failed['number']} failed:[/bold red] {failed['code']}, {failed['text']}")
    console.print(f"{said['good_boards']} good boards, {said['false_fails']} failed; {seconds:g} s")


def _by_reason(found: Coverage) -> dict[str, list[str]]:
    """The most frequent first."""
    grouped = defaultdict(list)
    for escape in found.escapes:
        grouped[escape.reason].append(escape.fault.name)
    return dict(sorted(grouped.items(), key=lambda item: -len(item[1])))
