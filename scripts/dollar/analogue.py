"""`dollar analogue`: audio block and supply in ngspice, against their limits."""

import json

import typer
from rich.console import Console
from rich.table import Table

from hardware import netlist, paths
from hardware.analogue import report
from hardware.analogue.limits import Limit
from hardware.analogue.study import Result, study


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
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for column in ("quantity", "at", "nominal", "worst corner", "limit", "", "reason"):
        table.add_column(column, justify="right" if column in ("nominal", "worst corner", "limit") else "left")
    previous: Limit | None = None
    for result in results:
        first = result.limit is not previous
        table.add_row(
            result.limit.text if first else "",
            result.condition,
            f"{_number(result.nominal)} {result.limit.unit}",
            _range(result.lowest, result.highest),
            _range(result.limit.minimum, result.limit.maximum) if first else "",
            "[green]pass[/green]" if result.ok else "[bold red]FAIL[/bold red]",
            result.limit.reason if first else "",
        )
        previous = result.limit
    Console().print(table)


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{_number(low)} .. {_number(high)}"
    return f">= {_number(low)}" if low is not None else f"<= {_number(high)}" if high is not None else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
