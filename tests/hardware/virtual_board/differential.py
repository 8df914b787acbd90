"""The core against Unicorn: one instruction at a time from random registers, flags and memory, all state compared after it.

Every 16 bit encoding is taken, and the 32 bit ones at random. Left out, and covered by directed tests: what has no result
within one instruction on Unicorn (SVC, BKPT, YIELD, WFI, WFE, SEV) and CPS, whose PRIMASK shows in MRS PRIMASK.

Known deviations of Unicorn, which runs any Cortex-M as a later architecture:
- it executes encodings that ARMv6-M lacks, on which the core faults;
- it leaves bits 1 and 0 of the stack pointer as written; ARMv6-M has them zero.

`python tests/hardware/virtual_board/differential.py ROUNDS` runs longer, each round with a seed of its own.
"""

import random
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from unicorn import UC_ARCH_ARM, UC_MODE_THUMB, UC_PROT_EXEC, UC_PROT_READ, Uc, UcError, arm_const

from hardware.virtual_board.core.machine import FLASH, LR, PC, RAM, SP, SYSTEM, Machine, Special, StopReason

ALIAS = 0
FLASH_BYTES, RAM_BYTES, SYSTEM_BYTES = 0x8000, 0x1000, 0x1000
HARDFAULT = 3
REGISTERS = [*(arm_const.UC_ARM_REG_R0 + i for i in range(13)), arm_const.UC_ARM_REG_SP, arm_const.UC_ARM_REG_LR]
EDGES = (0, 1, 31, 32, 33, 255, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF)
NOP = 0xBF00

# First and last halfword of what is left out.
NOT_COMPARED = ((0xB662, 0xB662), (0xB672, 0xB672), (0xBE00, 0xBEFF), (0xBF10, 0xBF40), (0xDF00, 0xDFFF))

# Unicorn runs these, ARMv6-M has none of them: CBZ, CBNZ, SETEND, CPS of other masks, IT.
MISSING_IN_ARMV6M = (
    (0xB100, 0xB1FF),
    (0xB300, 0xB3FF),
    (0xB650, 0xB65F),
    (0xB660, 0xB67F),
    (0xB900, 0xB9FF),
    (0xBB00, 0xBBFF),
    (0xBF01, 0xBFFF),
)

# 32 bit encodings: bits of the first and second halfword that are set, and those that are random.
WIDE = (
    (0xF000, 0x07FF, 0xD000, 0x2FFF),  # BL
    (0xF3BF, 0x0000, 0x8F40, 0x001F),  # DSB, DMB
    (0xF3BF, 0x0000, 0x8F60, 0x000F),  # ISB
)
MRS_SYSM = (0, 1, 2, 3, 5, 6, 7, 8, 9, 16)
MSR_SYSM = (0, 1, 2, 3, 8, 9, 16)


@dataclass(frozen=True)
class Case:
    code: tuple[int, int]
    address: int
    registers: tuple[int, ...]  # r0 to r14
    apsr: int


@dataclass(frozen=True)
class Outcome:
    """None of the fields but `faulted` means anything after a fault."""

    faulted: bool
    registers: tuple[int, ...] = ()
    flags: int = 0
    memory: bytes = b""


@dataclass(frozen=True)
class Difference:
    case: Case
    core: Outcome
    unicorn: Outcome

    def __str__(self) -> str:
        code = " ".join(f"{halfword:04x}" for halfword in self.case.code)
        if self.core.faulted or self.unicorn.faulted:
            return f"{code}: fault on the core {self.core.faulted}, on Unicorn {self.unicorn.faulted}"
        changed = [
            f"r{i} {ours:#x} not {theirs:#x}"
            for i, (ours, theirs) in enumerate(zip(self.core.registers, self.unicorn.registers, strict=True))
            if ours != theirs
        ]
        flags = f"flags {self.core.flags:x} not {self.unicorn.flags:x}"
        return f"{code}: {', '.join(changed)} {flags} memory {self.core.memory == self.unicorn.memory}"


