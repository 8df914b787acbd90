"""A Cortex-M0+ with its memory: load a program, run it for a time, look at it, keep and restore its state.

Time is in ticks (`hardware.virtual_board.ticks`). Peripherals in C register themselves in C (`peripheral.h`); a region of
addresses can be handled by Python instead, at about a third of a microsecond an access.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from hardware.errors import InputError
from hardware.virtual_board.core.build import digest
from hardware.virtual_board.ticks import Ticks

FLASH = 0x0800_0000
RAM = 0x2000_0000
SYSTEM = 0x1FFF_0000
SP, LR, PC = 13, 14, 15

ReadRegion = Callable[[int, int], int]  # offset, size in bytes -> value
WriteRegion = Callable[[int, int, int], None]  # offset, size in bytes, value


class StopReason(IntEnum):
    """Why `Machine.run` returned, as `enum stop` of the core."""

    TIME = 1
    ASLEEP = 2  # the time is reached, and nothing scheduled in the machine would wake the core
    LOCKUP = 3
    BREAKPOINT = 4  # only with a debugger attached
    RESET = 5  # asked for by the program or a watchdog; the caller does it
    UNMODELLED = 6  # see `Machine.trap`


class Fault(IntEnum):
    """What led to a HardFault, as `enum fault` of the core."""

    NONE = 0
    UNALIGNED = 1
    UNMAPPED = 2
    UNDEFINED = 3
    STATE = 4  # a branch to an even address, or an invalid EXC_RETURN
    SVC = 5  # SVC that cannot preempt
    BREAKPOINT = 6  # BKPT without debugger


class Alias(IntEnum):
    """What is seen at address 0, as `enum alias` of the core."""

    FLASH = 0
    SYSTEM = 1
    RAM = 2


class Special(IntEnum):
    """Special registers by their number in MRS and MSR."""

    APSR = 0
    IPSR = 5
    MSP = 8
    PSP = 9
    PRIMASK = 16
    CONTROL = 20


_CALLBACK_FAILED = 7  # STOP_CALLBACK


@dataclass(frozen=True)
class Trap:
    """The last fault (`cause` is not NONE) or the access that no model has."""

    cause: Fault
    address: int
    pc: int
    size: int
    write: bool


@dataclass
class _Regions:
    """Python's handlers by slot, and what one of them raised."""

    handlers: dict[int, tuple[ReadRegion, WriteRegion]] = field(default_factory=dict)
    error: BaseException | None = None


