"""`dollar pins`: which pin of the MCU each net of the circuit uses, as the firmware sees it."""

import json
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table

from firmware.pins import assign
from hardware import netlist


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    pins = assign(netlist.read())
    if as_json:
        print(json.dumps({"pins": [asdict(pin) for pin in pins]}))
        return
    table = Table("net", "pin", "function", "number", box=None)
    for pin in pins:
        number = pin.selector if pin.selector is not None else pin.channel
        table.add_row(pin.net, pin.pin, pin.function, "" if number is None else str(number))
    Console().print(table)
