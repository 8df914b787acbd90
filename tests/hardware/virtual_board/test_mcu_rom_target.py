"""The boot ROM on a real chip: its memory, times, protection, and the start of a program."""

import copy

import pytest
from chips import MS, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.boot_rom import ACK, NACK, BootRom
from hardware.virtual_board.core.machine import FLASH, LR, PC, RAM, SP, SYSTEM, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import FACTORY_OPTION_BYTES, system_memory
from hardware.virtual_board.mcu.rom_target import ChipRomTarget

DATA = bytes(range(128))
OPTIONS = SYSTEM + 0xE80
RCC_CSR = 0x4002_1060


def booted() -> Chip:
    """Standing at the ROM's door, as with BOOT0 high."""
    chip = idle_chip(Recorder(), system_memory(1))
    chip.reset_pin(boot0=True)
    assert chip.machine.run(MS) == StopReason.BOOT_ROM
    return chip


@pytest.fixture
def chip() -> Chip:
    return booted()


@pytest.fixture
def rom(chip: Chip) -> ChipRomTarget:
    return ChipRomTarget(chip)


def folded(data: bytes) -> bytes:
    result = 0
    for byte in data:
        result ^= byte
    return data + bytes([result])


def launch(chip: Chip, rom: ChipRomTarget) -> None:
    assert rom.reset_wanted
    rom.launch_options()
    assert not rom.reset_wanted
    chip.restart(boot0=True)
    assert chip.machine.access(RCC_CSR, 4) >> 25 & 1  # loaded the option bytes


def test_it_reads_what_the_part_has_and_no_more(rom: ChipRomTarget) -> None:
    assert rom.read(OPTIONS, 16) == FACTORY_OPTION_BYTES
    assert rom.read(RAM + 0xFFC, 4) is not None
    assert rom.read(RAM + 0xFFC, 5) is None
    assert rom.read(FLASH + 0x7FFF, 2) is None
    assert rom.read(0, 4) is None


def test_a_page_takes_1_ms_and_an_erasure_3(rom: ChipRomTarget, chip: Chip) -> None:
    start = chip.now
    assert rom.erase(FLASH, 4096)
    assert rom.ready_at == start + 3 * MS
    assert rom.write(FLASH, DATA + DATA[:100])
    assert rom.ready_at == start + 5 * MS
    assert chip.machine.read(FLASH, 384) == DATA + DATA[:100] + b"\xff" * 156
    rom.mass_erase()
    assert rom.ready_at == start + 8 * MS
    assert chip.machine.read(FLASH, 0x8000) == b"\xff" * 0x8000


def test_ram_takes_bytes_at_once(rom: ChipRomTarget, chip: Chip) -> None:
    assert rom.write(RAM + 3, b"abc")
    assert chip.machine.read(RAM + 3, 3) == b"abc"
    assert rom.ready_at <= chip.now


@pytest.mark.parametrize("address", [FLASH + 0x4004, FLASH + 0x8000, SYSTEM, 0, RAM + 0xFFF])
def test_it_writes_nowhere_else(rom: ChipRomTarget, address: int) -> None:
    assert not rom.write(address, DATA)


def test_a_page_that_is_not_erased_is_refused(rom: ChipRomTarget) -> None:
    rom.mass_erase()
    assert rom.write(FLASH, DATA)
    assert not rom.write(FLASH, b"\xff" * 128)
    assert rom.read(FLASH, 128) == DATA


def test_write_protected_sectors_are_left_alone(rom: ChipRomTarget, chip: Chip) -> None:
    rom.mass_erase()
    rom.set_write_protection(b"\x01\x07")
    launch(chip, rom)
    assert chip.machine.read(OPTIONS + 12, 4) == bytes.fromhex("7dff8200")
    assert not rom.write(FLASH + 0x1000, DATA)
    assert not rom.erase(FLASH + 0x7000, 128)
    assert rom.write(FLASH + 0x2000, DATA)
    rom.mass_erase()
    assert rom.read(FLASH + 0x2000, 128) == DATA
    rom.set_write_protection(None)
    launch(chip, rom)
    assert rom.erase(FLASH + 0x7000, 128)
    assert chip.machine.access(0x4002_202C, 4) == 0xFFFF


