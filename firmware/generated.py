"""Headers that are generated at each build: pins.h from the netlist, models.h from platformio.ini, version.h from all sources."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from firmware import models
from firmware.pins import assign, header
from hardware import files, netlist, paths
from hardware.errors import InputError

SOURCES = paths.ROOT / "firmware"
SUFFIXES = frozenset({".c", ".h", ".ld", ".ini"})
HASH_DIGITS = 8


def write(folder: Path, kinds: Mapping[str, str], own: Mapping[str, Path] = MappingProxyType({})) -> None:
    """Write the headers, for these kinds of model by task, some of them own ones (models.own); they keep their time stamps while
    nothing changes. InputError as pins.assign."""
    made = {"pins.h": header(assign(netlist.read())), "models.h": models.header(kinds, own)}
    for name, text in made.items():
        files.write(folder / name, text)
    sources = [path.read_text("utf-8") for _, path in sorted(own.items())]
    files.write(folder / "version.h", _version_header("".join([*made.values(), *sources])))


def _version_header(made: str) -> str:
    return (
        "/* Generated: the version of pyproject.toml, and a hash of all sources. */\n#pragma once\n\n"
        f'#define FIRMWARE_VERSION "{_version()}"\n#define FIRMWARE_HASH "{_hash(made)}"\n'
    )


def _version() -> str:
    match = re.search(r'^version = "([^"]+)"$', (paths.ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    if match is None:
        raise InputError('pyproject.toml has no line version = "...": restore it')
    return match[1]


def _hash(made: str) -> str:
    """Of the sources' names and contents and the other headers, never of time or place: it names what was built."""
    digest = hashlib.sha256(made.encode())
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:HASH_DIGITS]
