"""The pictures that the README shows and a person looks at, in build/drawings/."""

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hardware import files, tables
from hardware.errors import InputError
from manufacturing import pictures

_WORKERS = 2


def draw(board: Path, panel: Path, folder: Path) -> tuple[Path, ...]:
    """Write top.png, bottom.png, board.png (turned, ray traced) and panel.png. InputError if board or panel is missing."""
    for source in (board, panel):
        if not source.is_file():
            raise InputError(f"{tables.shown(source)} is missing: run make, which draws it")
    with tempfile.TemporaryDirectory(prefix="dollar-drawings-") as name:
        beside = Path(name)
        makers: dict[str, Callable[[Path], None]] = {
            "board.png": lambda target: pictures.render_turned(board, target),
            "panel.png": lambda target: pictures.render_panel(panel, target),
            "top.png": lambda target: pictures.render(board, "top", target),
            "bottom.png": lambda target: pictures.render(board, "bottom", target),
        }
        with ThreadPoolExecutor(_WORKERS) as pool:
            waiting = [pool.submit(make, beside / picture) for picture, make in makers.items()]
            for future in waiting:
                future.result()
        for picture in makers:
            files.write(folder / picture, (beside / picture).read_bytes())
    return tuple(folder / picture for picture in makers)
