"""`dollar simulate`: the real firmware on the virtual board."""

import json
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from firmware import answers
from firmware.model.on_board import stimuli
from hardware import files, netlist, paths
from hardware.errors import InputError
from hardware.virtual_board import serve as serving
from hardware.virtual_board.beacon import Beacon
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts import coin_cell
from hardware.virtual_board.power import days
from hardware.virtual_board.ticks import to_seconds
from hardware.virtual_board.trace import Trace

_IMAGE = paths.FIRMWARE / "firmware.bin"
_STEP_S = 0.1
_LONGEST_S = 1e8  # three years: time in ticks has 64 bits, which end after 380
_LEAST_WIDTH = 130
_HOST = "127.0.0.1"


def command(
    motion: str = typer.Option(
        "rest", help="rest, walking, file:PATH@HZ with lines of x,y,z in g, or data:WALKING: a label of spsw_har"
    ),
    sound: str = typer.Option(
        "silence", help="silence, tone:HERTZ, tone:HERTZ:DB_SPL, file:PATH.wav, or data:7: a label of fsdd_8k"
    ),
    seconds: float = typer.Option(10.0, min=0.001, max=_LONGEST_S, help="How long the board runs, on its own clock"),
    skip: float = typer.Option(
        2.0, min=0, max=_LONGEST_S, help="Seconds that the average current leaves out: the start, which comes once a cell"
    ),
    cell: str = typer.Option("fresh", help="fresh or aged"),
    firmware: Annotated[Path, typer.Option(help="The image to run")] = _IMAGE,
    seed: int = typer.Option(1, help="Of the chip's unique ID, and of all noise"),
    power: bool = typer.Option(False, "--power", help="Show the current by cause, and how long a cell lasts"),
    vcd: Annotated[Path | None, typer.Option(help="Write pins, buses and current to this file, for a wave viewer")] = None,
    serve: str = typer.Option("", metavar="[HOST:]PORT", help="Offer the serial port over TCP (RFC 2217) instead, until Ctrl-C"),
    pty: bool = typer.Option(False, "--pty", help="Offer the serial port as a pseudo-terminal instead, until Ctrl-C"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    if cell not in coin_cell.NAMED:
        raise InputError(f"there is no cell {cell!r}: say {' or '.join(coin_cell.NAMED)}")
    trace = Trace() if vcd is not None else None
    if vcd is not None:
        _try_to_write(vcd)
    board = VirtualBoard(
        netlist.read(),
        firmware,
        motion=stimuli.motion(motion),
        sound=stimuli.sound(sound),
        cell=coin_cell.NAMED[cell],
        seed=seed,
        trace=trace,
    )
    start = time.perf_counter()
    try:
        if serve or pty:
            _serve(board, serve, sys.stderr if as_json else sys.stdout)
        else:
            _run(board, seconds, skip)
    except NotModelled as error:
        raise InputError(f"the virtual board cannot go on: {error}") from None
    finally:
        wall_s = time.perf_counter() - start
        if vcd is not None and trace is not None:
            files.write(vcd, trace.to_vcd())
    found = _summary(board, wall_s, named=firmware == _IMAGE)
    if as_json:
        print(json.dumps(found))
    else:
        _print(found, power)


def _run(board: VirtualBoard, seconds: float, skip: float) -> None:
    """In steps, so that a person sees it go on."""
    console = Console(stderr=True)
    counting = False
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("running", total=seconds)
        while (passed := to_seconds(board.now)) < seconds:
            if not counting and passed >= skip:
                board.restart_average()
                counting = True
            board.run(min(seconds - passed, _STEP_S if counting else max(skip - passed, 1e-6)))
            progress.update(task, completed=to_seconds(board.now))


def _try_to_write(path: Path) -> None:
    """Before the run, so that none is lost. InputError if the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): give another file with --vcd") from None


def _serve(board: VirtualBoard, where: str, told: TextIO) -> None:
    host, _, number = where.rpartition(":")
    port = board.serial()

    def advance(ticks: int) -> None:
        board.run_until(board.now + ticks)

    def tell(text: str) -> None:
        print(text, file=told, flush=True)

    def never() -> bool:
        return False

    try:
        if not where:
            serving.pty(port, advance, lambda name: tell(f"serial port: {name}"), never)
        elif not number.isdigit() or int(number) > 65535:
            raise InputError(f"--serve {where} names no port: give a number up to 65535, or HOST:NUMBER")
        else:
            address = (host or _HOST, int(number))
            serving.tcp(port, advance, address, lambda got: tell(f"serial port: rfc2217://{address[0]}:{got}"), never)
    except KeyboardInterrupt:
        print(file=told)


def _summary(board: VirtualBoard, wall_s: float, named: bool) -> dict[str, Any]:
    """`named`: the image is the default one, whose classes have known names."""
    by_cause = board.average_ua()
    total = sum(by_cause.values())
    return {
        "seconds": round(to_seconds(board.now), 6),
        "beacons": [_beacon(beacon, named) for beacon in board.beacons],
        "console": board.console,
        "average_ua": total,
        "average_ua_by_cause": by_cause,
        "days": days(total) if total else {},
        "emulated_mhz": board.cycles / wall_s / 1e6,
        "times_real_time": to_seconds(board.now) / wall_s,
        "faults": [{"time": round(to_seconds(fault.time), 6), "text": fault.text} for fault in board.faults],
    }


def _beacon(beacon: Beacon, named: bool) -> dict[str, Any]:
    return {
        "time": round(beacon.time_s, 6),
        "channel": beacon.channel,
        "address": beacon.address,
        "rssi_dbm": round(beacon.rssi_dbm, 1),
        "raw": beacon.raw.hex(),
        "decoded": beacon.decoded,
        "classes": answers.told(beacon.decoded) if named else {},
        "error": beacon.error,
    }


def _print(found: dict[str, Any], power: bool) -> None:
    console = Console(width=max(Console().width, _LEAST_WIDTH))
    console.print("[bold]console[/bold]")
    console.print(found["console"].replace("\r\n", "\n").rstrip() or "(silent)", markup=False, highlight=False)
    console.print(_beacon_table(found["beacons"]))
    if power:
        console.print(_power_table(found))
    for fault in found["faults"]:
        console.print(f"[bold red]fault[/bold red] at {fault['time']:.3f} s: {fault['text']}")
    console.print(
        f"{found['seconds']:g} s on the board, {found['average_ua']:.1f} uA on average, {len(found['beacons'])} packets; "
        f"{found['emulated_mhz']:.0f} MHz emulated, {found['times_real_time']:.0f} times real time"
    )


def _beacon_table(beacons: list[dict[str, Any]]) -> Table:
    """A row for each run of packets with the same content, as one beacon on three channels."""
    table = Table(box=None, header_style="bold", title="on air", title_justify="left", title_style="bold")
    for column in ("s", "channels", "address", "advertising data", "Home Assistant shows", "that is"):
        table.add_column(column)
    for _, group in groupby(beacons, key=lambda beacon: (beacon["address"], beacon["raw"], beacon["error"])):
        same = list(group)
        first = same[0]
        shown = ", ".join(f"{key} {value}" for key, value in first["decoded"].items()) or f"[red]{first['error']}[/red]"
        channels = " ".join(str(beacon["channel"] or "-") for beacon in same)
        classes = ", ".join(first["classes"].values())
        table.add_row(f"{first['time']:.4f}", channels, first["address"], first["raw"], shown, classes)
    return table


def _power_table(found: dict[str, Any]) -> Table:
    table = Table(box=None, header_style="bold", title="supply current", title_justify="left", title_style="bold")
    table.add_column("cause")
    table.add_column("uA on average", justify="right")
    for cause, current in found["average_ua_by_cause"].items():
        table.add_row(cause, f"{current:.2f}")
    table.add_row("[bold]all[/bold]", f"[bold]{found['average_ua']:.2f}[/bold]")
    for name, number in found["days"].items():
        table.add_row(f"days on a {name} CR2032", f"{number:.0f}")
    return table
