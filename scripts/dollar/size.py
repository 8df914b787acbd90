"""`dollar size`: what the firmware takes of flash and RAM."""

import json
from dataclasses import asdict

import typer

from firmware.image import size
from firmware.stack import worst_bytes


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    found = size()
    stack = worst_bytes()
    fits = found.fits and found.ram_static_bytes + stack <= found.ram_limit
    if as_json:
        print(json.dumps(asdict(found) | {"stack_worst_bytes": stack}))
    else:
        _print_bar("flash", found.flash_bytes, found.flash_limit)
        _print_bar("RAM  ", found.ram_static_bytes, found.ram_limit)
        _print_bar("stack", stack, found.ram_limit - found.ram_static_bytes)
        print("the stack as measured on the virtual board, through all that the console offers")
    raise typer.Exit(0 if fits else 1)


def _print_bar(memory: str, used: int, limit: int) -> None:
    cells = 40
    filled = min(cells, -(-used * cells // limit))
    print(f"{memory} [{'#' * filled}{'.' * (cells - filled)}] {used} of {limit} bytes")
