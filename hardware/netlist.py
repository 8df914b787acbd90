"""The netlist: what layout, cost, firmware and virtual board read of the circuit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from hardware import sexpr
from hardware.errors import InputError
from hardware.parts import PARTS
from hardware.parts.part import Part, Pin

GROUND = "GND"
REFERENCE = Path(__file__).parent / "board.net"  # committed, so that a circuit change shows as its diff


class Terminal(NamedTuple):
    """One pin of one placed part."""

    ref: str
    number: str


@dataclass(frozen=True)
class Component:
    """A placed part. Value, footprint and order code are as the netlist has them; `part` is the definition.

    `open_pins` are the names of the pins that the circuit declares open on purpose.
    """

    ref: str
    part: Part
    value: str
    footprint: str
    lcsc: str
    mpn: str
    block: str
    uuid: str
    open_pins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Netlist:
    """Components by reference, nets by name; both in natural order. Declared open pins are on no net."""

    components: Mapping[str, Component]
    nets: Mapping[str, tuple[Terminal, ...]]

    @cached_property
    def _net_names(self) -> dict[Terminal, str]:
        return {terminal: name for name, terminals in self.nets.items() for terminal in terminals}

    @cached_property
    def _asked(self) -> dict[tuple[str, str], Terminal]:
        """Pins that were asked for already, as they were named: a simulation asks for the same ones again and again."""
        return {}

    def terminal(self, ref: str, pin: str) -> Terminal:
        """A pin given by number or unique name. KeyError if there is none."""
        asked = self._asked
        if (ref, pin) not in asked:
            asked[ref, pin] = Terminal(ref, self.components[ref].part.pin(pin).number)
        return asked[ref, pin]

    def net_of(self, ref: str, pin: str) -> str | None:
        """Name of the net on a pin, given by number or unique name; None where the pin is open."""
        return self._net_names.get(self.terminal(ref, pin))

    def pin(self, terminal: Terminal) -> Pin:
        return self.components[terminal.ref].part.pin(terminal.number)

    def on_net(self, net: str) -> Iterator[tuple[Component, Pin]]:
        """Each component and pin on the net."""
        return ((self.components[t.ref], self.pin(t)) for t in self.nets[net])

    def of_part(self, name: str) -> list[Component]:
        """The placed components of one part definition."""
        return [component for component in self.components.values() if component.part.name == name]

    def in_block(self, block: str) -> list[Component]:
        return [component for component in self.components.values() if component.block == block]


def natural_order(ref: str) -> tuple[str, int, str]:
    """Sorts C2 before C10."""
    prefix = ref.rstrip("0123456789")
    digits = ref[len(prefix) :]
    return prefix, int(digits) if digits else -1, ref


def read(path: Path = REFERENCE) -> Netlist:
    """Read a KiCad netlist that the circuit exported.

    InputError if the file is missing, malformed, or names a part that hardware/parts does not define.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path} is missing: run make, which writes it from hardware/circuit") from None
    except (ValueError, KeyError, IndexError) as error:
        raise InputError(f"{path} is not a netlist of this project ({error}): run make to write it again") from None


def parse(text: str) -> Netlist:
    """The netlist in the text. ValueError or KeyError if it is none of ours."""
    tree = sexpr.parse(text)
    components = [_component(node) for node in _section(tree, "components", "comp")]
    nets = {
        sexpr.value(node, "name"): tuple(
            sorted(
                (Terminal(sexpr.value(n, "ref"), sexpr.value(n, "pin")) for n in sexpr.children(node, "node")),
                key=lambda t: (natural_order(t.ref), natural_order(t.number)),
            )
        )
        for node in _section(tree, "nets", "net")
    }
    return Netlist(
        {c.ref: c for c in sorted(components, key=lambda c: natural_order(c.ref))},
        {name: nets[name] for name in sorted(nets)},
    )


def _section(tree: sexpr.Node, section: str, item: str) -> Iterator[sexpr.Node]:
    found = sexpr.child(tree, section)
    if found is None:
        raise ValueError(f"no section ({section} ...)")
    return sexpr.children(found, item)


def _component(node: sexpr.Node) -> Component:
    fields = {
        sexpr.value(field, "name"): str(field[2]) if len(field) > 2 else ""
        for field in sexpr.children(sexpr.child(node, "fields") or [], "field")
    }
    ref = sexpr.value(node, "ref")
    if fields.get("Part") not in PARTS:
        raise ValueError(f"{ref} is of the unknown part {fields.get('Part')!r}")
    return Component(
        ref=ref,
        part=PARTS[fields["Part"]],
        value=sexpr.value(node, "value"),
        footprint=sexpr.value(node, "footprint"),
        lcsc=fields.get("LCSC", ""),
        mpn=fields.get("MPN", ""),
        block=fields.get("Block", ""),
        uuid=sexpr.value(node, "tstamps"),
        open_pins=tuple(fields.get("Open", "").split()),
    )
