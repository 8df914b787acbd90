"""`dollar flash-faults`: how many damaged flashes the flasher takes for good ones."""

import json
import time

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from manufacturing.station.flash_faults import campaign
from manufacturing.station.flash_faults.campaign import Report


def command(
    trials: int = typer.Option(10_000, min=1, help="Units to flash while something goes wrong, all kinds alike"),
    cut_images: int = typer.Option(10, min=0, help="Images for which the power is cut at every command besides"),
    seed: int = typer.Option(1, min=0, help="Of images, old contents and faults"),
    jobs: int = typer.Option(-1, help="Processes; -1: as many as there are cores"),
    small: bool = typer.Option(False, "--small", help="Small images only, else each hundredth has 28 kB"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    begun = time.perf_counter()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("flashing", total=None)
        report = campaign.run(
            trials, cut_images, seed, jobs, small, lambda done, total: progress.update(task, completed=done, total=total)
        )
    found = report.as_json() | {"seconds": round(time.perf_counter() - begun, 1)}
    if as_json:
        print(json.dumps(found))
    else:
        _print(report, found["seconds"])
    raise typer.Exit(0 if report.holds else 1)


def _print(report: Report, seconds: float) -> None:
    found = report.as_json()
    table = Table(box=None, header_style="bold")
    for column in ("what goes wrong", "units", "accepted", "refused, and why"):
        table.add_column(column)
    for kind, said in found["by_kind"].items():
        refused = ", ".join(f"{cause} {count}" for cause, count in sorted(said.items()) if cause != "accepted")
        table.add_row(kind, str(sum(said.values())), str(said.get("accepted", 0)), refused)
    console = Console()
    console.print(table)
    for failure in found["failures"]:
        console.print(f"[bold red]wrong[/bold red] {failure}", highlight=False)
    console.print(
        f"{found['faults']} faults in {found['trials']} units: {found['corrupted_accepted']} damaged flashes accepted, "
        f"{found['not_recovered']} not mended by a second run, {found['recovered_by_unprotect']} by --unprotect; {seconds:g} s"
    )
