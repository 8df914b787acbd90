"""`dollar check`: everything that is checked about what was built; whether two builds give the same bytes."""

import json
import sys
from itertools import groupby
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from hardware import files, paths
from manufacturing import reproduction, verification
from manufacturing.verification import Check

_SHOWN = 5  # findings of one check on the terminal; the report has all
_REPORT = paths.REPORTS / "check.json"
_REPRODUCTION = paths.REPORTS / "reproducible.json"


def command(
    reproducible: bool = typer.Option(False, "--reproducible", help="Build twice from clean copies and compare every byte"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    if reproducible:
        _reproduce(as_json=as_json)
        return
    checks = verification.run(_say)
    found = summary(checks)
    files.write(_REPORT, json.dumps(found, indent=2) + "\n")
    if as_json:
        print(json.dumps(found))
    else:
        show(checks)
        print(f"all findings are in {_REPORT.relative_to(paths.ROOT)}")
    raise typer.Exit(0 if found["ok"] else 1)


def summary(checks: list[Check]) -> dict[str, Any]:
    """Number of findings by figure, then the findings themselves and what was measured."""
    counts: dict[str, int] = {}
    for check in checks:
        counts[check.count] = counts.get(check.count, 0) + len(check.findings)
    return {
        **counts,
        "ok": not any(counts.values()),
        "measured": {check.text: check.note for check in checks if check.note},
        "findings": {f"{check.count}: {check.text}": check.findings for check in checks if check.findings},
    }


def show(checks: list[Check]) -> None:
    """Print a row for each check, then the first findings of those that fail."""
    table = Table(box=None, header_style="bold", padding=(0, 1))
    table.add_column("figure", style="dim", no_wrap=True)
    table.add_column("check", no_wrap=True)
    table.add_column("found", justify="right", no_wrap=True)
    table.add_column("measured", style="dim")
    for figure, group in groupby(sorted(checks, key=_order(checks)), key=lambda check: check.count):
        for number, check in enumerate(group):
            table.add_row("" if number else figure, check.text, _count(len(check.findings)), escape(check.note))
    console = Console()
    console.print(table)
    for check in checks:
        if check.findings:
            console.print(f"\n[bold red]{check.text}[/bold red]")
            console.print(Padding(_first(check.findings), (0, 0, 0, 2)), highlight=False)


def _order(checks: list[Check]) -> Any:
    """Rows of one figure together, figures in the order of their first check."""
    figures = list(dict.fromkeys(check.count for check in checks))
    return lambda check: figures.index(check.count)


def _count(number: int) -> str:
    return f"[bold red]{number}[/bold red]" if number else "[green]0[/green]"


def _first(findings: list[str]) -> str:
    lines = [f"- {escape(finding)}" for finding in findings[:_SHOWN]]
    more = len(findings) - _SHOWN
    return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def _reproduce(*, as_json: bool) -> None:
    compared = reproduction.compare(_say)
    ok = bool(compared) and all(file.difference is None for file in compared)
    summary = {
        "reproducible": ok,
        "files": {file.name: file.sha256 for file in compared},
        "differences": {file.name: file.difference for file in compared if file.difference},
        "ok": ok,
    }
    files.write(_REPRODUCTION, json.dumps(summary, indent=2) + "\n")
    if as_json:
        print(json.dumps(summary))
    else:
        _show_comparison(compared)
    raise typer.Exit(0 if ok else 1)


def _show_comparison(compared: list[reproduction.Compared]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 1))
    table.add_column("file", overflow="fold")
    table.add_column("SHA-256", no_wrap=True)
    for file in compared:
        table.add_row(file.name, "[bold red]differs[/bold red]" if file.difference else f"[green]{file.sha256[:16]}[/green]")
    console = Console()
    console.print(table)
    different = [file for file in compared if file.difference]
    for file in different:
        console.print(f"\n[bold red]{escape(file.name)}[/bold red]\n  {escape(str(file.difference))}", highlight=False)
    print(f"{len(different)} of {len(compared)} files differ between the two builds")


def _say(text: str) -> None:
    print(f"check: {text}", file=sys.stderr)
