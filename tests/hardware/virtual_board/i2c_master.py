"""I2C1 as master: its registers as Puya's header has them, what a program does with them, and a slave that answers."""

from dataclasses import dataclass, field

from chips import CYCLE, Recorder, idle_chip, pass_ticks

from hardware.virtual_board.mcu.chip import Chip

I2C = 0x4000_5400
CR1, CR2, OAR1, DR, SR1, SR2, CCR, TRISE = 0x0, 0x4, 0x8, 0x10, 0x14, 0x18, 0x1C, 0x20
PE, START, STOP, ACK, POS, SWRST = (1 << bit for bit in (0, 8, 9, 10, 11, 15))
SB, ADDR, BTF, RXNE, TXE, ARLO, AF = (1 << bit for bit in (0, 1, 2, 6, 7, 9, 10))
MSL, BUSY, TRA = 1, 2, 4
ITERREN, ITEVTEN, ITBUFEN = 1 << 8, 1 << 9, 1 << 10
NVIC_ISPR = 0xE000_E200
BIT = 240 * CYCLE  # 10 us
BYTE = 9 * BIT
APBRSTR1 = 0x4002_102C


@dataclass
class Slave(Recorder):
    """Answers at 0x19: takes all, and gives 1, 2, 3 and so on."""

    log: list[str] = field(default_factory=list)
    lines: int = 3
    refuse_after: int = 1000  # bytes written
    given: int = 0

    def i2c_lines(self) -> int:
        return self.lines

    def i2c_start(self, address: int, read: int) -> bool:
        self.log.append(f"{'read' if read else 'write'} {address:02x}")
        return address == 0x19

    def i2c_write(self, byte: int) -> bool:
        self.log.append(f"{byte:02x}")
        self.refuse_after -= 1
        return self.refuse_after >= 0

    def i2c_read(self) -> int:
        self.given += 1
        self.log.append(f"gives {self.given}")
        return self.given

    def i2c_stop(self) -> None:
        self.log.append("stop")


def enabled(slave: Slave) -> Chip:
    """At 100 kHz."""
    made = idle_chip(slave)
    write(made, CR2, 24)
    write(made, CCR, 120)
    write(made, TRISE, 25)
    write(made, CR1, PE)
    return made


def write(chip: Chip, register: int, value: int) -> None:
    chip.machine.access(I2C + register, 4, value)


def read(chip: Chip, register: int) -> int:
    return chip.machine.access(I2C + register, 4)


def change(chip: Chip, add: int = 0, remove: int = 0) -> None:
    write(chip, CR1, read(chip, CR1) & ~remove | add)


def wait(chip: Chip, flag: int, ticks: int = 3 * BYTE) -> None:
    end = chip.machine.ticks + ticks
    while not read(chip, SR1) & flag:
        assert chip.machine.ticks < end, f"flag {flag:#x} never came"
        pass_ticks(chip.machine, CYCLE * 24)


def start(chip: Chip, address: int) -> None:
    change(chip, add=START)
    wait(chip, SB)
    write(chip, DR, address)


def addressed(chip: Chip, address: int) -> None:
    start(chip, address)
    wait(chip, ADDR)


def stopped(chip: Chip) -> None:
    pass_ticks(chip.machine, 3 * BYTE)
    assert (read(chip, SR1), read(chip, SR2)) == (0, 0)
    assert not read(chip, CR1) & (START | STOP)
