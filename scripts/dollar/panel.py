"""`dollar panel`: board to panel, checked by the board's own rules."""

import json
import sys

import typer

from hardware import paths, tables
from manufacturing import panelise
from manufacturing.panel import PANEL


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    panelise.build()
    findings = panelise.design_rule_findings()
    size = f"{PANEL.columns} x {PANEL.rows} boards, {PANEL.width_mm:g} x {PANEL.height_mm:g} mm"
    if as_json:
        grid = {"rows": PANEL.rows, "columns": PANEL.columns, "width_mm": PANEL.width_mm, "height_mm": PANEL.height_mm}
        print(json.dumps({**grid, "boards": PANEL.boards, "panel_drc": len(findings), "ok": not findings}))
    else:
        for finding in findings:
            print(finding, file=sys.stderr)
        print(f"{tables.shown(paths.PANEL)}: {size}, {len(findings)} findings")
    raise typer.Exit(1 if findings else 0)
