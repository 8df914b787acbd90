"""Flashing a whole virtual board, with Debian's stm32flash to judge what is in its flash then."""

import subprocess
import threading
from pathlib import Path

import pytest

from firmware.console import Console
from hardware import netlist, paths
from hardware.virtual_board import serve
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import FLASH
from hardware.virtual_board.ticks import Ticks
from manufacturing.station.flasher.failures import Cause, FlashError
from manufacturing.station.flasher.procedure import flash
from manufacturing.station.link import virtual_link
from manufacturing.station.reset import ByConsole, ByHand, ModemLines

FIRMWARE = paths.FIRMWARE / "firmware.bin"
COUNTS = bytes.fromhex("00100020 09000008 00200249 0860 0130 fce70000 00000020") + bytes(range(256)) * 3


def board(firmware: bytes | Path = b"\xff" * 4) -> VirtualBoard:
    return VirtualBoard(netlist.read(), firmware)


def serial_number(unit: VirtualBoard) -> str:
    return Console(unit.serial()).request("config", "get", "serial").values["serial"]


def test_the_firmware_runs_that_was_flashed_by_the_modem_lines() -> None:
    unit = board()
    flashed = flash(virtual_link(unit), ModemLines(), FIRMWARE.read_bytes())
    assert flashed.baud == 1_000_000
    unit.run(0.5)
    answer = Console(unit.serial()).request("info")
    assert answer.values["uid"] == flashed.uid


def test_settings_outlive_a_flash_by_way_of_the_console() -> None:
    unit = board(FIRMWARE)
    unit.run(0.5)
    Console(unit.serial()).request("config", "set", "serial", "4711")
    flash(virtual_link(unit), ByConsole(), COUNTS)
    assert unit.chip.machine.read(FLASH, len(COUNTS)) == COUNTS
    flash(virtual_link(unit), ModemLines(), FIRMWARE.read_bytes())
    unit.run(0.5)
    assert serial_number(unit) == "4711"


def test_a_person_can_hold_boot0() -> None:
    unit = board()

    def press(_: str) -> None:
        unit.set_boot0(True)
        unit.set_reset(True)
        unit.run(0.1)
        unit.set_reset(False)
        unit.run(0.1)
        unit.set_boot0(False)

    flash(virtual_link(unit), ByHand(press), COUNTS)
    assert unit.chip.machine.read(FLASH, len(COUNTS)) == COUNTS


def test_nobody_answers_when_the_person_forgets() -> None:
    with pytest.raises(FlashError, match="hold BOOT0 high") as found:
        flash(virtual_link(board()), ByHand(lambda _: None), COUNTS)
    assert found.value.cause is Cause.NO_ANSWER


def test_stm32flash_reads_what_was_written(tmp_path: Path) -> None:
    """Debian's client knows nothing of this project. 8N1, because a pseudo-terminal has no parity bit."""
    unit = board()
    flash(virtual_link(unit), ModemLines(), COUNTS)
    unit.set_boot0(True)
    unit.set_reset(True)
    unit.run(0.01)
    unit.set_reset(False)
    ended, ready, name = threading.Event(), threading.Event(), []

    def advance(ticks: Ticks) -> None:
        unit.run_until(unit.now + ticks)

    def tell(terminal: str) -> None:
        name.append(terminal)
        ready.set()

    thread = threading.Thread(target=serve.pty, args=(unit.serial(), advance, tell, ended.is_set))
    thread.start()
    try:
        assert ready.wait(10)
        copy = tmp_path / "read.bin"
        arguments = ["-b", "115200", "-m", "8n1", "-r", str(copy), "-S", f"0x08000000:{len(COUNTS)}", name[0]]
        done = subprocess.run(["stm32flash", *arguments], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        ended.set()
        thread.join()
    assert copy.read_bytes()[: len(COUNTS)] == COUNTS
