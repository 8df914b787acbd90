"""What a pin of the microcontroller feeds through a resistor: the microphone's supply, a capacity that charges and discharges.

The pin drives it through its own resistance and that resistor; floating, it shows the digital level that the charge holds.
Between two changes of the pin the voltage is an exponential with the capacity that is left at its beginning: ceramic loses
some under voltage. The threshold of the input is taken as half the supply: the datasheet allows 0.3 to 0.7 of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

from hardware.netlist import GROUND, Component, Netlist, Terminal
from hardware.parts.part import Part, PinKind
from hardware.spice.deck import share_of_capacitance
from hardware.virtual_board.device import Drive
from hardware.virtual_board.ticks import Ticks, to_seconds

_THRESHOLD = 0.5  # of the supply


@dataclass(frozen=True)
class FedNet:
    """`ohm`: from the chip's supply or ground, the pin's own included. `load_a`: what the parts behind it take."""

    pin: Terminal
    net: str  # of the pin
    ohm: float
    capacitors: tuple[Part, ...]
    load_a: float

    def __deepcopy__(self, memo: dict[int, object]) -> "FedNet":
        """Nothing of it changes."""
        return self

    def farad(self, volt: float) -> float:
        return sum(part.rating.nominal * share_of_capacitance(part, volt) for part in self.capacitors if part.rating is not None)


@dataclass
class FedVoltage:
    """Empty at first."""

    fed: FedNet
    driven: Drive = Drive.OPEN
    _volt: float = 0.0
    _since: Ticks = 0
    _supply_v: float = 0.0

    def drive(self, drive: Drive, supply_v: float, now: Ticks) -> None:
        """From now on the pin does this."""
        self._volt, self._since = self.volt(now), now
        self.driven, self._supply_v = drive, supply_v

    def volt(self, now: Ticks) -> float:
        seconds, farad = to_seconds(now - self._since), self.fed.farad(self._volt)
        if self.driven is Drive.OPEN:
            return max(0.0, self._volt - self.fed.load_a * seconds / farad)
        end_v = max(0.0, self._supply_v - self.fed.load_a * self.fed.ohm) if self.driven is Drive.HIGH else 0.0
        return end_v + (self._volt - end_v) * exp(-seconds / (self.fed.ohm * farad))

    def is_high(self, supply_v: float, now: Ticks) -> bool:
        return self.volt(now) > _THRESHOLD * supply_v


def fed_nets(netlist: Netlist, mcu: str, numbers: Iterable[str]) -> tuple[FedNet, ...]:
    """Of these pins, those that feed a capacitor. Where a pin has several on its way, the largest counts."""
    pin_ohm = float(netlist.components[mcu].part.facts["pin_output_ohm"])
    nets = ((Terminal(mcu, number), netlist.net_of(mcu, number)) for number in numbers)
    ways = (
        [FedNet(pin, net, pin_ohm + ohm, _capacitors(netlist, end), _load_a(netlist, end)) for end, ohm in _ends(netlist, net)]
        for pin, net in nets
        if net is not None and not _is_rail(netlist, net)
    )
    return tuple(max(fed, key=lambda one: one.farad(0.0)) for way in ways if (fed := [one for one in way if one.capacitors]))


def _ends(netlist: Netlist, net: str) -> list[tuple[str, float]]:
    """The net itself, and those behind a resistor."""
    ends = [(net, 0.0)]
    for component, _ in netlist.on_net(net):
        if component.part.rating is not None and component.part.rating.quantity == "resistance":
            others = _nets(netlist, component) - {net, None}
            ends += [(other, component.part.rating.nominal) for other in others if other and not _is_rail(netlist, other)]
    return ends


def _capacitors(netlist: Netlist, net: str) -> tuple[Part, ...]:
    found = (component for component, _ in netlist.on_net(net) if _nets(netlist, component) == {net, GROUND})
    return tuple(c.part for c in found if c.part.rating is not None and c.part.rating.quantity == "capacitance")


def _load_a(netlist: Netlist, net: str) -> float:
    return sum(1e-6 * float(c.part.facts.get("supply_ua", 0.0)) for c, pin in netlist.on_net(net) if pin.name in c.part.supplies)


def _nets(netlist: Netlist, component: Component) -> set[str | None]:
    return {netlist.net_of(component.ref, pin.number) for pin in component.part.pins}


def _is_rail(netlist: Netlist, net: str) -> bool:
    return net == GROUND or any(pin.kind is PinKind.POWER_OUT for _, pin in netlist.on_net(net))
