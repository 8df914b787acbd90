"""A Cortex-M0+ with its memory: load a program, run it for a time, look at it, keep and restore its state.

Time is in ticks (`hardware.virtual_board.ticks`). Peripherals in C register themselves in C (`peripheral.h`); a region of
addresses can be handled by Python instead, at about a third of a microsecond an access.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from operator import attrgetter
from typing import Any, Protocol

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
    UNCLOCKED = 8  # a peripheral whose clock is off was touched; see `Machine.trap`
    BOOT_ROM = 9  # the boot ROM started: `hardware.virtual_board.boot_rom` goes on in its place


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
_NEVER = 2**64 - 1


class Refused(Exception):
    """An access from Python that would have faulted or stopped the machine."""


@dataclass(frozen=True)
class Trap:
    """The last fault (`cause` is not NONE) or the access that no model has."""

    cause: Fault
    address: int
    pc: int
    size: int
    write: bool


class Outside(Protocol):
    """What the microcontroller's pins and buses lead to, as `struct outside` of the core. Ports A, B, F are 0, 1, 2."""

    def pins(self, port: int, changed: int) -> None:
        """What the pins whose bits are set in `changed` do to their nets is no longer what it was."""

    def sent(self, byte: int, bit_ticks: int) -> None:
        """USART1 has sent a byte, up to the end of its stop bit."""

    def i2c_lines(self) -> int:
        """Bit 0: SCL is high; bit 1: SDA is high."""

    def i2c_start(self, address: int, read: int) -> bool:
        """START or repeated START with an address; True if somebody acknowledged it."""

    def i2c_write(self, byte: int) -> bool:
        """A byte to whoever was addressed; True if acknowledged."""

    def i2c_read(self) -> int:
        """The next byte from whoever was addressed."""

    def i2c_stop(self) -> None: ...

    def convert(self, channel: int) -> int:
        """Result of the ADC, 0 to 4095, sampled now."""

    def power(self) -> None:
        """Mode, clock or a peripheral that draws current changed: see `mcu.current`."""

    def event(self) -> None:
        """The time given to `Machine.schedule_outside` is reached."""


OUTSIDE: dict[str, int | None] = {  # methods of Outside, and what C takes in place of a result
    "pins": None,
    "sent": None,
    "i2c_lines": 0,
    "i2c_start": 0,
    "i2c_write": 0,
    "i2c_read": 0,
    "i2c_stop": None,
    "convert": 0,
    "power": None,
    "event": None,
}


@dataclass
class _Context:
    """What the callbacks need: handlers of regions by slot, the outside, and what one of them raised."""

    handlers: dict[int, tuple[ReadRegion, WriteRegion]] = field(default_factory=dict)
    outside: Outside | None = None
    error: BaseException | None = None


