"""Programs made of the firmware's own HAL and a small main, on a chip alone."""

import subprocess
from pathlib import Path

from chips import MS, Recorder

from hardware.virtual_board.core.machine import FLASH, PC, SYSTEM, StopReason
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import system_memory

FIRMWARE = Path(__file__).parents[3] / "firmware"


def compiled(main: str, sources: tuple[str, ...], folder: Path) -> Path:
    """ELF file of a program beside this file with sources of the firmware, made in this folder."""
    program = folder / "program.elf"
    paths = [FIRMWARE / "src" / name for name in sources] + [Path(__file__).with_name(main)]
    linker_script = next((FIRMWARE / "ld").glob("*.ld"))
    options = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-std=c11", "-DF_CPU=24000000", "-nostartfiles", "-ffreestanding"]
    includes = [f"-I{FIRMWARE / folder}" for folder in ("include", "src")]
    command = ["arm-none-eabi-gcc", *options, *includes, "-T", linker_script, "-o", program, *paths, "-lgcc"]
    subprocess.run(command, check=True)
    return program


def report(chip: Chip, elf: Path, names: tuple[str, ...]) -> dict[str, int]:
    """Words of the program's variable `report`."""
    listing = subprocess.run(["arm-none-eabi-nm", elf], check=True, capture_output=True, text=True).stdout
    at = next(int(line.split()[0], 16) for line in listing.splitlines() if line.endswith(" report"))
    return {name: chip.machine.read_word(at + 4 * index) for index, name in enumerate(names)}


def powered(elf: Path, outside: Recorder) -> Chip:
    """`bkpt` ends a run."""
    image = elf.with_suffix(".bin")
    subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", elf, image], check=True)
    chip = Chip(outside)
    chip.machine.load(SYSTEM, system_memory(1))
    chip.machine.load(FLASH, image.read_bytes())
    chip.power_on()
    chip.machine.attach_debugger(True)
    return chip


def to_break(chip: Chip) -> None:
    """Up to the next `bkpt` and past it."""
    assert chip.machine.run(chip.now + 3000 * MS) == StopReason.BREAKPOINT
    chip.machine.set_register(PC, chip.machine.register(PC) + 2)


def enumerator(header: str, enumeration: str, name: str) -> int:
    """Position of a name in an enum of the firmware."""
    text = (FIRMWARE / "src" / header).read_text().split(f"enum {enumeration} {{")[1].split("}")[0]
    names = [line.split(",")[0].split("/*")[0].strip() for line in text.splitlines() if line.strip()]
    return names.index(name)
