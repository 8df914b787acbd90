"""The flash controller's registers, and what a program does with them."""

import struct

from chips import MS, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.core.machine import FLASH, Machine
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import system_memory

REGISTERS = 0x4002_2000
ACR, KEYR, OPTKEYR, SR, CR = (REGISTERS + offset for offset in (0x00, 0x08, 0x0C, 0x10, 0x14))
OPTR, SDKR, WRPR, TRIGGER, STCR = (REGISTERS + offset for offset in (0x20, 0x24, 0x2C, 0x80, 0x90))
TIMINGS = REGISTERS + 0x100
EOP, WRPERR, OPTVERR, BSY = 1 << 0, 1 << 4, 1 << 15, 1 << 16
PG, PER, MER, SER, OPTSTRT, PGSTRT = 1 << 0, 1 << 1, 1 << 2, 1 << 11, 1 << 17, 1 << 19
EOPIE, ERRIE, OBL_LAUNCH, OPTLOCK, LOCK = 1 << 24, 1 << 25, 1 << 27, 1 << 30, 1 << 31
PENDING = 0xE000_E200
PAGE, SECTOR = 128, 4096
TARGET = FLASH + 0x7000
WORDS = [0x9E37_79B9 * (i + 1) & 0xFFFF_FFFF for i in range(32)]
DATA = struct.pack("<32I", *WORDS)
OPTIONS = 0x1FFF_0E80
RDP_1 = 0xBE55


class Flash:
    """What a program does to the flash, as firmware/src/hal/flash.c does it."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self.machine: Machine = chip.machine

    def get(self, register: int) -> int:
        return self.machine.access(register, 4)

    def put(self, register: int, value: int) -> None:
        self.machine.access(register, 4, value)

    def change(self, register: int, on: int = 0, off: int = 0) -> None:
        self.put(register, self.get(register) & ~off & 0xFFFF_FFFF | on)

    def unlock(self) -> None:
        self.put(KEYR, 0x4567_0123)
        self.put(KEYR, 0xCDEF_89AB)

    def unlock_options(self) -> None:
        self.unlock()
        self.put(OPTKEYR, 0x0819_2A3B)
        self.put(OPTKEYR, 0x4C5D_6E7F)

    def load_timing(self, hsi_fs: int = 4) -> None:
        w = [self.get(0x1FFF_0F1C + 20 * hsi_fs + 4 * i) for i in range(5)]
        values = [w[0] & 0xFF, w[0] >> 16 & 0x1FF, w[1] & 0xFF, w[1] >> 16 & 0x7FF, w[0] >> 8 & 0xFF]
        values += [w[2] & 0x1FFFF, w[3] & 0x1FFFF, w[4] & 0xFFFF, w[4] >> 16 & 0x3FFF]
        for i, value in enumerate(values):
            self.put(TIMINGS + 4 * i, value)

    def begin(self, operation: int) -> None:
        self.unlock()
        self.load_timing()
        self.change(CR, on=operation | EOPIE)

    def fill(self, address: int, words: list[int]) -> None:
        """The page buffer by the vendor's order; the last word starts."""
        for i, word in enumerate(words[:-1]):
            self.put(address + 4 * i, word)
        self.change(CR, on=PGSTRT)
        self.put(address + 4 * (len(words) - 1), words[-1])

    def wait(self) -> float:
        """Milliseconds until it is ready."""
        start = self.machine.ticks
        while self.get(SR) & BSY:
            pass_ticks(self.machine, MS // 1000)
        return (self.machine.ticks - start) / MS

    def memory(self, address: int = TARGET, size: int = PAGE) -> bytes:
        return self.machine.read(address, size)


def zeroed_flash() -> Flash:
    """Its last 4 kB hold zeros."""
    made = Flash(idle_chip(Recorder(), system_memory(1)))
    made.machine.load(TARGET, bytes(SECTOR))
    return made


def power_on(flash: Flash, seed: int = 1) -> None:
    flash.chip.lose_power(seed)
    flash.machine.reset()
    flash.machine.ticks_per_cycle = 64
