"""What is written into a unit that passed: its serial number, its calibration, its address if the maker gives one."""

from manufacturing.station.addresses import Addresses
from manufacturing.station.selftest.procedure import AXES
from manufacturing.station.selftest.unit import UnitUnderTest


def configure(unit: UnitUnderTest, serial: int, addresses: Addresses | None) -> None:
    """Failure if the unit does not take it, or does not give it back."""
    offsets = {name: unit.calibration[name] for name in (f"offset_{axis}_mg" for axis in AXES) if name in unit.calibration}
    for name, value in offsets.items():
        unit.check(name.removesuffix("_mg"), float(value))
    unit.end()
    wanted = {"serial": serial, **{name: int(value) for name, value in offsets.items()}}
    wanted |= addresses.settings(serial) if addresses else {"address_override": 0}
    write(unit, wanted)
    if addresses:
        address = unit.ask("info")["address"].upper()
        unit.require(address == addresses.of(serial), "ADDRESS", f"the unit's address is {address}, not {addresses.of(serial)}")
        unit.calibration["address"] = address


def write(unit: UnitUnderTest, wanted: dict[str, int]) -> None:
    """Only what differs: each change takes an erasure of a flash page."""
    before = unit.settings()
    for name, value in wanted.items():
        if before.get(name) != value:
            unit.ask("config", "set", name, value)
    found = unit.settings()
    wrong = [name for name, value in wanted.items() if found.get(name) != value]
    unit.require(not wrong, "READBACK", f"the unit gives back other values of {', '.join(wrong)} than were written")
