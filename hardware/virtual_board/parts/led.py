"""An LED behind its resistor: it shines when the net before the resistor is high and its cathode is on ground."""

from dataclasses import dataclass

from hardware.netlist import GROUND, Netlist
from hardware.parts.indicator import LED_RED
from hardware.virtual_board.wiring import Wiring


@dataclass(frozen=True)
class Led:
    """`net`: what drives it, through so many ohm. Turned round it would have no net."""

    ref: str
    net: str
    ohm: float

    def current_ua(self, supply_v: float) -> float:
        """While it shines. The pin's own resistance is left out: 50 ohm of 1050."""
        return max(0.0, supply_v - float(LED_RED.facts["forward_v"])) / self.ohm * 1e6


def leds(wiring: Wiring) -> tuple[Led, ...]:
    """Those that can shine."""
    return tuple(
        Led(component.ref, net, ohm)
        for component in wiring.netlist.of_part(LED_RED.name)
        if wiring.net(component.ref, "K") == GROUND != wiring.net(component.ref, "A")
        for net, ohm in _behind_resistors(wiring.netlist, wiring.net(component.ref, "A"))
    )


def _behind_resistors(netlist: Netlist, net: str | None) -> list[tuple[str, float]]:
    found = []
    for component, pin in netlist.on_net(net) if net is not None else ():
        rating = component.part.rating
        if rating is not None and rating.quantity == "resistance":
            others = [netlist.net_of(component.ref, p.number) for p in component.part.pins if p.number != pin.number]
            found += [(other, rating.nominal) for other in others if other is not None and other != net]
    return found