def test_read_protection_goes_only_with_the_flash(rom: ChipRomTarget, chip: Chip) -> None:
    rom.mass_erase()
    rom.write(FLASH, DATA)
    assert not rom.read_protected()
    rom.set_read_protection(True)
    launch(chip, rom)
    assert rom.read_protected()
    assert chip.machine.access(0x4002_2020, 4) & 0xFF == 0x55
    assert chip.machine.read(FLASH, 128) == DATA
    rom.set_read_protection(False)
    launch(chip, rom)
    assert not rom.read_protected()
    assert chip.machine.read(FLASH, 0x8000) == b"\xff" * 0x8000
    assert chip.machine.read(OPTIONS, 16) == FACTORY_OPTION_BYTES


def test_go_starts_with_the_vectors_there_and_leaves_the_alias(rom: ChipRomTarget, chip: Chip) -> None:
    machine = chip.machine
    rom.mass_erase()
    image = (0x2000_0800).to_bytes(4, "little") + (FLASH + 9).to_bytes(4, "little") + b"\xfe\xe7"
    assert rom.write(FLASH, image)
    assert rom.go(FLASH)
    assert (machine.register(SP), machine.register(PC), machine.register(LR)) == (0x2000_0800, FLASH + 8, 0xFFFF_FFFF)
    assert machine.register(0) == 0
    assert machine.run(machine.ticks + MS) == StopReason.TIME
    assert machine.register(PC) == FLASH + 8
    assert machine.access(0xE000_ED08, 4) == 0
    assert machine.read(0, 4) == machine.read(SYSTEM, 4)


@pytest.mark.parametrize("address", [0, SYSTEM + 0x1000, FLASH + 2, FLASH + 0x7FFC])
def test_go_needs_a_vector_table(rom: ChipRomTarget, address: int) -> None:
    assert not rom.go(address)


def test_power_lost_in_the_midst_leaves_some_bits_of_one_page(rom: ChipRomTarget, chip: Chip) -> None:
    chip.machine.load(FLASH, b"\xff" * 512)
    rom.write(FLASH, bytes(256))
    rom.write(FLASH + 256, bytes(256))
    chip.machine.hold(True)
    pass_ticks(chip.machine, MS * 3 // 2)
    rom.lose_power(seed=4)
    assert chip.machine.read(FLASH, 128) == bytes(128)
    ones = sum(byte.bit_count() for byte in chip.machine.read(FLASH + 128, 128))
    assert ones / 1024 == pytest.approx(0.5, abs=0.06)
    assert chip.machine.read(FLASH + 256, 256) == b"\xff" * 256


def test_a_copy_of_the_rom_keeps_the_chip(rom: ChipRomTarget, chip: Chip) -> None:
    rom.set_write_protection(None)
    rom.erase(FLASH, 128)
    other = copy.deepcopy(BootRom(rom)).target
    assert isinstance(other, ChipRomTarget)
    assert other.ready_at == rom.ready_at
    assert other.reset_wanted == rom.reset_wanted
    assert other.write(FLASH, DATA)
    assert chip.machine.read(FLASH, 128) == DATA
    assert rom.ready_at != other.ready_at


def test_the_protocol_flashes_and_reads_back(rom: ChipRomTarget) -> None:
    boot = BootRom(rom)

    def say(data: bytes) -> bytes:
        return b"".join(boot.receive(byte) for byte in data)

    place = folded(FLASH.to_bytes(4, "big"))
    assert say(b"\x7f") == bytes([ACK])
    assert say(b"\x44\xbb\xff\xff\x00") == bytes([ACK, ACK])
    assert say(b"\x31\xce" + place + folded(b"\x7f" + DATA)) == bytes([ACK] * 3)
    assert say(b"\x31\xce" + place + folded(b"\x7f" + bytes([255] * 128))) == bytes([ACK, ACK, NACK])
    assert say(b"\x11\xee" + place + b"\x7f\x80") == bytes([ACK] * 3) + DATA
