"""`dollar station`: flash, test, configure and record, all positions of a panel at once."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from hardware import netlist, paths
from hardware.errors import InputError
from manufacturing.station import addresses
from manufacturing.station.display import Display
from manufacturing.station.fixture import equipment as fixtures
from manufacturing.station.panel import LONGEST_S, run_panel
from manufacturing.station.position import Position
from manufacturing.station.presence import wait_for_next
from manufacturing.station.records import database
from manufacturing.station.records.record import Verdict
from manufacturing.station.records.store import Records
from manufacturing.station.self_check import check_ports, check_records
from manufacturing.station.selftest import limits as limit_tables
from manufacturing.station.station import Station, prepare
from manufacturing.station.unit_result import UnitResult
from manufacturing.station.virtual_units import panels

_MOST_VIRTUAL = 100
_STOPPED = 130  # as shells say of a program that Ctrl-C ended

Next = Callable[[], list[Position]]  # the positions with the next units in them


class Led(StrEnum):
    SKIP = "skip"
    ASK = "ask"


def command(
    port: Annotated[list[str] | None, typer.Option(help="Device or URL of pyserial; once for each position")] = None,
    virtual: int = typer.Option(0, min=0, max=_MOST_VIRTUAL, help="So many virtual boards; times are the boards'"),
    faulty: int = typer.Option(0, min=0, help="So many of them with a single fault, by chance"),
    loop: bool = typer.Option(False, "--loop", help="One panel after another, until Ctrl-C"),
    batch: str = typer.Option("", help="Noted in each record"),
    operator: str = typer.Option("", help="Noted in each record"),
    name: str = typer.Option("", help="Of the station; this computer's name if not given"),
    database_: str = typer.Option("", "--database", help=f"File, or postgresql://...; else {database.VARIABLE}, or the user's"),
    limits: Annotated[Path, typer.Option(help="Table of limits")] = limit_tables.STANDARD,
    file: Annotated[Path, typer.Option("--image", help="firmware.bin")] = paths.FIRMWARE / "firmware.bin",
    sha256: str = typer.Option("", help="What the image has to be: of the release"),
    first_address: str = typer.Option("", help="BLE addresses from here on, by serial number; else from the unique ID"),
    baud: Annotated[int | None, typer.Option(min=4800, max=1_000_000, help="The highest speed to flash at")] = None,
    loudspeaker: str = typer.Option("", help="Sound device of the fixture, by name or number; 'default'"),
    amplitude: float = typer.Option(0.1, min=0.001, max=1.0, help="Of the loudspeaker: 70 dB SPL at the microphones"),
    bluetooth: bool = typer.Option(False, "--bluetooth", help="Receive beacons with this computer's Bluetooth"),
    impedance: Annotated[list[str] | None, typer.Option(help="PROBE=PORT of a NanoVNA: at pads, holder or microphone")] = None,
    led: Annotated[Led, typer.Option(help="Ask the operator whether it blinked")] = Led.SKIP,
    debug_loop: bool = typer.Option(False, "--debug-loop", help="The fixture joins SWDIO and SWCLK of each board by 1 kohm"),
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object for each unit, a line each"),
) -> None:
    console = Console(stderr=as_json, highlight=False)
    display = Display(console)
    station = prepare(file, limits, sha256=sha256)
    station = replace(station, name=name or station.name, operator=operator, batch=batch, baud=baud)
    station = replace(station, addresses=addresses.parse(first_address) if first_address else None)
    if bool(port) == bool(virtual):
        raise InputError("give --port PORT for each position, or --virtual COUNT" if not port else "give --port or --virtual")
    if impedance and virtual:
        raise InputError("virtual boards have an impedance meter: leave out --impedance")
    if faulty > virtual:
        raise InputError(f"--faulty {faulty} is more than the boards of --virtual {virtual}: ask for fewer")
    with ExitStack() as stack:
        records = stack.enter_context(Records.open(_place(database_, bool(virtual)), say=_say))
        check_records(records)
        following: Next | None = None
        if virtual:
            following = partial(next, panels(netlist.read(), virtual, faulty))
            positions = following()
        else:
            equipment = fixtures.Equipment(loudspeaker, amplitude, bluetooth, led is Led.ASK, impedance or (), debug_loop)
            positions = fixtures.positions(port or [], equipment, display.ask, stack)
            for text in check_ports(positions).values():
                display.say(text)
        with _interrupts_by_term():
            raise typer.Exit(_work(positions, following, station, records, display, loop, as_json))


def _work(
    positions: list[Position],
    following: Next | None,
    station: Station,
    records: Records,
    display: Display,
    loop: bool,
    as_json: bool,
) -> int:
    """The exit code: 0 if all passed, 1 if not."""
    passed = True
    try:
        while True:
            results = _panel(positions, station, records, display, as_json, LONGEST_S * (len(positions) if following else 1))
            passed &= all(result.verdict is Verdict.PASS for result in results)
            if not loop:
                return 0 if passed else 1
            if following:
                positions = following()
            else:
                wait_for_next(positions, display.say)
    except KeyboardInterrupt:
        display.say("stopped: units that had not ended are not recorded")
        return _STOPPED


def _panel(
    positions: list[Position], station: Station, records: Records, display: Display, as_json: bool, longest_s: float
) -> list[UnitResult]:
    def done(number: int, result: UnitResult) -> None:
        display.done(number, result)
        if as_json:
            print(json.dumps(_as_json(result)), flush=True)

    with display.panel(positions):
        return run_panel(positions, station, records, display.tell, done, longest_s)


def _as_json(result: UnitResult) -> dict[str, Any]:
    steps = [{**asdict(step), "outcome": step.outcome.value, "seconds": round(step.seconds, 4)} for step in result.steps]
    return {
        "position": result.position,
        "verdict": result.verdict.value,
        "code": result.code,
        "text": result.text,
        "serial": result.serial,
        "uid": result.uid,
        "seconds": round(result.seconds, 4),
        "steps": steps,
        "measurements": [asdict(one) for one in result.measurements],
        "calibration": result.calibration,
    }


def _place(given: str, virtual: bool) -> str:
    """Virtual units have no business among real ones unless somebody says so."""
    if given or not virtual or os.environ.get(database.VARIABLE):
        return given or database.default()
    return str(paths.BUILD / "station" / "virtual.sqlite")


def _say(text: str) -> None:
    print(f"records: {text}", file=sys.stderr)


@contextmanager
def _interrupts_by_term() -> Iterator[None]:
    """A service manager's SIGTERM is Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
