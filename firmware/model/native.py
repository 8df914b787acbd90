"""The firmware's own C as a library on this machine, so that training and chip compute with the same code.

Compiled at first use into build/model, by the digest of what it is made of: any change of a source makes another file.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from cffi import FFI

from hardware import paths
from hardware.errors import InputError, ToolError

SOURCES = paths.ROOT / "firmware" / "src"
FOLDER = paths.BUILD / "model"
COMPILERS = ("cc", "gcc", "clang")
STANDARD = ("-std=c11", "-Wall", "-Wextra", "-shared", "-fPIC")
OPTIMISED = ("-O2",)


def load(
    name: str,
    modules: tuple[str, ...],
    options: tuple[str, ...] = OPTIMISED,
    sources: Path | None = None,
    output: Path | None = None,
) -> tuple[Any, Any]:
    """(ffi, lib) of these modules, each a header and a source, in the order of their headers. `sources`: the folder below which
    they are, firmware/src if not said; `output`: where the library is kept, build/model if not said.

    The headers keep to what cffi reads: constants are enums, the preprocessor only guards and includes. Raises InputError
    where there is no compiler, ToolError if it refuses the sources.
    """
    ffi = FFI()
    sources, output = sources or SOURCES, output or FOLDER
    for module in modules:
        header = (sources / f"{module}.h").read_text()
        ffi.cdef("\n".join(line for line in header.splitlines() if not line.startswith("#")))
    return ffi, ffi.dlopen(str(_compiled(name, modules, options, sources, output)))


def _compiled(name: str, modules: tuple[str, ...], options: tuple[str, ...], sources: Path, folder: Path) -> Path:
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise InputError(
            "features and models are the firmware's C, and no C compiler is found: run scripts/setup, or install gcc"
        )
    files = [sources / f"{module}.c" for module in modules]
    command = [compiler, *STANDARD, *options]
    output = folder / f"{name}-{_digest(command, modules, sources)}.so"
    if not output.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            made = Path(scratch) / output.name
            done = subprocess.run([*command, f"-I{sources}", "-o", made, *files], capture_output=True, text=True)
            if done.returncode != 0:
                raise ToolError(f"{compiler} does not compile {name}:\n{done.stderr}")
            made.replace(output)  # workers that do so at once end with the same file
    return output


def _digest(command: list[str], modules: tuple[str, ...], sources: Path) -> str:
    content = hashlib.sha256(repr(command).encode())
    for module in modules:
        for suffix in (".h", ".c"):
            content.update((sources / f"{module}{suffix}").read_bytes())
    return content.hexdigest()[:16]
