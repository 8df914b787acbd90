"""Components of the netlist as elements of a deck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hardware.errors import InputError
from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.part import Part, Pin
from hardware.spice import models

_LETTER = {"resistance": "R", "capacitance": "C", "inductance": "L"}
_INSIDE_OHM = 0.1
_BIAS_V = 3.0  # the voltage at which a part states its share of capacity


@dataclass(frozen=True)
class Corner:
    """One set of values within tolerance.

    `scale`: factor on a passive part's nominal value, by reference. `facts`: figures of a chip in place of those of its
    definition, by reference and name of the fact.
    """

    scale: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def fact(self, component: Component, name: str) -> float:
        return self.facts.get((component.ref, name), float(component.part.facts[name]))


NOMINAL = Corner()


def the_only(netlist: Netlist, part: Part) -> Component:
    """The one placed component of a part that a simulation is about. InputError if there is none, or more than one."""
    found = netlist.of_part(part.name)
    if len(found) != 1:
        raise InputError(f"the netlist has {len(found)} {part.name} where the simulation needs one: see hardware/circuit")
    return found[0]


def node(netlist: Netlist, ref: str, pin: Pin) -> str:
    """The node at a pin. An open pin has a node of its own."""
    net = netlist.net_of(ref, pin.number)
    return node_of(net) if net is not None else f"open_{ref}_{pin.number}".lower()


def node_of(net: str) -> str:
    return "0" if net == GROUND else net.lower()


def share_of_capacitance(part: Part, volt: float) -> float:
    """What a ceramic capacitor keeps of its capacity under DC bias: all at 0 V, the stated share at 3 V, linear between."""
    share = float(part.facts.get("share_of_capacitance_at_3v", 1.0))
    return 1 - (1 - share) * min(abs(volt) / _BIAS_V, 1.0)


def elements(netlist: Netlist, components: list[Component], corner: Corner, bias_v: Mapping[str, float]) -> Iterator[str]:
    """The lines of the components that have a model. `bias_v`: DC voltage of nodes, for the capacitors' loss."""
    for component in components:
        nodes = [node(netlist, component.ref, pin) for pin in component.part.pins]
        letter = _LETTER.get(component.part.rating.quantity) if component.part.rating else None
        if component.part.rating is not None and letter is not None:
            value = component.part.rating.nominal * corner.scale.get(component.ref, 1.0)
            if letter == "C":
                across = bias_v.get(nodes[0], 0.0) - bias_v.get(nodes[1], 0.0)
                value *= share_of_capacitance(component.part, across)
            yield f"{letter}{component.ref} {nodes[0]} {nodes[1]} {value:.9g}"
        elif component.part.name in models.MODELS:
            facts = {name: corner.facts.get((component.ref, name), value) for name, value in component.part.facts.items()}
            facts |= {name: value for (ref, name), value in corner.facts.items() if ref == component.ref}
            by_name: dict[str, str] = {}
            for pin, name in zip(component.part.pins, nodes, strict=True):
                if by_name.setdefault(pin.name, name) != name:  # pins of one name are one inside the part
                    yield f"R{component.ref}_{pin.number} {by_name[pin.name]} {name} {_INSIDE_OHM:g}"
            yield from models.MODELS[component.part.name](component.ref, by_name, facts)
