"""`dollar size`: what the firmware takes of flash and RAM."""

import json
from dataclasses import asdict

import typer

from firmware.image import size


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    found = size()
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        _print_bar("flash", found.flash_bytes, found.flash_limit)
        _print_bar("RAM  ", found.ram_static_bytes, found.ram_limit)
    raise typer.Exit(0 if found.fits else 1)


def _print_bar(memory: str, used: int, limit: int) -> None:
    cells = 40
    filled = min(cells, -(-used * cells // limit))
    print(f"{memory} [{'#' * filled}{'.' * (cells - filled)}] {used} of {limit} bytes")
