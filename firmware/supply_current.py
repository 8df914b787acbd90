"""What the image draws on average, on the virtual board."""

from pathlib import Path

from firmware.console import Console
from hardware import netlist, paths
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import MotionSource
from hardware.virtual_board.sound import SoundSource

IMAGE = paths.FIRMWARE / "firmware.bin"
# What comes once a cell is left out, and the time until the board knows that it is at rest
_BOOT_S, _START_S, _MEASURED_S = 0.1, 20.0, 60.0


def average_ua(
    motion: MotionSource,
    settings: dict[str, int],
    sound: SoundSource | None = None,
    start_s: float = _START_S,
    measured_s: float = _MEASURED_S,
    image: Path = IMAGE,
) -> float:
    """With these settings made on the console."""
    board = VirtualBoard(netlist.read(), image, motion=motion, sound=sound)
    board.run(_BOOT_S)
    console = Console(board.serial())
    for key, value in settings.items():
        console.request("config", "set", key, value)
    board.run(start_s)
    board.restart_average()
    board.run(measured_s)
    return sum(board.average_ua().values())
