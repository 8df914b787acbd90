"""The boot ROM's protocol: each command, refusals, and stm32flash as an independent client."""

import copy
import os
import pty
import subprocess
import threading
import tty
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.virtual_board.boot_rom import ACK, FLASH_BASE, NACK, PAGE_BYTES, BootRom

FLASH_BYTES = 32 * 1024
RAM_BASE = 0x2000_0000


class Chip:
    """Flash, RAM and protection; programming needs an erased page, as on the chip."""

    def __init__(self) -> None:
        self.flash = bytearray(b"\xff" * FLASH_BYTES)
        self.ram = bytearray(4096)
        self.protected = False
        self.locked_sectors: bytes | None = None
        self.resets = 0
        self.started: int | None = None

    def read(self, address: int, count: int) -> bytes | None:
        for base, memory in ((FLASH_BASE, self.flash), (RAM_BASE, self.ram)):
            if base <= address and address + count <= base + len(memory):
                return bytes(memory[address - base : address - base + count])
        return None

    def write(self, address: int, data: bytes) -> bool:
        start = address - FLASH_BASE
        if start % PAGE_BYTES or not 0 <= start <= FLASH_BYTES - len(data):
            return False
        padded = data + b"\xff" * (-len(data) % PAGE_BYTES)
        if self.flash[start : start + len(padded)] != b"\xff" * len(padded):
            return False
        self.flash[start : start + len(padded)] = padded
        return True

    def erase(self, first: int, count: int) -> bool:
        start = first - FLASH_BASE
        if start + count > FLASH_BYTES:
            return False
        self.flash[start : start + count] = b"\xff" * count
        return True

    def mass_erase(self) -> None:
        self.erase(FLASH_BASE, FLASH_BYTES)

    def read_protected(self) -> bool:
        return self.protected

    def set_read_protection(self, on: bool) -> None:
        if not on:
            self.mass_erase()
        self.protected = on
        self.resets += 1

    def set_write_protection(self, sectors: bytes | None) -> None:
        self.locked_sectors = sectors
        self.resets += 1

    def go(self, address: int) -> bool:
        self.started = address
        return True


def say(rom: BootRom, data: bytes) -> bytes:
    return b"".join(rom.receive(byte) for byte in data)


def folded(data: bytes) -> bytes:
    result = 0
    for byte in data:
        result ^= byte
    return data + bytes([result])


def command(code: int) -> bytes:
    return bytes([code, code ^ 0xFF])


def address(value: int) -> bytes:
    return folded(value.to_bytes(4, "big"))


@pytest.fixture
def chip() -> Chip:
    return Chip()


@pytest.fixture
def rom(chip: Chip) -> BootRom:
    found = BootRom(chip)
    assert say(found, b"\x7f") == bytes([ACK])
    return found


def test_it_is_silent_until_it_hears_the_autobaud_byte(chip: Chip) -> None:
    rom = BootRom(chip)
    assert say(rom, b"\x00\xff\x55") == b""
    assert say(rom, b"\x7f") == bytes([ACK])


def test_it_tells_its_commands_and_its_chip(rom: BootRom) -> None:
    answer = say(rom, command(0x00))
    assert (answer[0], answer[-1]) == (ACK, ACK)
    assert answer[1] + 4 == len(answer)
    assert set(answer[3:-1]) == {0x00, 0x01, 0x02, 0x11, 0x21, 0x31, 0x44, 0x63, 0x73, 0x82, 0x92}
    assert say(rom, command(0x02)) == bytes([ACK, 1, 0x04, 0x40, ACK])


def test_what_is_written_can_be_read(rom: BootRom) -> None:
    data = bytes(range(128))
    assert say(rom, command(0x31) + address(FLASH_BASE + 256)) == bytes([ACK, ACK])
    assert say(rom, folded(bytes([127]) + data)) == bytes([ACK])
    assert say(rom, command(0x11) + address(FLASH_BASE + 256) + command(127)) == bytes([ACK, ACK, ACK]) + data


def test_a_damaged_block_is_refused_and_not_written(rom: BootRom, chip: Chip) -> None:
    good = folded(bytes([127]) + bytes(range(128)))
    say(rom, command(0x31) + address(FLASH_BASE))
    assert say(rom, good[:40] + bytes([good[40] ^ 1]) + good[41:]) == bytes([NACK])
    assert chip.flash == b"\xff" * FLASH_BYTES
    assert say(rom, command(0x02))[0] == ACK


@pytest.mark.parametrize("sent", [b"\x11\x11", b"\x55\xaa", b"\x7f\x7f"])
def test_what_is_no_command_is_refused(rom: BootRom, sent: bytes) -> None:
    assert say(rom, sent) == bytes([NACK])
    assert say(rom, command(0x02))[0] == ACK


