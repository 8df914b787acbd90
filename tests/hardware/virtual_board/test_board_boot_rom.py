"""Debian's stm32flash, which knows nothing of this project, against the virtual board through a pseudo-terminal and TCP."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial
from faults import exchange

from hardware import netlist
from hardware.netlist import Netlist
from hardware.virtual_board import serve
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.boot_rom import ACK
from hardware.virtual_board.core.machine import FLASH, RAM
from hardware.virtual_board.ticks import Ticks

BOARD = netlist.read()
# sets up a stack and counts in RAM: vectors, then `movs r0, #0; ldr r1, place; str r0, [r1]; adds r0, #1; b str`
COUNTS = bytes.fromhex("00100020 09000008 00200249 0860 0130 fce70000 00000020".replace(" ", ""))
FRAME_S = 10 / 115_200


@contextmanager
def served(board: VirtualBoard) -> Iterator[str]:
    """The name of a pseudo-terminal, while the board runs beside it."""
    port, ended, ready, name = board.serial(), threading.Event(), threading.Event(), []

    def advance(ticks: Ticks) -> None:
        board.run_until(board.now + ticks)

    def tell(terminal: str) -> None:
        name.append(terminal)
        ready.set()

    thread = threading.Thread(target=serve.pty, args=(port, advance, tell, ended.is_set))
    thread.start()
    try:
        assert ready.wait(10)
        yield name[0]
    finally:
        ended.set()
        thread.join()


def stm32flash(terminal: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """8N1, because a pseudo-terminal has no parity bit."""
    command = ["stm32flash", "-b", "115200", "-m", "8n1", *arguments, terminal]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def in_boot_rom(board: Netlist = BOARD) -> VirtualBoard:
    """A board whose cell went in with BOOT0 held high, and its flash full of zeros."""
    made = VirtualBoard(board, bytes(32 * 1024), boot0=True)
    made.run(0.01)
    return made


def test_it_identifies_erases_writes_verifies_and_starts_a_program(tmp_path: Path) -> None:
    image = tmp_path / "counts.bin"
    image.write_bytes(COUNTS + bytes(range(256)) * 3)
    board = in_boot_rom()
    with served(board) as terminal:
        found = stm32flash(terminal)
        assert "Device ID    : 0x0440" in found.stdout
        assert stm32flash(terminal, "-o").returncode == 0
        assert board.chip.machine.read(FLASH, 32 * 1024) == b"\xff" * 32 * 1024
        written = stm32flash(terminal, "-e", "0", "-w", str(image), "-v", "-g", "0x08000000")
        assert "Wrote and verified address 0x08000318 (100.00%) Done." in written.stdout
        assert "Starting execution at address 0x08000000... done." in written.stdout
    assert board.chip.machine.read(FLASH, 792) == image.read_bytes()
    board.run(0.001)
    assert board.chip.machine.read_word(RAM) > 100
    assert board.faults == []


def test_pages_that_were_not_erased_are_refused(tmp_path: Path) -> None:
    image = tmp_path / "counts.bin"
    image.write_bytes(COUNTS)
    board = in_boot_rom()
    with served(board) as terminal:
        written = stm32flash(terminal, "-e", "0", "-w", str(image), "-v")
    assert written.returncode != 0
    assert "Failed to write memory at address 0x08000000" in written.stderr


@pytest.mark.parametrize("swapped", [("U1", "PA2", "PA3"), ("J1", "TX", "RX")], ids=["at the chip", "at the pads"])
def test_with_the_serial_lines_exchanged_nobody_answers(swapped: tuple[str, str, str]) -> None:
    board = in_boot_rom(exchange(BOARD, *swapped))
    port = board.serial(timeout=0.1)
    port.write(b"\x7f")
    assert port.read(1) == b""


def test_over_tcp_the_modem_lines_reset_into_the_boot_rom() -> None:
    board = VirtualBoard(BOARD, bytes.fromhex("00100020 09000008 fee7"))  # `b .`
    port, ended, ready, number = board.serial(), threading.Event(), threading.Event(), []

    def tell(found: int) -> None:
        number.append(found)
        ready.set()

    def advance(ticks: Ticks) -> None:
        board.run_until(board.now + ticks)

    thread = threading.Thread(target=serve.tcp, args=(port, advance, ("127.0.0.1", 0), tell, ended.is_set))
    thread.start()
    try:
        assert ready.wait(10)
        url = f"rfc2217://127.0.0.1:{number[0]}"
        with serial.serial_for_url(url, 57600, parity=serial.PARITY_EVEN, timeout=5) as client:
            client.rts = False  # BOOT0 high
            client.dtr = False
            client.dtr = True  # reset
            client.write(b"\x7f")
            assert client.read(1) == b"\x79"
            assert (port.baudrate, port.parity) == (57600, "E")
    finally:
        ended.set()
        thread.join()


def test_what_is_on_the_line_at_a_reset_reaches_the_program_without_what_came_before() -> None:
    """The ROM has taken some bytes of a command, and the next one is under way."""
    board = in_boot_rom()
    board.chip.machine.load(FLASH, COUNTS)
    port = board.serial(timeout=0.1)
    port.write(b"\x7f")
    assert port.read(1) == bytes([ACK])
    port.write(b"\x31\xce")
    assert port.read(1) == bytes([ACK])
    port.write(bytes(5))
    board.run(2.5 * FRAME_S)
    board.set_boot0(False)
    board.set_reset(True)
    board.set_reset(False)
    levels, rx = [], BOARD.net_of("J1", "RX") or ""
    while board.line.busy(board.now):
        levels.append(board.level(rx))
        board.run(FRAME_S / 4)
    assert levels == [*["HIGH"] * 2, *["LOW"] * 8]
