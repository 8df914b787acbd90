"""Value and limits of a passive part as the distributor's description states them.

A description is words in no fixed order: "-55℃~+155℃ 1kΩ 50V 62.5mW Thick Film Resistor ±1% ±100ppm/℃ 0402 ...".
"""

import re
from dataclasses import dataclass

_UNITS = {"resistance": "Ω", "capacitance": "F", "inductance": "H", "frequency": "Hz"}  # by Rating.quantity
_PREFIXES = {"p": 1e-12, "n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}
_DIELECTRIC = re.compile(r"\b(C0G|NP0|X5R|X6S|X7R|X7S|X7T|Y5V)\b")
_VOLTAGE = re.compile(r"(?:^|\s)(\d+(?:\.\d+)?)V(?=\s|$)")
_TOLERANCE = {"frequency": re.compile(r"±(\d+(?:\.\d+)?)ppm(?=\s|$)")}
_PERCENT = re.compile(r"±(\d+(?:\.\d+)?)%")


@dataclass(frozen=True)
class Reading:
    """What one witness says of a passive part, in SI units; None or "" where it does not say. Tolerance is relative."""

    nominal: float
    tolerance: float | None = None
    voltage_v: float | None = None
    dielectric: str = ""
    size: str = ""  # "0402", in hundredths of an inch


def read(description: str, quantity: str) -> Reading | None:
    """The reading of a description for one of Rating's quantities; None if it states no such value."""
    unit = _UNITS.get(quantity)
    value = unit and re.search(rf"(?:^|\s)(\d+(?:\.\d+)?)([pnumkMG]?){unit}(?=\s|$)", description)
    if not value:
        return None
    tolerance = _TOLERANCE.get(quantity, _PERCENT).search(description)
    voltage = _VOLTAGE.search(description)
    dielectric = _DIELECTRIC.search(description)
    return Reading(
        nominal=float(value[1]) * _PREFIXES[value[2]],
        tolerance=float(tolerance[1]) * (1e-6 if quantity == "frequency" else 1e-2) if tolerance else None,
        voltage_v=float(voltage[1]) if voltage else None,
        dielectric=dielectric[1] if dielectric else "",
    )


def value(text: str, quantity: str) -> float | None:
    """The number in a value as the schematic shows it ("4.7k", "100n", "16MHz"), in SI units; None if it is none."""
    match = re.fullmatch(rf"(\d+(?:\.\d+)?)([pnumkMG]?)(?:{_UNITS.get(quantity, '')})?", text)
    return float(match[1]) * _PREFIXES[match[2]] if match else None
