"""How the core becomes the extension module `_core`.

setup.py names `extension` for setuptools, so that installing the project builds it. `scripts/setup` builds it again when a
source is newer.
"""

import hashlib
import os
from pathlib import Path

from cffi import FFI

FOLDER = Path(__file__).parent
MODULE = "hardware.virtual_board.core._core"
COMPILER_OPTIONS = ["-std=c11", "-O2", "-Wall", "-Wextra"]

CALLBACKS = """
extern "Python" uint32_t region_read(struct machine *machine, unsigned slot, uint32_t offset, unsigned size);
extern "Python" void region_write(struct machine *machine, unsigned slot, uint32_t offset, unsigned size, uint32_t value);
const char *source_digest(void);
"""


def digest() -> str:
    """Of all C sources and this file: the extension says which it was built from, so that a stale one is noticed."""
    files = sorted([*FOLDER.glob("*.[ch]"), FOLDER / "api.cdef", FOLDER / "build.py"])
    content = b"".join(path.name.encode() + path.read_bytes() for path in files if not path.name.startswith("_"))
    return hashlib.sha256(content).hexdigest()


def extension() -> FFI:
    builder = FFI()
    builder.cdef((FOLDER / "api.cdef").read_text() + CALLBACKS)
    builder.set_source(
        MODULE,
        f'#include "api.h"\nstatic const char *source_digest(void) {{ return "{digest()}"; }}\n',
        sources=[os.path.relpath(path) for path in sorted(FOLDER.glob("*.c")) if not path.name.startswith("_")],
        depends=[os.path.relpath(path) for path in (*sorted(FOLDER.glob("*.h")), FOLDER / "api.cdef")],
        include_dirs=[str(FOLDER)],
        extra_compile_args=COMPILER_OPTIONS,
    )
    return builder
