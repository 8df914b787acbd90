"""Who is joined to whom, from the netlist alone, and what level a net has when its pins drive it.

A net knows its pins and the resistors that pull it to a supply or to ground. A resistor between two signal nets joins
no logic levels: such nets belong to an analogue block (microphone supply, LED), which has a model of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from hardware.netlist import GROUND, Component, Netlist, Terminal
from hardware.parts.part import PinKind
from hardware.virtual_board.device import Drive


class Level(Enum):
    LOW = 0
    HIGH = 1
    FLOATING = 2
    CONTENTION = 3  # two outputs against each other: a short in the making


DRIVE_OF = {  # what hands the level of a net on
    Level.HIGH: Drive.HIGH,
    Level.LOW: Drive.LOW,
    Level.FLOATING: Drive.OPEN,
    Level.CONTENTION: Drive.OPEN,
}
_LEFT_TO = {Drive.OPEN: Level.FLOATING, Drive.HIGH: Level.HIGH, Drive.LOW: Level.LOW}  # a pull within the chip, or nothing


@dataclass(frozen=True)
class Pull:
    """A resistor from a net to a supply (`high`) or to ground."""

    resistor: str
    high: bool
    ohm: float


@dataclass(frozen=True)
class Wiring:
    """The netlist as the virtual board looks at it."""

    netlist: Netlist

    def net(self, ref: str, pin: str) -> str | None:
        """Net of a part's pin, by name or number; None where the pin is open or the part is not fitted."""
        return self.netlist.net_of(ref, pin) if ref in self.netlist.components else None

    def joined(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether two pins, each (reference, pin), are on one net."""
        net = self.net(*one)
        return net is not None and net == self.net(*other)

    def supplied(self, ref: str) -> bool:
        """Whether each supply pin of the part is on a net that a source feeds, and each ground pin on ground."""
        part = self.netlist.components[ref].part
        return all(
            net in self._supply_nets if pin.name in part.supplies else net == GROUND
            for pin in part.pins
            if pin.kind is PinKind.POWER_IN
            for net in [self.netlist.net_of(ref, pin.number)]
        )

    def pulls(self, net: str) -> list[Pull]:
        """The resistors that pull the net up or down."""
        found = []
        for component, _ in self.netlist.on_net(net):
            if not _is_resistor(component):
                continue
            ends = [self.netlist.net_of(component.ref, pin.number) for pin in component.part.pins]
            (other,) = [end for end in ends if end != net] or [None]
            if other == GROUND or other in self._supply_nets:
                assert component.part.rating is not None
                found.append(Pull(component.ref, other != GROUND, component.part.rating.nominal))
        return found

    def level(self, net: str, drives: Mapping[Terminal, Drive], internal_pull: Drive = Drive.OPEN) -> Level:
        """Level of a net whose pins do as `drives` says; pins that it leaves out are open.

        `internal_pull`: a pull-up or pull-down inside the microcontroller, which external ones override.
        """
        if net == GROUND:
            return Level.LOW
        if net in self._supply_nets:
            return Level.HIGH
        driven = [drives.get(terminal, Drive.OPEN) for terminal in self.netlist.nets[net]]
        if Drive.HIGH in driven:
            return Level.CONTENTION if Drive.LOW in driven else Level.HIGH
        if Drive.LOW in driven:
            return Level.LOW
        pulled = self._pulled[net]
        return pulled if pulled is not None else _LEFT_TO[internal_pull]

    @cached_property
    def _pulled(self) -> dict[str, Level | None]:
        """What the strongest resistor makes of each net; None where there is none."""
        return {net: _strongest(self.pulls(net)) for net in self.netlist.nets}

    def bus_targets(self, scl: tuple[str, str], sda: tuple[str, str], devices: Iterable[str]) -> list[str]:
        """Of the parts with pins SCL and SDA, those that a controller on these two pins can talk to.

        Clock must reach clock and data data, both lines need a pull-up, and the part its supply.
        """
        lines = self.net(*scl), self.net(*sda)
        if None in lines or not all(any(pull.high for pull in self.pulls(line)) for line in lines if line is not None):
            return []
        return [
            ref
            for ref in devices
            if ref in self.netlist.components and lines == (self.net(ref, "SCL"), self.net(ref, "SDA")) and self.supplied(ref)
        ]

    @cached_property
    def _supply_nets(self) -> frozenset[str]:
        """Nets that a source drives: the cell's plus."""
        return frozenset(
            net
            for net in self.netlist.nets
            if net != GROUND and any(pin.kind is PinKind.POWER_OUT for _, pin in self.netlist.on_net(net))
        )


def _strongest(pulls: list[Pull]) -> Level | None:
    if not pulls:
        return None
    return Level.HIGH if min(pulls, key=lambda pull: pull.ohm).high else Level.LOW


def _is_resistor(component: Component) -> bool:
    return component.part.rating is not None and component.part.rating.quantity == "resistance"
