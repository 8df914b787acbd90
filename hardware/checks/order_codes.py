"""Do value, footprint and order code of every placed part mean the same thing?

Three witnesses: the part's definition, the distributor's catalogue entry of the order code, and the maker's part
number. A 10 k resistor whose order code is a 1 k would be assembled without a word by everybody else.
"""

import math
import re
from collections.abc import Iterator, Mapping

from hardware.netlist import Component, Netlist
from hardware.parts import catalogue, catalogue_text, maker_codes
from hardware.parts.catalogue import Entry
from hardware.parts.catalogue_text import Reading
from hardware.parts.part import Rating

# What a footprint's name says of the body, and the distributor's names of packages that fit it.
_PACKAGES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"_0402_1005Metric"), ("0402",)),
    (re.compile(r"_0603_1608Metric"), ("0603",)),
    (re.compile(r"_0805_2012Metric"), ("0805",)),
    (re.compile(r"_1206_3216Metric"), ("1206",)),
    (re.compile(r":SOT-23-5$"), ("SOT-23-5",)),
    (re.compile(r":TSSOP-20_4\.4x6\.5mm_P0\.65mm"), ("TSSOP-20",)),
    (re.compile(r":SOIC-8_3\.9x4\.9mm_P1\.27mm"), ("SOIC-8", "SOP-8")),
    (re.compile(r":LGA-12_2x2mm_P0\.5mm"), ("LGA-12(2x2)",)),
    (re.compile(r":Crystal_SMD_3225-4Pin"), ("SMD3225-4P",)),
    (re.compile(r"_2\.75x1\.85mm"), ("SMD-4P,2.8x1.9mm", "SMD-4P,1.9x2.8mm")),
)
_NO_PACKAGE = "-"  # the catalogue does not tell, so the footprint must be drawn for this very part and bear its number

_NOMINAL_MATCH = 1e-6  # values are exact in all witnesses
_TOLERANCE_MATCH = 0.05  # absolute tolerances (0.25 pF of 1.5 pF) are rounded in the part's definition


def findings(netlist: Netlist) -> list[str]:
    """One sentence for each disagreement, by reference."""
    entries = catalogue.load()
    return [
        f"{c.ref}: {fault}" for c in netlist.components.values() if c.part.is_bought or c.lcsc for fault in faults(c, entries)
    ]


def faults(component: Component, entries: Mapping[str, Entry]) -> Iterator[str]:
    """What is wrong with one component, without its reference."""
    if not component.footprint:
        yield f"{component.part.name} has no footprint: name one in its definition"
    if not component.lcsc:
        yield f"{component.part.name} is bought but has no order code: give its LCSC number in the definition"
        return
    entry = entries.get(component.lcsc)
    if entry is None:
        yield f"order code {component.lcsc} is not in hardware/parts/catalogue.csv: correct it or add its row"
        return
    if component.mpn != entry.mpn:
        yield f"is said to be {component.mpn!r}, but {entry.lcsc} is {entry.mpn!r}"
    yield from _package_faults(component, entry)
    if component.part.rating:
        yield from _value_faults(component, component.part.rating, entry)
    for alternate in component.part.alternates:
        other = entries.get(alternate.lcsc)
        if alternate.drop_in and other and not _fits(component.footprint, other):
            yield f"alternate {alternate.mpn} ({alternate.lcsc}) is said to drop in, but its package {other.package} does not fit"


def _package_faults(component: Component, entry: Entry) -> Iterator[str]:
    if not _fits(component.footprint, entry):
        yield f"footprint {component.footprint} does not take {entry.lcsc}, whose package is {entry.package}"
    if entry.joints != len(component.part.pins):
        yield f"{component.part.name} has {len(component.part.pins)} pins, but {entry.lcsc} has {entry.joints} joints"


def _fits(footprint: str, entry: Entry) -> bool:
    if entry.package == _NO_PACKAGE:
        return entry.mpn in footprint
    return any(pattern.search(footprint) and entry.package in packages for pattern, packages in _PACKAGES)


def _value_faults(component: Component, rating: Rating, entry: Entry) -> Iterator[str]:
    value = catalogue_text.value(component.value, rating.quantity)
    if value is None or not math.isclose(value, rating.nominal, rel_tol=_NOMINAL_MATCH):
        yield f"value {component.value} is not the {rating.nominal:g} of {component.part.name}'s rating"
    stated = catalogue_text.read(entry.description, rating.quantity)
    if stated is None:
        yield f"order code {entry.lcsc} is no part with a {rating.quantity}: {entry.description}"
    else:
        yield from _differences(component, rating, stated, f"order code {entry.lcsc}")
    for mpn in dict.fromkeys((component.mpn, entry.mpn)):
        coded = maker_codes.decode(mpn)
        if coded:
            yield from _differences(component, rating, coded, f"maker's code {mpn}")


def _differences(component: Component, rating: Rating, reading: Reading, witness: str) -> Iterator[str]:
    value = catalogue_text.value(component.value, rating.quantity)
    expected = rating.nominal if value is None else value
    if not math.isclose(expected, reading.nominal, rel_tol=_NOMINAL_MATCH):
        yield f"value is {component.value}, but {witness} is {reading.nominal:g} ({rating.quantity} in SI units)"
    if reading.tolerance is not None and not math.isclose(rating.tolerance, reading.tolerance, rel_tol=_TOLERANCE_MATCH):
        yield f"tolerance is {rating.tolerance:g}, but {witness} has {reading.tolerance:g}"
    if None not in (reading.voltage_v, rating.voltage_max_v) and reading.voltage_v != rating.voltage_max_v:
        yield f"voltage rating is {rating.voltage_max_v:g} V, but {witness} has {reading.voltage_v:g} V"
    if reading.dielectric and reading.dielectric != rating.dielectric:
        yield f"dielectric is {rating.dielectric or 'not stated'}, but {witness} is {reading.dielectric}"
    if reading.size and f"_{reading.size}_" not in component.footprint:
        yield f"footprint is {component.footprint}, but {witness} is of size {reading.size}"
