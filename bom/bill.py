"""The bill of materials: the netlist's parts, grouped by definition, and the cell that goes with each holder."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hardware.netlist import Netlist
from hardware.parts import catalogue
from hardware.parts.catalogue import Entry
from hardware.parts.cell import CR2032
from hardware.parts.part import Alternate, Part

_HOLDER = "BT"  # reference prefix of what a cell is put into


@dataclass(frozen=True)
class Item:
    """One line: a part, where it is, and what the distributor says of it. A cell has no catalogue entry."""

    part: Part
    refs: tuple[str, ...]
    entry: Entry | None

    @property
    def quantity(self) -> int:
        return len(self.refs)

    @property
    def assembled(self) -> bool:
        return not self.part.fitted_by_user

    @property
    def through_hole(self) -> bool:
        return self.part.through_hole_joints > 0


def bill(netlist: Netlist, entries: Mapping[str, Entry]) -> tuple[Item, ...]:
    """Items in the order of their first reference. InputError for an order code that the catalogue lacks."""
    refs: dict[str, list[str]] = {}
    parts: dict[str, Part] = {}
    cells: list[str] = []
    for component in netlist.components.values():
        if component.part.reference == _HOLDER:
            cells.append(component.ref)
        if component.part.is_bought:
            refs.setdefault(component.part.name, []).append(component.ref)
            parts[component.part.name] = component.part
    items = [_item(part, tuple(refs[name]), entries) for name, part in parts.items()]
    if cells:
        items.append(Item(CR2032, tuple(cells), entry=None))
    return tuple(items)


def with_alternate(items: tuple[Item, ...], item: Item, alternate: Alternate, entries: Mapping[str, Entry]) -> tuple[Item, ...]:
    """The bill with one part bought as its alternate. InputError for an order code that the catalogue lacks."""
    part = replace(item.part, mpn=alternate.mpn, lcsc=alternate.lcsc)
    return tuple(_item(part, item.refs, entries) if other is item else other for other in items)


def _item(part: Part, refs: tuple[str, ...], entries: Mapping[str, Entry]) -> Item:
    return Item(part, refs, catalogue.entry_of(entries, part.lcsc, f"{part.name} ({', '.join(refs)})"))
