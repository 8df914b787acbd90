"""How the core becomes the extension module `_core`.

setup.py names `extension` for setuptools, so that installing the project builds it. `scripts/setup` builds it again when a
source is newer.
"""

import hashlib
import os
from pathlib import Path

from cffi import FFI

FOLDER = Path(__file__).parent
MCU = FOLDER.parent / "mcu"
HERE = (FOLDER, MCU)
MODULE = "hardware.virtual_board.core._core"
COMPILER_OPTIONS = ["-std=c11", "-O2", "-Wall", "-Wextra"]

CALLBACKS = """
extern "Python" uint32_t region_read(struct machine *machine, unsigned slot, uint32_t offset, unsigned size);
extern "Python" void region_write(struct machine *machine, unsigned slot, uint32_t offset, unsigned size, uint32_t value);
extern "Python" void outside_pins(struct machine *machine, unsigned port, uint32_t changed);
extern "Python" void outside_sent(struct machine *machine, unsigned byte, uint32_t bit_ticks);
extern "Python" unsigned outside_i2c_lines(struct machine *machine);
extern "Python" int outside_i2c_start(struct machine *machine, unsigned address, int read);
extern "Python" int outside_i2c_write(struct machine *machine, unsigned byte);
extern "Python" unsigned outside_i2c_read(struct machine *machine);
extern "Python" void outside_i2c_stop(struct machine *machine);
extern "Python" unsigned outside_convert(struct machine *machine, unsigned channel);
extern "Python" void outside_power(struct machine *machine);
extern "Python" void outside_event(struct machine *machine);
const char *source_digest(void);
"""


def _files(pattern: str) -> list[Path]:
    """Sources by pattern, without what cffi writes beside them."""
    return sorted(path for folder in HERE for path in folder.glob(pattern) if not path.name.startswith("_"))


def digest() -> str:
    """Of all C sources and this file: the extension says which it was built from, so that a stale one is noticed."""
    files = sorted([*_files("*.[ch]"), FOLDER / "api.cdef", FOLDER / "build.py"])
    content = b"".join(path.name.encode() + path.read_bytes() for path in files)
    return hashlib.sha256(content).hexdigest()


def extension() -> FFI:
    builder = FFI()
    builder.cdef((FOLDER / "api.cdef").read_text() + CALLBACKS)
    builder.set_source(
        MODULE,
        f'#include "api.h"\nstatic const char *source_digest(void) {{ return "{digest()}"; }}\n',
        sources=[os.path.relpath(path) for path in _files("*.c")],
        depends=[os.path.relpath(path) for path in (*_files("*.h"), FOLDER / "api.cdef")],
        include_dirs=[str(folder) for folder in HERE],
        extra_compile_args=COMPILER_OPTIONS,
    )
    return builder
