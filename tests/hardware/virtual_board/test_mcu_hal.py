"""The firmware's start-up, clock, STOP, watchdog and reset, compiled as they are, on the models."""

import subprocess
from pathlib import Path

import pytest
from chips import MS, Recorder

from hardware.virtual_board.core.machine import FLASH, SYSTEM, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.current import Mode
from hardware.virtual_board.mcu.factory import system_memory

FIRMWARE = Path(__file__).parents[3] / "firmware"
HAL = ("startup.c", "hal/clock.c", "hal/low_power.c", "hal/iwdg.c", "hal/chip.c")
REPORT = ("clock", "stop", "watchdog", "cause", "stop_ms")  # words of `report` in hal_program.c
OK = 0


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = tmp_path_factory.mktemp("hal") / "program.elf"
    sources = [FIRMWARE / "src" / name for name in HAL] + [Path(__file__).with_name("hal_program.c")]
    linker_script = next((FIRMWARE / "ld").glob("*.ld"))
    options = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-std=c11", "-DF_CPU=24000000", "-nostartfiles", "-ffreestanding"]
    includes = [f"-I{FIRMWARE / folder}" for folder in ("include", "src")]
    command = ["arm-none-eabi-gcc", *options, *includes, "-T", linker_script, "-o", program, *sources, "-lgcc"]
    subprocess.run(command, check=True)
    return program


def symbol(elf: Path, name: str) -> int:
    listing = subprocess.run(["arm-none-eabi-nm", elf], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[0], 16) for line in listing.splitlines() if line.endswith(f" {name}"))


def report(chip: Chip, elf: Path) -> dict[str, int]:
    at = symbol(elf, "report")
    return {name: chip.machine.read_word(at + 4 * index) for index, name in enumerate(REPORT)}


def powered(elf: Path) -> Chip:
    image = elf.with_suffix(".bin")
    subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", elf, image], check=True)
    chip = Chip(Recorder())
    chip.machine.load(SYSTEM, system_memory(1))
    chip.machine.load(FLASH, image.read_bytes())
    chip.power_on()
    chip.machine.attach_debugger(True)
    return chip


def to_break(chip: Chip) -> None:
    assert chip.machine.run(chip.now + 3000 * MS) == StopReason.BREAKPOINT
    chip.machine.set_register(15, chip.machine.register(15) + 2)


def enumerator(name: str) -> int:
    """Position in `enum reset_cause`."""
    text = (FIRMWARE / "src/hal/chip.h").read_text().split("enum reset_cause {")[1].split("}")[0]
    names = [line.split(",")[0].split("/*")[0].strip() for line in text.splitlines() if line.strip()]
    return names.index(name)


def test_the_firmwares_own_order_of_register_accesses(elf: Path) -> None:
    chip = powered(elf)
    to_break(chip)
    assert (chip.hclk_hz, chip.lsi_on, report(chip, elf)["clock"]) == (24_000_000, True, OK)
    begin = chip.now
    to_break(chip)
    assert MS <= chip.now - begin < 1.6 * MS  # a delay is at least as long as asked for
    begin, slept = chip.now, chip.machine.sleep_ticks
    chip.machine.run(begin + 300 * MS)
    assert chip.mode == Mode.STOP_LPR_1V0
    to_break(chip)
    found = report(chip, elf)
    assert (found["watchdog"], found["stop"], found["stop_ms"]) == (OK, OK, 500)
    assert chip.machine.sleep_ticks - slept == pytest.approx(500 * MS, rel=0.002)
    assert found["cause"] == enumerator("RESET_POWER")

    assert chip.machine.run(chip.now + MS) == StopReason.RESET
    chip.restart()
    for _ in range(3):
        to_break(chip)
    assert report(chip, elf)["cause"] == enumerator("RESET_SOFTWARE")
    begin = chip.now
    assert chip.machine.run(begin + 3000 * MS) == StopReason.RESET
    assert 400 * MS < chip.now - begin < 600 * MS  # half of its time was slept
    chip.restart()
    to_break(chip)
    assert report(chip, elf)["cause"] == enumerator("RESET_WATCHDOG")
