"""`dollar analogue`: audio block and supply in ngspice, against their limits."""

import json
from itertools import groupby

import typer
from rich.console import Console
from rich.table import Table

from hardware import netlist, paths
from hardware.analogue import report
from hardware.analogue.study import Result, study

_LEAST_WIDTH = 130


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    found = study(netlist.read())
    summary = report.write(found)
    if as_json:
        print(json.dumps(summary))
    else:
        _print(found.results)
        print(f"analogue.json and {len(summary['plots'])} plots are in {paths.REPORTS.relative_to(paths.ROOT)}")
    raise typer.Exit(0 if found.ok else 1)


def _print(results: tuple[Result, ...]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 1, 1, 1), collapse_padding=True)
    table.add_column("quantity, and why it is limited")
    for column in ("at", "nominal", "worst corner", "limit"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("")
    for limit, group in groupby(results, key=lambda result: result.limit):
        rows = list(group)
        table.add_row(
            f"{limit.text}\n[dim]{limit.reason}[/dim]",
            "\n".join(result.condition for result in rows),
            "\n".join(f"{_number(result.nominal)} {limit.unit}" for result in rows),
            "\n".join(_range(result.lowest, result.highest) for result in rows),
            _range(limit.minimum, limit.maximum),
            "\n".join("[green]pass[/green]" if result.ok else "[bold red]FAIL[/bold red]" for result in rows),
        )
    console = Console()
    Console(width=max(console.width, _LEAST_WIDTH)).print(table)


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{_number(low)} .. {_number(high)}"
    return f">= {_number(low)}" if low is not None else f"<= {_number(high)}" if high is not None else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
