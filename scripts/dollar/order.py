"""`dollar order`: everything to upload to JLCPCB, and what to look at before paying."""

import json

import typer

from hardware import tables
from manufacturing import order
from manufacturing.panel import PANEL
from manufacturing.readiness import FREE_BOARDS


def command(
    boards: int = typer.Option(5, help="Boards in the order"),
    accept_unverified: bool = typer.Option(
        False, "--accept-unverified", help=f"Order more than {FREE_BOARDS} boards although facts of parts are unverified"
    ),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    written = order.write(boards, accept_unverified=accept_unverified)
    if as_json:
        grid = {"rows": PANEL.rows, "columns": PANEL.columns, "width_mm": PANEL.width_mm, "height_mm": PANEL.height_mm}
        found = {"boards": boards, "files": written.files, "unverified": written.unverified, "panel": grid, "ok": True}
        print(json.dumps(found))
        return
    folder = tables.shown(written.folder)
    print(f"wrote {len(written.files)} files for {boards} boards to {folder}")
    print(f"{written.unverified} facts about the parts are unverified: work through {folder}/READINESS.md before paying")
