"""`dollar flash`: the firmware into one board, through the boot ROM of its chip."""

import json
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from hardware import netlist, paths
from hardware.errors import InputError
from hardware.virtual_board.board import VirtualBoard
from manufacturing.station.flasher import option_bytes
from manufacturing.station.flasher.failures import FlashError
from manufacturing.station.flasher.layout import read_image
from manufacturing.station.flasher.procedure import Flashed, Wishes, flash
from manufacturing.station.link import Link, LinkError, open_link, virtual_link
from manufacturing.station.reset import ByConsole, ByHand, ModemLines, Reset

_KEEP = "keep"


class Way(StrEnum):
    DTR_RTS = "dtr-rts"
    HAND = "hand"
    CONSOLE = "console"


class Erase(StrEnum):
    KEEP = "keep-settings"
    ALL = "all"


def command(
    file: Annotated[Path, typer.Argument(help="firmware.bin")] = paths.FIRMWARE / "firmware.bin",
    port: str = typer.Option("", help="Device, or any URL of pyserial: rfc2217://HOST:PORT, socket://HOST:PORT"),
    virtual: bool = typer.Option(False, "--virtual", help="A virtual board instead; times are the board's"),
    baud: Annotated[int | None, typer.Option(min=4800, max=1_000_000, help="The highest speed to try")] = None,
    reset: Annotated[Way, typer.Option(help="Into the boot ROM by RTS at BOOT0 and DTR at NRST, or otherwise")] = Way.DTR_RTS,
    erase: Annotated[Erase, typer.Option(help="Keep serial number and calibration, or erase all")] = Erase.KEEP,
    unprotect: bool = typer.Option(False, "--unprotect", help="Lift read and write protection, which erases all"),
    options: str = typer.Option(option_bytes.FACTORY.hex(), "--option-bytes", help=f"16 bytes in hexadecimal, or {_KEEP}"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    image = read_image(file)
    wishes = Wishes(baud, erase is Erase.ALL, unprotect, None if options == _KEEP else option_bytes.parse(options))
    if virtual == bool(port):
        raise InputError("no serial port is given: add --port PORT, or --virtual" if not virtual else "give --port or --virtual")
    try:
        with virtual_link(_blank_board()) if virtual else open_link(port) as link, _Bars() as bars:
            flashed = flash(link, _reset(reset, bars), image, wishes, bars.show)
            name = link.name
    except (FlashError, LinkError) as error:
        if not as_json:
            raise
        cause = error.cause if isinstance(error, FlashError) else error.fault
        print(json.dumps({"port": port or "virtual board", "flashed": False, "cause": cause, "error": str(error)}))
        raise typer.Exit(2) from None
    if as_json:
        print(json.dumps({"port": name, "flashed": True, **_as_json(flashed)}))
    else:
        _print(flashed, link)


def _blank_board() -> VirtualBoard:
    return VirtualBoard(netlist.read(), b"\xff" * 4)


def _reset(way: Way, bars: "_Bars") -> Reset:
    ways: dict[Way, Callable[[], Reset]] = {
        Way.DTR_RTS: ModemLines,
        Way.HAND: lambda: ByHand(bars.ask),
        Way.CONSOLE: ByConsole,
    }
    return ways[way]()


class _Bars:
    """Progress on stderr, and questions in between."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._progress = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "_Bars":
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)

    def ask(self, text: str) -> None:
        self._progress.stop()
        self._console.print(text, markup=False, highlight=False)
        try:
            input()
        except EOFError:
            raise InputError("nobody is there to press Enter: run it in a terminal, or use --reset dtr-rts") from None
        self._progress.start()


def _as_json(flashed: Flashed) -> dict[str, Any]:
    return asdict(flashed) | {"over_wire_time": round(flashed.over_wire_time, 3)}


def _print(flashed: Flashed, link: Link) -> None:
    console = Console(highlight=False)
    console.print(f"[bold green]flashed[/bold green] {link.name}, unique ID {flashed.uid[:32]}...", soft_wrap=True)
    console.print(
        f"{flashed.image_bytes} bytes written, read back and compared at {flashed.baud} baud in {flashed.flash_seconds:.2f} s "
        f"({flashed.over_wire_time:.2f} times the wire's own {flashed.wire_seconds:.2f} s), {flashed.seconds:.2f} s in all",
        soft_wrap=True,
    )
    done = "written" if flashed.options_written else "as they should be"
    console.print(f"option bytes {done}, {flashed.repetitions} commands repeated, SHA-256 {flashed.sha256}", soft_wrap=True)
