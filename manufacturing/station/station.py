"""What a station knows before the first unit comes: image, limits, steps, who works at it. Nothing of it changes with a unit."""

import hashlib
import platform
from dataclasses import dataclass, field
from pathlib import Path

from hardware import netlist as netlists
from hardware import paths
from hardware.errors import InputError
from hardware.netlist import Netlist
from manufacturing.station.addresses import Addresses
from manufacturing.station.flasher.layout import check_image, read_image
from manufacturing.station.selftest import limits as limit_tables
from manufacturing.station.selftest.limits import Limits
from manufacturing.station.selftest.steps import Phase, Step, limited, of_board


@dataclass(frozen=True)
class Station:
    """`addresses`: where those of the units begin; None leaves each unit the one that its unique ID gives."""

    image: bytes
    limits: Limits
    steps: tuple[Step, ...]
    name: str = field(default_factory=lambda: platform.node() or "station")
    operator: str = ""
    batch: str = ""
    baud: int | None = None
    addresses: Addresses | None = None
    factory_image: bytes = b""  # none where no step asks it

    def __post_init__(self) -> None:
        check_image(self.image, "the image")
        if self.of(Phase.FACTORY):
            check_image(self.factory_image, "the factory test image")
        self.limits.require(limited())

    def of(self, phase: Phase) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.phase is phase)

    @property
    def image_sha256(self) -> str:
        return hashlib.sha256(self.image).hexdigest()


def prepare(
    image: Path = paths.FIRMWARE / "firmware.bin",
    limits: Path = limit_tables.STANDARD,
    netlist: Netlist | None = None,
    sha256: str = "",
    factory: Path = paths.FIRMWARE / "factory" / "firmware.bin",
) -> Station:
    """InputError if image, limits or netlist are not there or not right. `sha256`: what the image has to be; "" asks for none."""
    steps = of_board(netlist or netlists.read())
    of_factory = read_image(factory) if any(step.phase is Phase.FACTORY for step in steps) else b""
    found = Station(read_image(image), limit_tables.read(limits), steps, factory_image=of_factory)
    if sha256 and found.image_sha256 != sha256.lower():
        raise InputError(f"{image} has SHA-256 {found.image_sha256}, not {sha256}: take the file that was released")
    return found
