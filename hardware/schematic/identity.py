"""How the schematic names things, for it and the layout alike: identifiers, sheet paths, net names as KiCad gives them.

Pure functions of the netlist and stable: an identifier depends on the name of its thing alone.
"""

import uuid

from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.part import PinKind

_NAMESPACE = uuid.UUID("5f0c6c0e-1c1b-5a58-9d5c-6f1a1e0d7b11")  # of this project's schematic; arbitrary, never change it


def identifier(*name: object) -> str:
    """A UUID made of the name."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, name))))


ROOT_UUID = identifier("root")


def sheet_uuid(block: str) -> str:
    return identifier("sheet", block)


def sheet_name(block: str) -> str:
    """Path of names of the block's sheet, as KiCad's netlist has it."""
    return f"/{block}/"


def footprint_path(component: Component) -> str:
    """What a footprint on the board carries so that KiCad knows its symbol: sheet and symbol."""
    return f"/{sheet_uuid(component.block)}/{component.uuid}"


def is_supply(netlist: Netlist, net: str) -> bool:
    """Whether the net is drawn with power symbols: a supply pin is on it."""
    return any(pin.kind in (PinKind.POWER_IN, PinKind.POWER_OUT) for _, pin in netlist.on_net(net))


def blocks_of(netlist: Netlist, net: str) -> set[str]:
    return {component.block for component, _ in netlist.on_net(net)}


def leaving(netlist: Netlist, block: str) -> list[str]:
    """Nets that join the block to another one, sorted. Ground is everywhere and left out."""
    return [
        net
        for net in sorted(netlist.nets)
        if net != GROUND and block in blocks_of(netlist, net) and len(blocks_of(netlist, net)) > 1
    ]


def kicad_net(netlist: Netlist, net: str) -> str:
    """The net's name in KiCad: supplies are global, nets between blocks are named on the root sheet, others on theirs."""
    if is_supply(netlist, net):
        return net
    blocks = blocks_of(netlist, net)
    return f"/{net}" if len(blocks) > 1 else f"{sheet_name(*blocks)}{net}"


def kicad_pad_net(netlist: Netlist, ref: str, number: str) -> str:
    """The net of a pad as KiCad names it, that of an open pin included."""
    net = netlist.net_of(ref, number)
    if net is not None:
        return kicad_net(netlist, net)
    name = netlist.components[ref].part.pin(number).name.replace("/", "{slash}")
    return f"unconnected-({ref}-{name}-Pad{number})" if name != number else f"unconnected-({ref}-Pad{number})"