class Machine:
    """One core with 32 kB of erased flash, 4 kB of RAM and 4 kB of system memory, all as after power on."""

    def __init__(self) -> None:
        """Raises InputError when the extension is missing or older than its sources."""
        self._ffi, self._lib = _extension()
        self._machine = self._ffi.gc(self._lib.machine_new(), self._lib.machine_free)
        self._regions = _Regions()
        self._handle = self._ffi.new_handle(self._regions)
        self._lib.machine_set_context(self._machine, self._handle)

    def reset(self) -> None:
        """Registers and peripherals as after reset, stack pointer and start from the vectors at address 0.

        Memory, time, the alias and an attached debugger stay.
        """
        self._lib.machine_reset(self._machine)

    def run(self, until: Ticks) -> StopReason:
        """Execute until this time, or until something else stops it. Sleep passes in a jump."""
        reason = self._lib.machine_run(self._machine, until)
        if reason == _CALLBACK_FAILED:
            error, self._regions.error = self._regions.error, None
            assert error is not None
            raise error
        return StopReason(reason)

    def stop(self, reason: StopReason) -> None:
        """From a region's handler: end the run after this instruction."""
        self._lib.machine_stop(self._machine, reason)

    # Memory and registers

    def load(self, address: int, data: bytes) -> None:
        """Put bytes into memory, flash included, as no program could. Raises InputError beyond the memory."""
        self._memory(address, len(data))[:] = data

    def read(self, address: int, size: int) -> bytes:
        """Bytes of memory. Raises InputError beyond it."""
        return bytes(self._memory(address, size))

    def read_word(self, address: int) -> int:
        return int.from_bytes(self.read(address, 4), "little")

    def write_word(self, address: int, value: int) -> None:
        self.load(address, value.to_bytes(4, "little"))

    def register(self, number: int) -> int:
        """r0 to r15; the program counter is that of the next instruction."""
        return int(self._lib.machine_register(self._machine, number))

    def set_register(self, number: int, value: int) -> None:
        self._lib.machine_set_register(self._machine, number, value)

    @property
    def psr(self) -> int:
        """Flags, T and exception number, as in an exception's frame."""
        return int(self._lib.machine_psr(self._machine))

    def set_flags(self, apsr: int) -> None:
        """N, Z, C and V from bits 31 to 28."""
        self._lib.machine_set_flags(self._machine, apsr)

    def special(self, register: Special) -> int:
        return int(self._lib.machine_special(self._machine, register))

    def set_special(self, register: Special, value: int) -> None:
        self._lib.machine_set_special(self._machine, register, value)

    # Time

    @property
    def ticks(self) -> Ticks:
        return int(self._lib.machine_ticks(self._machine))

    @property
    def sleep_ticks(self) -> Ticks:
        """How many of all ticks were slept."""
        return int(self._lib.machine_sleep_ticks(self._machine))

    @property
    def instructions(self) -> int:
        return int(self._lib.machine_instructions(self._machine))

    @property
    def ticks_per_cycle(self) -> int:
        """Of the core's clock: 64 at 24 MHz; 192 after reset."""
        return int(self._lib.machine_ticks_per_cycle(self._machine))

    @ticks_per_cycle.setter
    def ticks_per_cycle(self, ticks: int) -> None:
        self._lib.machine_set_ticks_per_cycle(self._machine, ticks)

    @property
    def asleep(self) -> bool:
        return bool(self._lib.machine_asleep(self._machine))

    # From outside the core

    def set_irq(self, line: int, level: bool) -> None:
        """Level of an interrupt line, 0 to 31."""
        self._lib.irq_set(self._machine, line, level)

    def set_nmi(self) -> None:
        self._lib.nmi_set(self._machine)

    def set_alias(self, alias: Alias) -> None:
        self._lib.machine_set_alias(self._machine, alias)

    def attach_debugger(self, attached: bool) -> None:
        """With a debugger BKPT stops the run; without one it is a fault."""
        self._lib.machine_attach_debugger(self._machine, attached)

    @property
    def trap(self) -> Trap:
        trap = self._lib.machine_trap(self._machine)
        return Trap(Fault(trap.cause), trap.address, trap.pc, trap.size, bool(trap.write))

    def add_region(self, base: int, size: int, read: ReadRegion, write: WriteRegion) -> None:
        """Have Python handle these addresses. What a handler raises comes out of `run`.

        Raises InputError if they overlap another region or peripheral, or there are too many.
        """
        self._added(
            self._lib.machine_add_region(self._machine, base, size, self._lib.region_read, self._lib.region_write),
            base,
            (read, write),
        )

    def add_example_timer(self, base: int, irq: int) -> None:
        """The peripheral of example_timer.c."""
        self._added(self._lib.example_timer_add(self._machine, base, irq), base, None)

    # Snapshots

    def snapshot(self) -> bytes:
        """All state of the core, its memory and its peripherals in C."""
        return bytes(self._state())

    def restore(self, snapshot: bytes) -> None:
        """Raises InputError for a snapshot of another version of the core."""
        state = self._state()
        if len(snapshot) != len(state):
            raise InputError(f"the snapshot has {len(snapshot)} bytes, this core's has {len(state)}: take it again")
        state[:] = snapshot

    def _state(self) -> Any:
        return self._ffi.buffer(self._lib.machine_state(self._machine), self._lib.machine_state_bytes())

    def _memory(self, address: int, size: int) -> Any:
        available = self._ffi.new("uint32_t *")
        place = self._lib.machine_memory(self._machine, address, available)
        if place == self._ffi.NULL or size > available[0]:
            raise InputError(f"{size} bytes at {address:#010x} are not within flash, RAM or system memory: check the address")
        return self._ffi.buffer(place, size)

    def _added(self, slot: int, base: int, handlers: tuple[ReadRegion, WriteRegion] | None) -> None:
        if slot < 0:
            raise InputError(f"no region can be added at {base:#010x}: it overlaps another, or the table is full")
        if handlers:
            self._regions.handlers[slot] = handlers


def _extension() -> tuple[Any, Any]:
    """The compiled core with its Python callbacks in place."""
    try:
        from hardware.virtual_board.core._core import ffi, lib
    except ImportError as missing:
        raise InputError("the virtual board's core is not compiled: run scripts/setup") from missing
    if ffi.string(lib.source_digest()).decode() != digest():
        raise InputError("the virtual board's core is older than its C sources: run scripts/setup")

    def region_read(machine: Any, slot: int, offset: int, size: int) -> int:
        regions = ffi.from_handle(lib.machine_context(machine))
        try:
            return int(regions.handlers[slot][0](offset, size)) & 0xFFFF_FFFF
        except BaseException as error:
            regions.error = error
            lib.machine_stop(machine, _CALLBACK_FAILED)
            return 0

    def region_write(machine: Any, slot: int, offset: int, size: int, value: int) -> None:
        regions = ffi.from_handle(lib.machine_context(machine))
        try:
            regions.handlers[slot][1](offset, size, value)
        except BaseException as error:
            regions.error = error
            lib.machine_stop(machine, _CALLBACK_FAILED)

    ffi.def_extern(name="region_read")(region_read)
    ffi.def_extern(name="region_write")(region_write)
    return ffi, lib
