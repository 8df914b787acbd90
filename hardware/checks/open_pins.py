"""Every pin is on a net or declared open in the circuit, no open pin floats that must not, no net ends at one pin."""

from collections.abc import Iterator

from hardware.netlist import Component, Netlist, Terminal
from hardware.parts.part import PinKind

_MUST_BE_CONNECTED = {
    PinKind.INPUT: "an input that would float",
    PinKind.POWER_IN: "a supply pin",
    PinKind.POWER_OUT: "a supply pin",
}


def findings(netlist: Netlist) -> list[str]:
    return [
        *(finding for component in netlist.components.values() for finding in _pins(netlist, component)),
        *(
            f"net {net} joins {len(terminals)} pin{'' if terminals else 's'}{_only(netlist, terminals)}: a net needs two"
            for net, terminals in netlist.nets.items()
            if len(terminals) < 2
        ),
    ]


def _pins(netlist: Netlist, component: Component) -> Iterator[str]:
    for pin in component.part.pins:
        net = netlist.net_of(component.ref, pin.number)
        name = f"{component.ref} pin {pin.number} ({pin.name})"
        declared = pin.name in component.open_pins or f"p{pin.number}" in component.open_pins
        if net is None and not declared:
            yield f"{name} is on no net and not declared open: connect it, or declare it open in hardware/circuit"
        elif net is not None and declared:
            yield f"{name} is declared open and yet on net {net}"
        elif net is None and pin.kind in _MUST_BE_CONNECTED:
            yield f"{name} is declared open, but is {_MUST_BE_CONNECTED[pin.kind]}"
        elif net is not None and pin.kind is PinKind.NO_CONNECT:
            yield f"{name} must stay unconnected by its maker's word, but is on net {net}"


def _only(netlist: Netlist, terminals: tuple[Terminal, ...]) -> str:
    return "".join(f" ({t.ref} pin {netlist.pin(t).name})" for t in terminals)
