"""ngspice as a program: a deck and analyses in, vectors out."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hardware.errors import InputError, ToolError

PROGRAM = "ngspice"

Vectors = Mapping[str, NDArray[np.complex128]]  # real ones too; by name in lower case: "time", "v(out)", "i(v1)"


def run(elements: Sequence[str], commands: Sequence[str]) -> list[Vectors]:
    """Run the commands on a circuit; the vectors of each analysis among them, in their order.

    `elements` are lines of a deck without title and .end. `commands` are ngspice's: those that are no analysis
    ("alter ...") prepare the next one. A noise analysis gives its spectral densities, in V/sqrt(Hz).

    What was run lately is known: circuits that differ elsewhere share it. The arrays can only be read.

    InputError if ngspice is not installed; ToolError with its output if it fails.
    """
    if shutil.which(PROGRAM) is None:
        raise InputError(f"{PROGRAM} is not installed: run scripts/setup")
    return list(_run(tuple(elements), tuple(commands)))


@lru_cache(maxsize=64)
def _run(elements: tuple[str, ...], commands: tuple[str, ...]) -> list[Vectors]:
    with tempfile.TemporaryDirectory(prefix="dollar-spice-") as folder:
        deck = Path(folder) / "deck.cir"
        control, results = _control(commands)
        deck.write_text("\n".join(["* dollar", *elements, ".control", *control, ".endc", ".end", ""]), encoding="utf-8")
        done = subprocess.run([PROGRAM, "-b", deck.name], cwd=folder, capture_output=True, text=True, check=False)
        try:
            return [_read(Path(folder) / name) for name in results]
        except (FileNotFoundError, ValueError) as error:
            raise ToolError(f"{PROGRAM} failed ({error}):\n{deck.read_text()}\n{done.stdout}{done.stderr}") from None


def _control(commands: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines of the control section, and the names of the files that they write."""
    lines, results = ["set filetype=ascii"], list[str]()
    for command in commands:
        lines.append(command)
        analysis = command.split()[0]
        if analysis == "noise":
            lines.append("setplot previous")  # its last plot holds totals, the one before it the densities
        if analysis in ("op", "ac", "tran", "noise", "dc"):
            results.append(f"{len(results)}.raw")
            lines.append(f"write {results[-1]} all")
    return lines, results


def _read(path: Path) -> Vectors:
    """Read an ASCII raw file. ValueError if it is incomplete."""
    header, _, body = path.read_text(encoding="utf-8").partition("Values:\n")
    count, points = (int(found) for found in re.findall(r"No\. (?:Variables|Points): (\d+)", header))
    names = re.findall(r"^\t\d+\t(\S+)\t", header, flags=re.MULTILINE)
    width = 2 if "Flags: complex" in header else 1  # real and imaginary part, or real part only
    numbers = np.array(body.replace(",", " ").split(), dtype=np.float64)
    if len(names) != count or numbers.size != points * (1 + count * width):
        raise ValueError(f"{numbers.size} numbers where {points} points of {count} vectors were announced")
    columns = numbers.reshape(points, 1 + count * width)[:, 1:]  # each point starts with its index
    table = columns[:, ::width].astype(np.complex128)
    if width == 2:
        table.imag = columns[:, 1::width]
    ground = np.zeros((points, 1), dtype=np.complex128)  # ngspice does not write it, whatever is saved
    table = np.hstack([ground, table])
    table.flags.writeable = False
    return {name.lower(): table[:, i] for i, name in enumerate(["v(0)", *names])}