def test_a_damaged_address_is_refused(rom: BootRom) -> None:
    assert say(rom, command(0x11) + b"\x08\x00\x00\x00\x09") == bytes([ACK, NACK])


def test_memory_that_is_not_there_is_refused(rom: BootRom) -> None:
    assert say(rom, command(0x11) + address(FLASH_BASE + FLASH_BYTES - 4) + command(7)) == bytes([ACK, ACK, NACK])


def test_pages_sectors_and_all_can_be_erased(rom: BootRom, chip: Chip) -> None:
    chip.flash[:] = bytes(FLASH_BYTES)
    assert say(rom, command(0x44) + folded(bytes.fromhex("1001 0000 0002"))) == bytes([ACK, ACK])
    erased = [page for page in range(256) if chip.flash[page * 128] == 0xFF]
    assert erased == [0, 2]
    assert say(rom, command(0x44) + folded(bytes.fromhex("2000 0001"))) == bytes([ACK, ACK])
    assert [page for page in range(256) if chip.flash[page * 128] == 0xFF] == [0, 2, *range(32, 64)]
    assert say(rom, command(0x44) + bytes.fromhex("ffff00")) == bytes([ACK, ACK])
    assert chip.flash == b"\xff" * FLASH_BYTES


def test_an_erase_list_as_st_chips_take_it_is_refused(rom: BootRom) -> None:
    assert say(rom, command(0x44) + bytes.fromhex("0000")) == bytes([ACK, NACK])


def test_it_starts_the_program(rom: BootRom, chip: Chip) -> None:
    assert say(rom, command(0x21) + address(FLASH_BASE)) == bytes([ACK, ACK])
    assert chip.started == FLASH_BASE


def test_read_protection_shuts_it_until_the_flash_is_erased(rom: BootRom, chip: Chip) -> None:
    chip.flash[:4] = b"abcd"
    assert say(rom, command(0x82)) == bytes([ACK, ACK])
    for code in (0x11, 0x21, 0x31, 0x44, 0x63):
        assert say(rom, command(code)) == bytes([NACK])
    assert say(rom, command(0x92)) == bytes([ACK, ACK])
    assert chip.flash[:4] == b"\xff" * 4
    assert say(rom, command(0x11) + address(FLASH_BASE) + command(3))[-4:] == b"\xff" * 4


def test_sectors_can_be_locked(rom: BootRom, chip: Chip) -> None:
    assert say(rom, command(0x63) + folded(b"\x01\x02\x03")) == bytes([ACK, ACK])
    assert chip.locked_sectors == b"\x02\x03"
    assert say(rom, command(0x73)) == bytes([ACK, ACK])
    assert chip.locked_sectors is None


def test_a_copy_goes_on_alone(rom: BootRom) -> None:
    say(rom, command(0x11) + b"\x08\x00")
    other = copy.deepcopy(rom)
    assert say(rom, b"\x00\x00\x08") == say(other, b"\x00\x00\x08") == bytes([ACK])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    rom = BootRom(Chip())
    say(rom, b"\x7f" + data)
    for _ in range(600):  # whatever it waits for, it comes back to taking commands
        say(rom, b"\x00")
    identity = bytes([ACK, 1, 0x04, 0x40, ACK])
    assert any(identity in say(rom, stray + command(0x02)) for stray in (b"", b"\x00"))


def test_stm32flash_identifies_erases_writes_verifies_and_starts(chip: Chip, tmp_path: Path) -> None:
    """Debian's client, which knows nothing of us, over a pseudo terminal (which carries no parity: -m 8n1)."""
    image = tmp_path / "firmware.bin"
    image.write_bytes(bytes((i * 7 + i // 251) % 256 for i in range(3000)))
    chip.flash[:] = bytes(FLASH_BYTES)
    ours, theirs = pty.openpty()
    tty.setraw(ours)
    rom = BootRom(chip)  # a new one after each reset, as the station makes between two calls

    def serve() -> None:
        while True:
            try:
                heard = os.read(ours, 256)
            except OSError:
                return
            os.write(ours, say(rom, heard))

    threading.Thread(target=serve, daemon=True).start()
    port = os.ttyname(theirs)

    def client(*arguments: str) -> str:
        done = subprocess.run(
            ["stm32flash", "-m", "8n1", *arguments, port], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "0x0440" in client()
    rom = BootRom(chip)
    client("-o")
    assert chip.flash == b"\xff" * FLASH_BYTES
    rom = BootRom(chip)
    assert "Wrote and verified address 0x08000bb8 (100.00%)" in client("-e", "0", "-w", str(image), "-v", "-g", hex(FLASH_BASE))
    assert chip.flash[:3000] == image.read_bytes()
    assert chip.started == FLASH_BASE
    os.close(theirs)
    os.close(ours)
