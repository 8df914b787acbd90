"""Electrical rule check of the circuit and its netlist as text, the same bytes for the same circuit."""

import logging
import re
from typing import NamedTuple

import skidl
from skidl.logger import erc_logger, rt_logger

from hardware.circuit.board import circuit


class Export(NamedTuple):
    netlist: str  # KiCad netlist format
    erc_findings: tuple[str, ...]  # errors and warnings; empty when clean


def export() -> Export:
    """Compose the circuit, check it, write it as a KiCad netlist."""
    collector = _Collector()
    erc_logger.handlers = [collector]
    rt_logger.handlers = [logging.NullHandler()]  # it warns of absent footprint tables; footprints are checked on the layout
    board = circuit()
    board.ERC()
    findings = tuple(collector.messages)
    text = board.generate_netlist(do_backup=False, track_src=False, track_abs_path=False, tool=skidl.KICAD9)
    return Export(_without_run(text), findings)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _without_run(text: str) -> str:
    """Drop what differs from run to run: the date and the name of the program that asked."""
    text = re.sub(r'\(date "[^"]*"\)', '(date "")', text)
    text = re.sub(r'\(source "[^"]*"\)', '(source "hardware/circuit/board.py")', text)
    return text.strip() + "\n"
