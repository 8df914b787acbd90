"""Reading a KiCad board file."""

from pathlib import Path

import pcbnew
import wx

from hardware import tables
from hardware.errors import InputError


def load(path: Path, made_by: str = "make") -> pcbnew.BOARD:
    """The board. InputError, naming the command that makes it, if the file is missing or is no board."""
    if not path.is_file():
        raise InputError(f"{tables.shown(path)} is missing: run {made_by}, which writes it")
    wx.Log.SetLogLevel(wx.LOG_Message)  # from the second board on, KiCad 9 reports on stderr that it knows PNG already
    board = pcbnew.LoadBoard(str(path))
    if board is None:
        raise InputError(f"{tables.shown(path)} is no board of KiCad: run {made_by} to write it again")
    return board
