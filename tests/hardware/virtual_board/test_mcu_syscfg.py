"""What is seen at address 0, and which request each DMA channel serves."""

import pytest
from chips import idle_chip

from hardware.virtual_board.core.machine import FLASH, RAM, SYSTEM, Refused
from hardware.virtual_board.mcu.chip import Chip

CFGR1, CFGR2, CFGR3 = 0x4001_0000, 0x4001_0018, 0x4001_001C


@pytest.fixture
def chip() -> Chip:
    made = idle_chip()
    made.machine.write_word(RAM, 0x1234_5678)
    made.machine.write_word(SYSTEM, 0x8765_4321)
    return made


@pytest.mark.parametrize(("mode", "memory"), [(0, FLASH), (1, SYSTEM), (2, FLASH), (3, RAM)])
def test_memory_mode_chooses_the_alias(chip: Chip, mode: int, memory: int) -> None:
    chip.machine.access(CFGR1, 4, mode)
    assert chip.machine.access(0, 4) == chip.machine.read_word(memory)
    assert chip.machine.access(CFGR1, 4) == mode


def test_after_reset_the_memory_mode_is_where_the_chip_booted_from(chip: Chip) -> None:
    clock_of_syscfg = 0x4002_1040
    chip.reset_pin(boot0=True)
    chip.machine.access(clock_of_syscfg, 4, 1)
    assert chip.machine.access(CFGR1, 4) == 1
    assert chip.machine.access(0, 4) == 0x8765_4321


def test_map_of_dma_requests_is_kept(chip: Chip) -> None:
    chip.machine.access(CFGR3, 4, 0x06_05_1F)
    assert chip.machine.access(CFGR3, 4) == 0x06_05_1F


@pytest.mark.parametrize(("register", "value"), [(CFGR1, 4), (CFGR2, 1), (CFGR3, 1 << 5), (0x4001_0004, 0)])
def test_what_it_lacks_stops_the_machine(chip: Chip, register: int, value: int) -> None:
    with pytest.raises(Refused, match="UNMODELLED"):
        chip.machine.access(register, 4, value)
