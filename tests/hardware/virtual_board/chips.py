"""A microcontroller alone: nothing at its pins, and an outside that writes down what it hears."""

from dataclasses import dataclass, field

from hardware.virtual_board.core.machine import FLASH, PC, Machine, StopReason
from hardware.virtual_board.mcu.chip import Chip

CYCLE = 64  # ticks, at 24 MHz
MS = 1_536_000  # ticks
NVIC_ICPR = 0xE000_E280
# RCC_IOPENR, AHBENR, APBENR1, APBENR2: all that have a model
PERIPHERAL_CLOCKS = {0x4002_1034: 0x23, 0x4002_1038: 0x301, 0x4002_103C: 0x9020_0002, 0x4002_1040: 0x0010_4001}

# Stack pointer, start, and at 0x10 `wfi; b .-2`. Handlers are wanted by nobody: interrupts stay masked.
IDLE = b"".join(
    [
        (0x2000_1000).to_bytes(4, "little"),
        (FLASH + 0x10 + 1).to_bytes(4, "little"),
        bytes(8),
        b"\x72\xb6",  # cpsid i
        b"\x30\xbf",  # wfi
        b"\xfd\xe7",  # b to the wfi
    ]
)

# The same with, at 0x10, `cpsid i; b .` and then `wfi; bkpt`.
SPIN = IDLE[:0x10] + b"\x72\xb6" + b"\xfe\xe7" + b"\x30\xbf" + b"\x00\xbe"


@dataclass
class Recorder:
    """Implements `Outside`: answers as an empty board would, except where a test puts something."""

    counts: dict[int, int] = field(default_factory=dict)  # by ADC channel
    converted: list[int] = field(default_factory=list)  # channels, in order
    sent_bytes: list[tuple[int, int]] = field(default_factory=list)  # with the length of a bit
    i2c_heard: list[str] = field(default_factory=list)
    pin_changes: list[tuple[int, int]] = field(default_factory=list)
    power_changes: int = 0
    events: int = 0

    def pins(self, port: int, changed: int) -> None:
        self.pin_changes.append((port, changed))

    def sent(self, byte: int, bit_ticks: int) -> None:
        self.sent_bytes.append((byte, bit_ticks))

    def i2c_lines(self) -> int:
        return 3

    def i2c_start(self, address: int, read: int) -> bool:
        self.i2c_heard.append(f"start {address:#x} {'read' if read else 'write'}")
        return False

    def i2c_write(self, byte: int) -> bool:
        self.i2c_heard.append(f"write {byte:#x}")
        return False

    def i2c_read(self) -> int:
        return 0xFF

    def i2c_stop(self) -> None: ...

    def convert(self, channel: int) -> int:
        self.converted.append(channel)
        return self.counts.get(channel, 0)

    def power(self) -> None:
        self.power_changes += 1

    def event(self) -> None:
        self.events += 1


def idle_chip(outside: Recorder | None = None, system: bytes | None = None) -> Chip:
    """Reset, asleep for ever, at 24 MHz with all peripherals' clocks on; `system`: the 4 KiB of system memory, else erased."""
    return _chip(IDLE, outside, system)


def spinning_chip(outside: Recorder | None = None) -> Chip:
    """The same, awake until `fall_asleep`."""
    chip = _chip(SPIN, outside, None)
    chip.machine.attach_debugger(True)
    return chip


def fall_asleep(chip: Chip, ticks: int, deep: bool = False) -> StopReason:
    """Sleep this long; BREAKPOINT if something woke the core before, where it is then."""
    chip.machine.access(0xE000_ED10, 4, 4 if deep else 0)  # SCR.SLEEPDEEP
    chip.machine.set_register(PC, FLASH + 0x14)
    return chip.machine.run(chip.now + ticks)


def _chip(program: bytes, outside: Recorder | None, system: bytes | None) -> Chip:
    chip = Chip(outside or Recorder())
    if system is not None:
        chip.machine.load(0x1FFF_0000, system)
    chip.machine.load(FLASH, program)
    chip.machine.reset()
    run_at_24_mhz(chip.machine)
    clock_peripherals(chip.machine)
    return chip


def clock_peripherals(machine: Machine) -> None:
    for register, bits in PERIPHERAL_CLOCKS.items():
        machine.access(register, 4, bits)


def run_at_24_mhz(machine: Machine) -> None:
    """HSI's range and the factory's trim for it, as any firmware sets them."""
    icscr, range_24_mhz, trim = 0x4002_1004, 4 << 13, machine.read_word(0x1FFF_0F10) & 0x1FFF
    machine.access(icscr, 4, machine.access(icscr, 4) & ~0xFFFF | range_24_mhz | trim)
    assert machine.ticks_per_cycle == CYCLE


class Registers:
    """What a program sees of a chip: words by their address, and time that passes."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def __getitem__(self, register: int) -> int:
        return self.machine.access(register, 4)

    def __setitem__(self, register: int, value: int) -> None:
        self.machine.access(register, 4, value)

    def cycles(self, count: int) -> None:
        pass_ticks(self.machine, count * CYCLE)

    def interrupts(self, line: int) -> bool:
        """The line is high: what is pending cannot be cleared."""
        self[NVIC_ICPR] = 1 << line
        return bool(self[NVIC_ICPR] >> line & 1)


def pass_ticks(machine: Machine, ticks: int) -> None:
    machine.run(machine.ticks + ticks)
