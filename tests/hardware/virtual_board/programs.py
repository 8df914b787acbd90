"""Small programs for the core's tests, assembled by the GNU assembler, and a machine that runs them at 24 MHz."""

import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chips import Recorder

from hardware.virtual_board.core.machine import FLASH, Machine, StopReason
from hardware.virtual_board.mcu.chip import Chip

TICKS_PER_CYCLE = 64

NVIC_ISER, NVIC_ISPR, NVIC_IPR0 = 0xE000_E100, 0xE000_E200, 0xE000_E400
SYST_CSR, SYST_RVR, SYST_CVR = 0xE000_E010, 0xE000_E014, 0xE000_E018
ICSR, VTOR, AIRCR, SCR = 0xE000_ED04, 0xE000_ED08, 0xE000_ED0C, 0xE000_ED10

# Labels of the handlers; the vectors of those that a program does not define lead to `unexpected`.
HANDLERS = {2: "nmi", 3: "hardfault", 11: "svcall", 14: "pendsv", 15: "systick", **{16 + n: f"irq{n}" for n in range(32)}}


def write(address: int, value: int) -> str:
    """Instructions that store a word, by r0 and r1."""
    return f"ldr r0, ={address:#x}\nldr r1, ={value:#x}\nstr r1, [r0]\n"


@cache
def assemble(source: str, origin: int = FLASH) -> bytes:
    """Image of a program that begins at `reset`, for memory at `origin`: vectors first."""
    defined = {line.split(":")[0].strip() for line in source.splitlines() if ":" in line}
    vectors = [HANDLERS[n] if HANDLERS.get(n) in defined else "unexpected" for n in range(2, 48)]
    lines = [".syntax unified", ".cpu cortex-m0plus", ".thumb", ".word 0x20001000", ".word reset + 1"]
    lines += [f".word {name} + 1" for name in vectors]
    lines += ["unexpected: b unexpected", source, ""]
    with tempfile.TemporaryDirectory() as work:
        unit, image = Path(work) / "program.o", Path(work) / "program.bin"
        subprocess.run(["arm-none-eabi-as", "-o", unit, "-"], input="\n".join(lines), text=True, check=True)
        linked = unit.with_suffix(".elf")
        subprocess.run(["arm-none-eabi-ld", "-Ttext", hex(origin), "-e", "0", "-o", linked, unit], check=True)
        subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", linked, image], check=True)
        return image.read_bytes()


def machine(source: str) -> Machine:
    """With the program in flash, reset, a debugger attached: `bkpt` ends a run."""
    return _begin(Machine(), source)


@dataclass
class Alarm(Recorder):
    """An interrupt line that is high for a moment at the time given to `Machine.schedule_outside`."""

    line: int = 0
    machine: Machine | None = None

    def event(self) -> None:
        assert self.machine
        self.machine.set_irq(self.line, True)
        self.machine.set_irq(self.line, False)


def machine_with_alarm(source: str, line: int, cycles: int) -> Machine:
    """The same, and so many cycles after reset this interrupt becomes pending."""
    alarm = Alarm(line=line)
    alarm.machine = _begin(Chip(alarm).machine, source)
    alarm.machine.schedule_outside(alarm.machine.ticks + cycles * TICKS_PER_CYCLE)
    return alarm.machine


def _begin(made: Machine, source: str) -> Machine:
    made.load(FLASH, assemble(source))
    made.reset()
    made.ticks_per_cycle = TICKS_PER_CYCLE
    made.attach_debugger(True)
    return made


def run(made: Machine, cycles: int = 100_000) -> StopReason:
    return made.run(made.ticks + cycles * TICKS_PER_CYCLE)


def finished(source: str) -> Machine:
    """After the program has reached its `bkpt`."""
    made = machine(source)
    assert run(made) == StopReason.BREAKPOINT
    return made
