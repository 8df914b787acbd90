"""C functions on the emulated core: how much flash they take, and how many cycles a call.

The core has neither flash wait states nor interrupts here, and multiplies in one cycle: hardware/virtual_board/README.md.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware import compiler
from hardware import paths
from hardware.errors import InputError, ToolError
from hardware.virtual_board.core.machine import FLASH, LR, PC, RAM, SP, Machine, StopReason

SOURCES = paths.ROOT / "firmware" / "src"
LINKER_SCRIPT = Path(__file__).with_name("target.ld")
FLASH_BYTES, RAM_BYTES = 32 * 1024, 4 * 1024
REGISTER_ARGUMENTS = 4  # r0 to r3; the others are on the stack (AAPCS 6.5)
LONGEST_CALL = 100_000_000  # cycles, some 4 s
BREAK_CYCLES = 1  # of the breakpoint that the call returns to
VECTORS = 12  # bytes of the image that belong to no function: two vectors, and where calls return to
_PAINT = 0xA5
_RETURN_AT = FLASH + 8


@dataclass(frozen=True)
class Call:
    """`result`: r0. `cycles`: from the first instruction to the return. `stack_bytes`: the deepest, with its callees."""

    result: int
    cycles: int
    stack_bytes: int


class Target:
    """These functions and all that they need, linked alone as the firmware is."""

    def __init__(self, modules: tuple[str | Path, ...], functions: tuple[str, ...], options: tuple[str, ...] = ()) -> None:
        """`modules`: sources, as in native.load, without suffix below firmware/src or anywhere. Raises InputError where there
        is no compiler for the chip, ToolError if it refuses the sources.
        """
        self.flash_bytes, self._image, self._symbols = _linked(modules, functions, options)
        self._free = self._symbols["ram_used"]
        self.static_ram_bytes = self._free - RAM
        self._machine: Machine | None = None

    def call(self, function: str, *arguments: int | NDArray[Any]) -> Call:
        """Arrays are passed as pointers, and changed to what the call leaves there, if they may be. Static data lasts from call
        to call. Raises InputError for what does not fit the chip, ToolError if the call does not return.
        """
        machine = self._running()
        machine.load(self._free, bytes([_PAINT]) * (RAM + RAM_BYTES - self._free))
        words, places = self._passed(arguments)
        top = RAM + RAM_BYTES - 8 * -(-len(words[REGISTER_ARGUMENTS:]) // 2)
        for number, word in enumerate(words):
            if number < REGISTER_ARGUMENTS:
                machine.set_register(number, word)
            else:
                machine.write_word(top + 4 * (number - REGISTER_ARGUMENTS), word)
        machine.set_register(SP, top)
        machine.set_register(LR, _RETURN_AT + 1)
        machine.set_register(PC, self._symbols[function] & ~1)
        begin = machine.ticks
        reason = machine.run(begin + LONGEST_CALL * machine.ticks_per_cycle)
        if reason != StopReason.BREAKPOINT or machine.register(PC) != _RETURN_AT:
            raise ToolError(f"{function} ended in {reason.name} at {machine.register(PC):#x}: {machine.trap}")
        cycles = (machine.ticks - begin) // machine.ticks_per_cycle - BREAK_CYCLES
        end = self._read_back(places)
        unused = machine.read(end, top - end)
        return Call(machine.register(0), cycles, len(unused.lstrip(bytes([_PAINT]))))

    def _running(self) -> Machine:
        if self._machine is None:
            if len(self._image) > FLASH_BYTES:
                raise InputError(f"{len(self._image)} bytes do not fit the chip's flash: only their number is known")
            self._machine = Machine()
            self._machine.load(FLASH, self._image)
            self._machine.reset()
            self._machine.attach_debugger(True)
            data, start = self._symbols["data_start"], self._symbols["data_load"] - FLASH
            self._machine.load(RAM, bytes(self._free - RAM))
            self._machine.load(data, self._image[start : start + self._symbols["data_end"] - data])
        return self._machine

    def _passed(self, arguments: tuple[int | NDArray[Any], ...]) -> tuple[list[int], list[tuple[int, NDArray[Any]]]]:
        """Words for the arguments, and where each array is."""
        words, places, at = [], [], self._free
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                self._running().load(at, np.ascontiguousarray(argument).tobytes())
                places.append((at, argument))
                words.append(at)
                at += -(-argument.nbytes // 8) * 8
            else:
                words.append(argument & 0xFFFF_FFFF)
        return words, places

    def _read_back(self, places: list[tuple[int, NDArray[Any]]]) -> int:
        """Where the free memory above the arrays begins."""
        end = self._free
        for at, array in places:
            if array.flags.writeable:
                array[...] = np.frombuffer(self._running().read(at, array.nbytes), array.dtype).reshape(array.shape)
            end = at + -(-array.nbytes // 8) * 8
        return end


def flash_bytes(modules: tuple[str | Path, ...], functions: tuple[str, ...], options: tuple[str, ...] = ()) -> int:
    """Code, constants and initial values of what these functions need, compiled and linked as the firmware. Raises as Target."""
    return Target(modules, functions, options).flash_bytes


def _linked(
    modules: tuple[str | Path, ...], functions: tuple[str, ...], options: tuple[str, ...]
) -> tuple[int, bytes, dict[str, int]]:
    """Bytes of flash, the image and its symbols."""
    sources = [SOURCES / f"{module}.c" for module in modules]  # an absolute one stays
    flags = [*compiler.CPU, *compiler.STANDARD, *compiler.OPTIMISE, *compiler.WARNINGS, "-Wl,--undefined=image_begin"]
    kept = [f"-Wl,--require-defined={function}" for function in functions]
    with tempfile.TemporaryDirectory() as scratch:
        elf, image = Path(scratch) / "target.elf", Path(scratch) / "target.bin"
        begin = Path(scratch) / "begin.s"
        begin.write_text(
            '.section .vectors,"a"\n.global image_begin\nimage_begin:\n.word 0x20001000, 0x08000009\n.inst.n 0xbe00, 0xbe00\n'
        )
        _tool("gcc", *flags, *compiler.LINK, *kept, f"-I{SOURCES}", "-T", LINKER_SCRIPT, "-o", elf, begin, *sources, *options)
        _tool("objcopy", "-O", "binary", elf, image)
        symbols = {name: int(value, 16) for value, _, name in map(str.split, _tool("nm", elf).splitlines())}
        content = image.read_bytes()
    return len(content) - VECTORS, content, symbols


def _tool(name: str, *arguments: str | Path) -> str:
    try:
        done = subprocess.run([f"{compiler.PREFIX}{name}", *arguments], capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise InputError(f"{compiler.PREFIX}{name} is not found: run scripts/setup") from missing
    if done.returncode != 0:
        raise ToolError(f"{compiler.PREFIX}{name} fails:\n{done.stderr}")
    return done.stdout
