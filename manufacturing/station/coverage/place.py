"""Where on the circuit a change is: what explanations of it are found by."""

from dataclasses import dataclass
from functools import cached_property

from hardware.netlist import Component, Netlist, Terminal
from hardware.parts.part import PinKind
from manufacturing.station.coverage.changes import Change, Open, OtherCell, Short


@dataclass(frozen=True)
class Place:
    netlist: Netlist
    change: Change

    @property
    def part(self) -> Component | None:
        """The one that it is about."""
        match self.change:
            case Short() | OtherCell():
                return None
            case Open(terminal):
                return self.netlist.components[terminal.ref]
            case _:
                return self.netlist.components[self.change.ref]

    @property
    def quantity(self) -> str:
        """What the one part has a value of: resistance, capacitance; empty if nothing."""
        return self.part.part.rating.quantity if self.part is not None and self.part.part.rating is not None else ""

    @property
    def pins(self) -> set[Terminal]:
        """Those that it is at. A passive part acts through all of its pins."""
        match self.change:
            case Short(first, second):
                return {first, second}
            case Open(terminal) if not self.quantity:
                return {terminal}
            case _:
                return {Terminal(self.part.ref, pin.number) for pin in self.part.part.pins} if self.part is not None else set()

    @property
    def nets(self) -> set[str]:
        return {net for pin in self.pins if (net := self.netlist.net_of(pin.ref, pin.number)) is not None}

    @cached_property
    def ends(self) -> set[Terminal]:
        """All that its nets join, and pins on none."""
        return self.pins.union(*(self.netlist.nets[net] for net in self.nets))

    def is_at(self, part: str, *names: str) -> bool:
        """Whether one of the pins that it is at is one of these of that part."""
        return any(self._is(pin, part, names) for pin in self.pins)

    def meets(self, part: str, *names: str) -> bool:
        """Whether its nets join one of these pins of that part; of no names, any."""
        return any(self._is(end, part, names) for end in self.ends)

    def reaches(self, kind: PinKind) -> bool:
        return any(self.netlist.pin(end).kind is kind for end in self.ends)

    def _is(self, end: Terminal, part: str, names: tuple[str, ...]) -> bool:
        return self.netlist.components[end.ref].part.name == part and (not names or self.netlist.pin(end).name in names)
