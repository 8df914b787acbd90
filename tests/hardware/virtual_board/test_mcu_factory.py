"""System memory: what firmware, station and boot ROM read there."""

import struct

import pytest
from chips import Recorder, idle_chip

from hardware.virtual_board.core.machine import PC, SYSTEM, Machine, StopReason
from hardware.virtual_board.mcu.factory import FACTORY_OPTION_BYTES, HSI_HZ, system_memory

RESET_TIMINGS = [0xB4, 0x1B0, 0xB4, 0x6C0, 0xB4, 0xEA60, 0xFD20, 0x8CA0, 0x12C0]  # vendor's SVD


def word(memory: bytes, at: int) -> int:
    return int.from_bytes(memory[at : at + 4], "little")


def timing(memory: bytes, hsi_fs: int) -> list[int]:
    """As the vendor's HAL unpacks it, in the order of the registers."""
    w = struct.unpack_from("<5I", memory, 0xF1C + 20 * hsi_fs)
    first = [w[0] & 0xFF, w[0] >> 16 & 0x1FF, w[1] & 0xFF, w[1] >> 16 & 0x7FF, w[0] >> 8 & 0xFF]
    return [*first, w[2] & 0x1FFFF, w[3] & 0x1FFFF, w[4] & 0xFFFF, w[4] >> 16 & 0x3FFF]


@pytest.fixture
def memory() -> bytes:
    return system_memory(7)


def test_it_fills_4_kib_and_tells_the_sizes(memory: bytes) -> None:
    assert len(memory) == 4096
    sizes = word(memory, 0xFFC)
    assert ((sizes & 7) + 1) * 8 == 32
    assert ((sizes >> 4 & 3) + 1) * 2 == 4


def test_each_seed_is_a_chip_of_its_own_and_always_the_same(memory: bytes) -> None:
    assert system_memory(7) == memory
    ids = {system_memory(seed)[0xE00:0xE10] for seed in range(200)}
    assert len(ids) == 200
    lot = memory[0xE00:0xE08]
    assert lot.isascii()
    assert lot.isalnum()


def test_option_bytes_are_those_of_a_new_chip(memory: bytes) -> None:
    assert memory[0xE80:0xE90] == FACTORY_OPTION_BYTES
    assert memory[0xE80] == 0xAA
    assert all(memory[0xE80 + at] ^ memory[0xE82 + at] == 0xFF for at in (0, 1, 4, 5, 12, 13))


def test_trims_differ_from_chip_to_chip_and_fit_their_fields(memory: bytes) -> None:
    trims = [word(memory, 0xF00 + 4 * hsi_fs) & 0x1FFF for hsi_fs in range(5)]
    assert all(0 < trim < 0x1FFF for trim in trims)
    assert trims != [word(system_memory(8), 0xF00 + 4 * hsi_fs) & 0x1FFF for hsi_fs in range(5)]
    assert 0 < word(memory, 0xFA4) < 1 << 9


def test_temperature_words_are_12_bits_and_rise(memory: bytes) -> None:
    cold, hot = word(memory, 0xF14), word(memory, 0xF18)
    assert 0 < cold < hot < 4096


def test_flash_timing_at_24_mhz_is_about_the_reset_values(memory: bytes) -> None:
    values = timing(memory, 4)
    assert values[:5] == RESET_TIMINGS[:5]
    assert values[8] == RESET_TIMINGS[8]
    assert all(0.5 < value / reset < 2 for value, reset in zip(values, RESET_TIMINGS, strict=True))


@pytest.mark.parametrize("hsi_fs", range(5))
def test_flash_timing_is_the_same_time_in_each_range(memory: bytes, hsi_fs: int) -> None:
    values, reference = timing(memory, hsi_fs), timing(memory, 4)
    for value, known in zip(values, reference, strict=True):
        assert value / HSI_HZ[hsi_fs] == pytest.approx(known / HSI_HZ[4], abs=0.51 / HSI_HZ[hsi_fs])


def boot(seed: int) -> Machine:
    chip = idle_chip(Recorder(), system_memory(seed))
    chip.reset_pin(boot0=True)
    return chip.machine


def test_the_boot_rom_says_that_it_runs() -> None:
    machine = boot(1)
    assert machine.run(machine.ticks + 100_000) == StopReason.BOOT_ROM
    assert SYSTEM <= machine.register(PC) < SYSTEM + 0xE00
    assert machine.run(machine.ticks + 100_000) == StopReason.TIME