class Machine:
    """One core with 32 kB of erased flash, 4 kB of RAM and 4 kB of system memory, all as after power on."""

    def __init__(self) -> None:
        """Raises InputError when the extension is missing or older than its sources."""
        self._ffi, self.lib = _extension()
        self.handle = self._ffi.gc(self.lib.machine_new(), self.lib.machine_free)
        self._context = _Context()
        self._handle = self._ffi.new_handle(self._context)
        self.lib.machine_set_context(self.handle, self._handle)

    def reset(self) -> None:
        """Registers and peripherals as after reset, stack pointer and start from the vectors at address 0.

        Memory, time, the alias and an attached debugger stay.
        """
        self.lib.machine_reset(self.handle)

    def run(self, until: Ticks) -> StopReason:
        """Execute until this time, or until something else stops it. Sleep passes in a jump."""
        reason = self.lib.machine_run(self.handle, until)
        self._raise_failure(reason)
        return StopReason(reason)

    def stop(self, reason: StopReason) -> None:
        """From a region's handler: end the run after this instruction."""
        self.lib.machine_stop(self.handle, reason)

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
        return int(self.lib.machine_register(self.handle, number))

    def set_register(self, number: int, value: int) -> None:
        self.lib.machine_set_register(self.handle, number, value)

    @property
    def psr(self) -> int:
        """Flags, T and exception number, as in an exception's frame."""
        return int(self.lib.machine_psr(self.handle))

    def set_flags(self, apsr: int) -> None:
        """N, Z, C and V from bits 31 to 28."""
        self.lib.machine_set_flags(self.handle, apsr)

    def special(self, register: Special) -> int:
        return int(self.lib.machine_special(self.handle, register))

    def set_special(self, register: Special, value: int) -> None:
        self.lib.machine_set_special(self.handle, register, value)

    # Time

    @property
    def ticks(self) -> Ticks:
        return int(self.lib.machine_ticks(self.handle))

    @property
    def sleep_ticks(self) -> Ticks:
        """How many of all ticks were slept, or passed while held or locked up."""
        return int(self.lib.machine_sleep_ticks(self.handle))

    @property
    def instructions(self) -> int:
        return int(self.lib.machine_instructions(self.handle))

    @property
    def ticks_per_cycle(self) -> int:
        """Of the core's clock: 64 at 24 MHz; 192 after reset."""
        return int(self.lib.machine_ticks_per_cycle(self.handle))

    @ticks_per_cycle.setter
    def ticks_per_cycle(self, ticks: int) -> None:
        self.lib.machine_set_ticks_per_cycle(self.handle, ticks)

    @property
    def asleep(self) -> bool:
        return bool(self.lib.machine_asleep(self.handle))

    # From outside the core

    def set_irq(self, line: int, level: bool) -> None:
        """Level of an interrupt line, 0 to 31."""
        self.lib.irq_set(self.handle, line, level)

    def set_nmi(self) -> None:
        self.lib.nmi_set(self.handle)

    def set_alias(self, alias: Alias) -> None:
        self.lib.machine_set_alias(self.handle, alias)

    def hold(self, held: bool) -> None:
        """Execute nothing while time passes: a chip without supply, or whose reset pin is low."""
        self.lib.machine_hold(self.handle, held)

    def attach_debugger(self, attached: bool) -> None:
        """With a debugger BKPT stops the run; without one it is a fault."""
        self.lib.machine_attach_debugger(self.handle, attached)

    @property
    def trap(self) -> Trap:
        trap = self.lib.machine_trap(self.handle)
        return Trap(Fault(trap.cause), trap.address, trap.pc, trap.size, bool(trap.write))

    def add_region(self, base: int, size: int, read: ReadRegion, write: WriteRegion) -> None:
        """Have Python handle these addresses. What a handler raises comes out of `run`.

        Raises InputError if they overlap another region or peripheral, or there are too many.
        """
        self._added(
            self.lib.machine_add_region(self.handle, base, size, self.lib.region_read, self.lib.region_write),
            base,
            (read, write),
        )

    # The microcontroller around the core

    def add_mcu(self, outside: Outside) -> None:
        """Give the bare core its peripherals, before anything else. What `outside` raises comes out of `run`."""
        self._context.outside = outside
        table = {name: getattr(self.lib, f"outside_{name}") for name in OUTSIDE}
        self.lib.machine_set_outside(self.handle, self._ffi.new("struct outside *", table))
        self._added(self.lib.mcu_add(self.handle), 0, None)

    def schedule_outside(self, at: Ticks | None) -> None:
        """Have `Outside.event` called at this time, once; None to call it off."""
        self.lib.machine_schedule_outside(self.handle, _NEVER if at is None else at)

    def access(self, address: int, size: int, value: int | None = None) -> int:
        """Read, or write `value`, as an instruction would: side effects and all. Raises Refused where it would not complete."""
        place = self._ffi.new("uint32_t *", value or 0)
        reason = self.lib.machine_access(self.handle, address, size, value is not None, place)
        self._raise_failure(reason)
        if reason:
            raise Refused(f"access to {address:#010x} ends in {StopReason(reason).name}")
        return int(place[0])

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

    def _raise_failure(self, reason: int) -> None:
        if reason == _CALLBACK_FAILED:
            error, self._context.error = self._context.error, None
            assert error is not None
            raise error

    def _state(self) -> Any:
        return self._ffi.buffer(self.lib.machine_state(self.handle), self.lib.machine_state_bytes())

    def _memory(self, address: int, size: int) -> Any:
        available = self._ffi.new("uint32_t *")
        place = self.lib.machine_memory(self.handle, address, available)
        if place == self._ffi.NULL or size > available[0]:
            raise InputError(f"{size} bytes at {address:#010x} are not within flash, RAM or system memory: check the address")
        return self._ffi.buffer(place, size)

    def _added(self, slot: int, base: int, handlers: tuple[ReadRegion, WriteRegion] | None) -> None:
        if slot < 0:
            raise InputError(f"no region can be added at {base:#010x}: it overlaps another, or the table is full")
        if handlers:
            self._context.handlers[slot] = handlers


def _extension() -> tuple[Any, Any]:
    """The compiled core with its Python callbacks in place."""
    try:
        from hardware.virtual_board.core._core import ffi, lib
    except ImportError as missing:
        raise InputError("the virtual board's core is not compiled: run scripts/setup") from missing
    if ffi.string(lib.source_digest()).decode() != digest():
        raise InputError("the virtual board's core is older than its C sources: run scripts/setup")

    def within(call: Callable[[_Context], Any], failed: int | None = 0) -> Callable[..., Any]:
        """A callback for C: an exception stops the machine, and `run` raises it again. `failed`: None where C takes no value."""

        def called(machine: Any, *arguments: int) -> Any:
            context = ffi.from_handle(lib.machine_context(machine))
            try:
                return call(context)(*arguments)
            except BaseException as error:
                context.error = error
                lib.machine_stop(machine, _CALLBACK_FAILED)
                return failed

        return called

    def reader(context: _Context) -> Callable[..., int]:
        return lambda slot, offset, size: context.handlers[slot][0](offset, size) & 0xFFFF_FFFF

    def writer(context: _Context) -> Callable[..., None]:
        return lambda slot, offset, size, value: context.handlers[slot][1](offset, size, value)

    ffi.def_extern(name="region_read")(within(reader))
    ffi.def_extern(name="region_write")(within(writer, failed=None))
    for name, failed in OUTSIDE.items():
        ffi.def_extern(name=f"outside_{name}")(within(attrgetter(f"outside.{name}"), failed))
    return ffi, lib
