"""`dollar render`: pictures of the board, for the README and for looking."""

import json

import typer

from hardware import paths, tables
from manufacturing import drawings


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    written = drawings.draw(paths.BOARD, paths.PANEL, paths.DRAWINGS)
    if as_json:
        print(json.dumps({"files": [tables.shown(path) for path in written], "ok": True}))
        return
    for path in written:
        print(f"wrote {tables.shown(path)}")
