"""The firmware's I2C, compiled as it is, on the models of port and I2C."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from chips import Recorder
from hal_programs import compiled, enumerator, powered, report, to_break

HAL = ("startup.c", "hal/chip.c", "hal/clock.c", "hal/gpio.c", "hal/i2c.c")
REPORT = ("init", "write", "nobody", "stuck", "freed", "reads")  # words of `report` in hal_i2c_program.c
B, SCL, SDA = 1, 6, 7  # port and pins
MOST = 9  # bytes read at a time
SENT = ["28", "a1", "a2", "a3"]


@dataclass
class Device(Recorder):
    """At 0x19: a read gives 1, 2, 3 and so on."""

    log: list[str] = field(default_factory=list)
    lines: int = 3
    next: int = 1

    def i2c_lines(self) -> int:
        return self.lines

    def i2c_start(self, address: int, read: int) -> bool:
        self.log.append(f"{'read' if read else 'write'} {address:02x}")
        self.next = 1
        return address == 0x19

    def i2c_write(self, byte: int) -> bool:
        self.log.append(f"{byte:02x}")
        return True

    def i2c_read(self) -> int:
        self.log.append(f"gives {self.next}")
        self.next += 1
        return self.next - 1

    def i2c_stop(self) -> None:
        self.log.append("stop")


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("hal_i2c_program.c", HAL, tmp_path_factory.mktemp("hal"))


def result(name: str) -> int:
    return enumerator("hal/result.h", "result", f"RESULT_{name}")


def test_the_firmwares_transfers(elf: Path) -> None:
    device = Device()
    chip = powered(elf, device)
    for pin in (SCL, SDA):
        chip.set_pin(B, pin, True)
    to_break(chip)
    found = report(chip, elf, REPORT)
    assert (found["init"], found["reads"]) == (result("OK"), 2 ** (MOST + 1) - 2)
    expected = []
    for count in range(1, MOST + 1):
        expected += ["write 19", "28", "read 19", *(f"gives {number}" for number in range(1, count + 1)), "stop"]
    assert device.log == expected

    device.log.clear()
    to_break(chip)
    found = report(chip, elf, REPORT)
    assert (found["write"], found["nobody"]) == (result("OK"), result("NO_ANSWER"))
    assert device.log == ["write 19", *SENT, "stop", "write 20"]  # after the error the bus is freed by port pins

    device.log.clear()
    device.lines = 1
    chip.set_pin(B, SDA, False)
    to_break(chip)
    assert (report(chip, elf, REPORT)["stuck"], device.log) == (result("BUS_STUCK"), [])

    device.lines = 3
    chip.set_pin(B, SDA, True)
    to_break(chip)
    assert (report(chip, elf, REPORT)["freed"], device.log) == (result("OK"), ["write 19", *SENT, "stop"])
