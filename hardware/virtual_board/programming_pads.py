"""The programming row: what somebody there does to the board's pads."""

from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.device import Drive
from hardware.virtual_board.wiring import DRIVE_OF

TX_PAD, RX_PAD, RESET_PAD, BOOT_PAD = "TX", "RX", "NRST", "BOOT0"
DEBUG_PADS = "SWDIO", "SWCLK"


def pad_net(board: Assembly, pad: str) -> str | None:
    return board.wiring.net(board.pads, pad) if board.pads is not None else None


def drive_pad(board: Assembly, pad: str, drive: Drive) -> None:
    if board.pads is not None:
        board.signals.drive(board.pads, pad, drive, board.now)


def join_debug_pads(board: Assembly) -> None:
    """A resistor of the fixture, from SWDIO to SWCLK, through which the former drives the latter."""
    board.debug_pads_joined = True
    follow_debug_pad(board)


def follow_debug_pad(board: Assembly) -> None:
    """The resistor gives the second pad the level of the first."""
    first, second = DEBUG_PADS
    drive_pad(board, second, DRIVE_OF[board.signals.level(pad_net(board, first))])
