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


def load(name: str, modules: tuple[str, ...], options: tuple[str, ...] = OPTIMISED) -> tuple[Any, Any]:
    """(ffi, lib) of these modules, each a header and a source below firmware/src, in the order of their headers.

    The headers keep to what cffi reads: constants are enums, the preprocessor only guards and includes. Raises InputError
    where there is no compiler, ToolError if it refuses the sources.
    """
    ffi = FFI()
    for module in modules:
        header = (SOURCES / f"{module}.h").read_text()
        ffi.cdef("\n".join(line for line in header.splitlines() if not line.startswith("#")))
    return ffi, ffi.dlopen(str(_compiled(name, modules, options)))


def _compiled(name: str, modules: tuple[str, ...], options: tuple[str, ...]) -> Path:
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise InputError(
            "features and models are the firmware's C, and no C compiler is found: run scripts/setup, or install gcc"
        )
    sources = [SOURCES / f"{module}.c" for module in modules]
    command = [compiler, *STANDARD, *options]
    output = FOLDER / f"{name}-{_digest(command, modules)}.so"
    if not output.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
            made = Path(scratch) / output.name
            done = subprocess.run([*command, f"-I{SOURCES}", "-o", made, *sources], capture_output=True, text=True)
            if done.returncode != 0:
                raise ToolError(f"{compiler} does not compile {name}:\n{done.stderr}")
            made.replace(output)  # workers that do so at once end with the same file
    return output


def _digest(command: list[str], modules: tuple[str, ...]) -> str:
    content = hashlib.sha256(repr(command).encode())
    for module in modules:
        for suffix in (".h", ".c"):
            content.update((SOURCES / f"{module}{suffix}").read_bytes())
    return content.hexdigest()[:16]
