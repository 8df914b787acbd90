"""Headers that are generated at each build: pins.h from the netlist, version.h from the sources."""

import hashlib
import re
from pathlib import Path

from firmware.pins import assign, header
from hardware import files, netlist, paths
from hardware.errors import InputError

SOURCES = paths.ROOT / "firmware"
SUFFIXES = frozenset({".c", ".h", ".ld", ".ini"})
HASH_DIGITS = 8


def write(folder: Path) -> None:
    """Write both headers; they keep their time stamps while nothing changes. InputError as pins.assign."""
    pins = header(assign(netlist.read()))
    files.write(folder / "pins.h", pins)
    files.write(folder / "version.h", _version_header(pins))


def _version_header(pins: str) -> str:
    return (
        "/* Generated: the version of pyproject.toml, and a hash of all sources. */\n#pragma once\n\n"
        f'#define FIRMWARE_VERSION "{_version()}"\n#define FIRMWARE_HASH "{_hash(pins)}"\n'
    )


def _version() -> str:
    match = re.search(r'^version = "([^"]+)"$', (paths.ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    if match is None:
        raise InputError('pyproject.toml has no line version = "...": restore it')
    return match[1]


def _hash(pins: str) -> str:
    """Of the sources' names and contents and the pins, never of time or place: it names what was built."""
    digest = hashlib.sha256(pins.encode())
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:HASH_DIGITS]
