"""SKiDL, set up for this project: parts come from `hardware.parts`, never from symbol libraries."""

import skidl
from skidl import POWER

from hardware.parts import PARTS
from hardware.parts.part import PinKind

_PIN_FUNCTION = {
    PinKind.INPUT: skidl.Pin.types.INPUT,
    PinKind.OUTPUT: skidl.Pin.types.OUTPUT,
    PinKind.BIDIRECTIONAL: skidl.Pin.types.BIDIR,
    PinKind.PASSIVE: skidl.Pin.types.PASSIVE,
    PinKind.POWER_IN: skidl.Pin.types.PWRIN,
    PinKind.POWER_OUT: skidl.Pin.types.PWROUT,
    PinKind.NO_CONNECT: skidl.Pin.types.NOCONNECT,
}


class Block:
    """One block of the circuit, one sheet of the schematic: places parts and joins their pins to nets.

    Reference designators are given, not counted, so that a new part renames no other.
    """

    def __init__(self, circuit: skidl.Circuit, name: str) -> None:
        self.circuit = circuit
        self.name = name

    def net(self, name: str, *, driven: bool = False) -> skidl.Net:
        """A new net. `driven`: a supply that reaches its loads through a passive part, so no pin drives it."""
        net = skidl.Net(name, circuit=self.circuit)
        if driven:
            net.drive = POWER
        return net

    def place(self, part_name: str, ref: str, **pins: skidl.Net) -> skidl.Part:
        """Place a part of `hardware.parts`; pins that are not named in `pins` stay open and must be declared so.

        Pins are named as p1 or by name: place("R_1k", "R1", p1=led, p2=gnd). KeyError for an unknown part or pin.
        """
        definition = PARTS[part_name]
        placed = skidl.Part(
            name=definition.name,
            tool=skidl.SKIDL,
            dest=skidl.NETLIST,
            circuit=self.circuit,
            ref_prefix=definition.reference,
            ref=ref,
            tag=ref,
            value=definition.value,
            footprint=definition.footprint,
            pins=[skidl.Pin(num=pin.number, name=pin.name, func=_PIN_FUNCTION[pin.kind]) for pin in definition.pins],
        )
        placed.fields.update({"Part": definition.name, "Block": self.name, "MPN": definition.mpn, "LCSC": definition.lcsc})
        for name, net in pins.items():
            self.join(placed, name, net)
        return placed

    def join(self, placed: skidl.Part, pin: str, net: skidl.Net) -> None:
        """Join every pin of that name (or, as "p3", of that number) to the net."""
        definition = PARTS[placed.fields["Part"]]
        numbers = [p.number for p in definition.pins if p.name == pin or f"p{p.number}" == pin]
        if not numbers:
            raise KeyError(f"{placed.ref} ({definition.name}) has no pin {pin}")
        for number in numbers:
            placed.p[number] += net

    def open(self, placed: skidl.Part, *pins: str) -> None:
        """Declare pins open on purpose; the netlist carries the declaration as the part's field "Open"."""
        for pin in pins:
            self.join(placed, pin, self.circuit.NC)
        placed.fields["Open"] = " ".join([*str(placed.fields.get("Open", "")).split(), *pins])