class Pair:
    """Both with the same random flash and RAM."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.flash, self.ram = self.random.randbytes(FLASH_BYTES), self.random.randbytes(RAM_BYTES)
        self.core = Machine()
        self.core.load(FLASH, struct.pack("<II", RAM + RAM_BYTES, FLASH + 0x101) + self.flash[8:])
        self.core.load(RAM, self.ram)
        self.core.reset()
        self.core_start = self.core.snapshot()
        self.unicorn = Uc(UC_ARCH_ARM, UC_MODE_THUMB)
        self.unicorn.ctl_set_cpu_model(arm_const.UC_CPU_ARM_CORTEX_M0)
        self.unicorn.mem_map(RAM, RAM_BYTES)
        for base in (ALIAS, FLASH, SYSTEM):
            self.unicorn.mem_map(base, SYSTEM_BYTES if base == SYSTEM else FLASH_BYTES, UC_PROT_READ | UC_PROT_EXEC)
        self._write_flash(0, self.core.read(FLASH, FLASH_BYTES))
        self.unicorn.mem_write(SYSTEM, self.core.read(SYSTEM, SYSTEM_BYTES))
        self.unicorn_start = self.unicorn.context_save()

    def case(self, first: int, second: int) -> Case:
        words = tuple(self._word() for _ in range(13))
        stack, link = RAM + 4 * self.random.randrange(0x100, 0x200), self.random.getrandbits(32) | 1
        address = FLASH + 2 * self.random.randrange(0x800, 0x1000)
        return Case((first, second), address, (*words, stack, link), self.random.getrandbits(4) << 28)

    def _word(self) -> int:
        kind = self.random.random()
        if kind < 0.2:
            return self.random.choice(EDGES)
        if kind < 0.6:
            return RAM + 4 * self.random.randrange(0x100, 0x300)
        return self.random.getrandbits(32) if kind < 0.8 else self.random.randrange(64)

    def _write_flash(self, offset: int, data: bytes) -> None:
        for base in (ALIAS, FLASH):
            self.unicorn.mem_write(base + offset, data)
            self.unicorn.ctl_remove_cache(base + offset, base + offset + len(data))

    def run_core(self, case: Case) -> Outcome:
        core = self.core
        core.restore(self.core_start)
        core.load(case.address, struct.pack("<HH", *case.code))
        for number, value in enumerate((*case.registers, case.address)):
            core.set_register(number, value)
        core.set_flags(case.apsr)
        stopped = core.run(core.ticks + 1) != StopReason.TIME
        if stopped or core.special(Special.IPSR) == HARDFAULT or not core.psr >> 24 & 1 or not is_memory(core.register(PC)):
            return Outcome(faulted=True)
        return Outcome(False, tuple(core.register(n) for n in range(16)), core.psr >> 28, core.read(RAM, RAM_BYTES))

    def run_unicorn(self, case: Case) -> Outcome:
        unicorn = self.unicorn
        unicorn.context_restore(self.unicorn_start)
        offset = case.address - FLASH
        self._write_flash(offset, struct.pack("<HH", *case.code))
        unicorn.mem_write(RAM, self.ram)
        for name, value in zip(REGISTERS, case.registers, strict=True):
            unicorn.reg_write(name, value)
        unicorn.reg_write(arm_const.UC_ARM_REG_XPSR, case.apsr | 1 << 24)
        try:
            unicorn.emu_start(case.address | 1, 0xFFFF_FFFE, count=1)
        except UcError:
            return Outcome(faulted=True)
        finally:
            self._write_flash(offset, self.flash[offset : offset + 4])
        xpsr = unicorn.reg_read(arm_const.UC_ARM_REG_XPSR)
        if not xpsr >> 24 & 1:  # it would fault at the next instruction
            return Outcome(faulted=True)
        registers = [unicorn.reg_read(name) for name in (*REGISTERS, arm_const.UC_ARM_REG_PC)]
        registers[SP] &= ~3
        registers[PC] &= ~1
        if not is_memory(registers[PC]):  # where emu_start was told to end, it does not try to fetch
            return Outcome(faulted=True)
        return Outcome(False, tuple(registers), xpsr >> 28, bytes(unicorn.mem_read(RAM, RAM_BYTES)))

    def compare(self, first: int, second: int = NOP) -> Difference | None:
        case = self.case(first, second)
        core, unicorn = self.run_core(case), self.run_unicorn(case)
        if within(first, MISSING_IN_ARMV6M) and core.faulted:
            return None
        return None if core == unicorn else Difference(case, core, unicorn)


def is_memory(address: int) -> bool:
    places = ((ALIAS, FLASH_BYTES), (FLASH, FLASH_BYTES), (RAM, RAM_BYTES), (SYSTEM, SYSTEM_BYTES))
    return any(base <= address < base + size for base, size in places)


def within(halfword: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= halfword <= last for first, last in ranges)


def narrow() -> Iterator[tuple[int, int]]:
    """Every halfword that is an instruction by itself."""
    for halfword in range(0xE800):
        if not within(halfword, NOT_COMPARED):
            yield halfword, NOP


def wide(source: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """So many of each 32 bit instruction."""
    low_registers = [*range(13), LR]
    for _ in range(count):
        for first, first_random, second, second_random in WIDE:
            yield first | source.getrandbits(16) & first_random, second | source.getrandbits(16) & second_random
        yield 0xF3EF, 0x8000 | source.choice(low_registers) << 8 | source.choice(MRS_SYSM)
        yield 0xF380 | source.choice(low_registers), 0x8800 | source.choice(MSR_SYSM)


def differences(seed: int, wide_count: int) -> tuple[int, list[Difference]]:
    """How many instructions were compared, and where the two differ."""
    pair = Pair(seed)
    codes = [*narrow(), *wide(pair.random, wide_count)]
    return len(codes), [found for code in codes if (found := pair.compare(*code))]


def main() -> None:
    for seed in range(int(sys.argv[1])):
        count, found = differences(seed, 4000)
        print(f"seed {seed}: {count} instructions compared, {len(found)} differ")
        for difference in found[:20]:
            print(difference)
        if found:
            sys.exit(1)


if __name__ == "__main__":
    main()
