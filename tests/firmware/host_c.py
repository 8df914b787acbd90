"""The firmware's protocol code compiled for this machine and loaded through cffi.

The undefined behaviour sanitizer ends the process with the source line at the first out-of-range index or overflow.
"""

import functools
import hashlib
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from cffi import FFI

from hardware.paths import BUILD, ROOT

PROTOCOL = ROOT / "firmware" / "src" / "protocol"
STRICT = ["-std=c11", "-Wall", "-Wextra", "-Werror"]
SANITIZED = ["-g", "-O1", "-fsanitize=undefined", "-fno-sanitize-recover=all"]


def sources() -> list[Path]:
    return sorted(PROTOCOL.glob("*.c"))


def compiled(name: str, arguments: list[str], inputs: list[Path]) -> Path:
    """Runs gcc unless its output for the same inputs is there. Workers that do so at once end with the same file."""
    read = [*inputs, *sorted(PROTOCOL.glob("*.h"))]
    digest = hashlib.sha256(repr(arguments).encode() + b"".join(path.read_bytes() for path in read)).hexdigest()[:16]
    folder = BUILD / "host-c"
    output = folder / f"{name}-{digest}"
    if not output.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            made = Path(scratch) / "made"
            subprocess.run(["gcc", *STRICT, *arguments, f"-I{PROTOCOL}", *map(str, inputs), "-o", str(made)], check=True)
            made.replace(output)
    return output


@functools.cache
def load() -> tuple[Any, Any]:
    """(ffi, lib). The headers keep to what cffi reads: constants are enums, and the preprocessor only guards and includes."""
    ffi = FFI()
    for header in sorted(PROTOCOL.glob("*.h")):
        ffi.cdef("\n".join(line for line in header.read_text().splitlines() if not line.startswith("#")))
    return ffi, ffi.dlopen(str(compiled("protocol", [*SANITIZED, "-shared", "-fPIC"], sources())))
