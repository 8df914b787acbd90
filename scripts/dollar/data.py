"""`dollar data`: recordings to train on: fetch the public sets, record one's own, list what is there."""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import serial
import typer
from rich.console import Console as Terminal
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from firmware.console import BAUD, Console, Port
from firmware.model.data import download, motion_sets, place, read_folder, sets, sound_sets
from firmware.model.data import fetch as fetching
from firmware.model.data import folder as folders
from firmware.model.data.capture import UNKNOWN, Wanted, capture
from firmware.model.data.recording import MotionSet, SoundSet
from firmware.model.data.summary import summarise
from hardware import netlist, paths
from hardware.errors import InputError
from hardware.virtual_board import motion as motions
from hardware.virtual_board import sound as sounds
from hardware.virtual_board.board import VirtualBoard

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)

SOUND_RATE_HZ = 8000
MOTION_RATES_HZ = (25, 50, 100)
BOOT_S = 0.5

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object")]
LOADERS: Mapping[str, Callable[[], MotionSet | SoundSet]] = {
    "spsw_har": motion_sets.spsw_har,
    "har_exercise_1": motion_sets.har_exercise_1,
    "fsdd_8k": sound_sets.fsdd,
}


@app.command()
def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="spsw_har, har_exercise_1, fsdd_8k; all if not said")] = None,
    home: Annotated[str, typer.Option(help="Server of the archives")] = fetching.HOME,
    as_json: AsJson = False,
) -> None:
    """Download the public sets from their public homes into DOLLAR_DATA or ../shared/data, and prove them."""
    wanted = [sets.named(name) for name in names] if names else list(sets.SETS)
    done = {}
    for public in wanted:
        there = fetching.present(public, place.folder())
        if not there:
            with _download_bar(public.name) as progress:
                fetching.fetch(public, place.folder(), home, progress)
        done[public.name] = {"file": str(place.folder() / public.file), "fetched": not there}
        if not as_json:
            print(f"{public.name}: {'was there' if there else 'fetched and proven'}. {public.attribution}")
    if as_json:
        print(json.dumps(done))


@app.command(name="list")
def list_sets(
    folder: Annotated[Path | None, typer.Argument(help="A folder of own recordings; the public sets if not said")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is there, how much of each label, and whom to name."""
    found = _own(folder) if folder else _public()
    if as_json:
        print(json.dumps(found))
        return
    terminal = Terminal()
    for one in found:
        terminal.print(_table(one))
        terminal.print(one["problem"] or one["attribution"], markup=False, highlight=False)
        terminal.print()


@app.command()
def record(
    kind: Annotated[str, typer.Argument(help="motion or sound")],
    label: Annotated[str, typer.Option(help="What is done or said")],
    out: Annotated[Path, typer.Option(help="Folder of recordings to add to")],
    seconds: Annotated[int, typer.Option(min=1, max=300)] = 10,
    port: Annotated[str, typer.Option(help="Serial port, or any address that pyserial knows")] = "",
    subject: Annotated[str, typer.Option(help="Who moves or speaks")] = UNKNOWN,
    session: Annotated[str, typer.Option(help="Recordings made in one go; today's date if not said")] = "",
    rate: Annotated[int, typer.Option(help="Motion: 25, 50 or 100 Hz")] = 50,
    virtual: Annotated[bool, typer.Option("--virtual", help="From a virtual board instead of a port")] = False,
    motion: Annotated[str, typer.Option(help="Virtual: rest, walking or file:PATH@HZ")] = "rest",
    sound: Annotated[str, typer.Option(help="Virtual: silence, tone:HERTZ[:DB_SPL] or file:PATH.wav[:DB_SPL]")] = "silence",
    firmware: Annotated[Path, typer.Option(help="Virtual: the image to run")] = paths.FIRMWARE / "firmware.bin",
    as_json: AsJson = False,
) -> None:
    """Record labelled motion or sound from a board's console."""
    wanted = Wanted(
        _kind(kind),
        folders.check_label(label),
        seconds,
        _rate(rate) if kind == "motion" else SOUND_RATE_HZ,
        subject,
        session or f"{datetime.datetime.now():%Y%m%d}",
    )
    with _opened(port, virtual, motion, sound, firmware) as opened, _sample_bar(wanted) as progress:
        path = capture(Console(opened), wanted, out, progress)
    if as_json:
        print(json.dumps({"file": str(path), **json.loads(path.with_suffix(".json").read_text("utf-8"))}))
    else:
        print(f"recorded {path}")


def _kind(kind: str) -> str:
    if kind not in folders.SUFFIX:
        raise InputError(f"{kind!r} cannot be recorded: say {' or '.join(folders.SUFFIX)}")
    return kind


def _rate(rate: int) -> int:
    if rate not in MOTION_RATES_HZ:
        raise InputError(f"the accelerometer is not read at {rate} Hz: say {', '.join(map(str, MOTION_RATES_HZ))}")
    return rate


@contextmanager
def _opened(port: str, virtual: bool, motion: str, sound: str, firmware: Path) -> Iterator[Port]:
    if virtual == bool(port):
        raise InputError("say where the board is: either --port, such as /dev/ttyUSB0, or --virtual")
    if virtual:
        board = VirtualBoard(netlist.read(), firmware, motion=motions.parse(motion), sound=sounds.parse(sound))
        board.run(BOOT_S)
        with board.serial() as line:
            yield line
        return
    try:
        with serial.serial_for_url(port, BAUD) as line:
            yield line
    except (serial.SerialException, ValueError) as error:
        raise InputError(f"{port} cannot be used ({error}): is the board connected, and no other program on the port?") from None


@contextmanager
def _download_bar(name: str) -> Iterator[download.Progress]:
    terminal = Terminal(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _sample_bar(wanted: Wanted) -> Iterator[Any]:
    terminal = Terminal(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task(f"{wanted.kind}: {wanted.label}", total=wanted.seconds * wanted.rate_hz)
        yield lambda count: bar.advance(task, count)


def _public() -> list[dict[str, Any]]:
    found = []
    for public in sets.SETS:
        try:
            loaded: MotionSet | SoundSet | None = LOADERS[public.name]()
            problem = ""
        except InputError as error:
            loaded, problem = None, str(error)
        found.append(_entry(public.name, public.kind, loaded, public.attribution, problem))
    return found


def _own(folder: Path) -> list[dict[str, Any]]:
    kinds = [kind for kind, suffix in folders.SUFFIX.items() if any(folder.glob(f"*/*{suffix}"))]
    found = []
    for kind in kinds or ["motion"]:
        loaded = read_folder.motion(folder) if kind == "motion" else read_folder.sound(folder)
        found.append(_entry(loaded.name, kind, loaded, "own recordings", ""))
    return found


def _entry(name: str, kind: str, loaded: MotionSet | SoundSet | None, attribution: str, problem: str) -> dict[str, Any]:
    labels = [asdict(share) for share in summarise(loaded)] if loaded else []
    return {"name": name, "kind": kind, "labels": labels, "attribution": attribution, "problem": problem}


def _table(one: dict[str, Any]) -> Table:
    table = Table(box=None, header_style="bold", title=f"{one['name']} ({one['kind']})", title_justify="left", title_style="bold")
    table.add_column("label")
    for column in ("recordings", "subjects", "minutes"):
        table.add_column(column, justify="right")
    for share in one["labels"]:
        table.add_row(share["label"], str(share["recordings"]), str(share["subjects"]), f"{share['seconds'] / 60:.1f}")
    return table
