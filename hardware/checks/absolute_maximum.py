"""No pin sees more than its absolute maximum, whatever feeds the board.

This is the fault that ended the board before this one: a charger put 4.2 V on parts that bear 3.6 V.
The same for passive parts' voltage ratings, and for a part that is switched off while another drives its pins.
Steady levels only: what a charged capacitor does in the milliseconds after switching off is not looked at.
"""

from collections.abc import Iterator

from hardware.checks import potentials
from hardware.checks.potentials import Level
from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.part import Pin

# Ceramics of class 2 lose capacity and age faster near their rating: makers advise to stay below 80 % of it.
CLASS_2_DERATING = 0.8
_CLASS_2 = ("X5R", "X7R", "X6S", "X7S", "Y5V")


def findings(netlist: Netlist) -> list[str]:
    levels = potentials.levels(netlist)
    return [
        finding
        for component in netlist.components.values()
        for finding in (
            *_supply_pins(netlist, levels, component),
            *_signal_pins(netlist, levels, component),
            *_rating(netlist, levels, component),
            *_back_powered(netlist, component),
        )
    ]


def _supply_pins(netlist: Netlist, levels: dict[str, Level], component: Component) -> Iterator[str]:
    for name, supply in component.part.supplies.items():
        net = netlist.net_of(component.ref, name)
        level = levels.get(net or "")
        if level is None:
            continue
        reached = f"{component.ref} pin {name}: net {net} can reach {level.volt:g} V (from {level.origin})"
        if level.volt > supply.absolute_max_v:
            yield f"{reached}, above the absolute maximum of {supply.absolute_max_v:g} V of {component.part.name}"
        elif level.volt > supply.operating_max_v:
            yield f"{reached}, above the operating maximum of {supply.operating_max_v:g} V of {component.part.name}"


def _signal_pins(netlist: Netlist, levels: dict[str, Level], component: Component) -> Iterator[str]:
    for pin in component.part.pins:
        net, supply_net = netlist.net_of(component.ref, pin.number), potentials.supply_of(netlist, component, pin)
        level = levels.get(net or "")
        if level is None or not pin.domain:
            continue
        supply = component.part.supplies[pin.domain]
        fed = levels[supply_net].volt if supply_net in levels else 0.0
        limit = min(fed, supply.absolute_max_v) + supply.pin_above_supply_v
        if level.volt > limit + 1e-9:
            yield (
                f"{component.ref} pin {pin.name}: net {net} can reach {level.volt:g} V (from {level.origin}), above "
                f"{limit:g} V, that is {supply.pin_above_supply_v:g} V over its supply {pin.domain} on net {supply_net}"
            )


def _rating(netlist: Netlist, levels: dict[str, Level], component: Component) -> Iterator[str]:
    rating = component.part.rating
    if rating is None or rating.voltage_max_v is None:
        return
    share = CLASS_2_DERATING if rating.dielectric in _CLASS_2 else 1.0
    for pin in component.part.pins:
        net = netlist.net_of(component.ref, pin.number)
        level = levels.get(net or "")
        if level is not None and level.volt > share * rating.voltage_max_v:
            yield (
                f"{component.ref} pin {pin.name}: net {net} can reach {level.volt:g} V (from {level.origin}), above "
                f"{share:.0%} of the {rating.voltage_max_v:g} V that {component.part.name} is rated for"
            )


def _back_powered(netlist: Netlist, component: Component) -> Iterator[str]:
    switched = potentials.switching_pins(netlist)
    for pin in component.part.pins:
        supply = potentials.supply_of(netlist, component, pin)
        net = netlist.net_of(component.ref, pin.number)
        if supply not in switched or net is None or net in (supply, GROUND):
            continue
        for driver in _drivers_beside(netlist, net, supply):
            yield (
                f"{component.ref} pin {pin.name}: net {net} is driven by {driver} while the supply on net {supply} may be "
                "switched off, which would feed the part through its pin"
            )


def _drivers_beside(netlist: Netlist, net: str, supply: str) -> Iterator[str]:
    """What drives a net, other than pins of the domain of `supply` itself."""
    supplies = potentials.supply_nets(netlist)
    reached = potentials.region(netlist, net, supplies | {GROUND}) - {GROUND, supply}
    yield from (f"net {other}" for other in sorted(reached & supplies))
    for driver, pin in potentials.drivers(netlist, reached - supplies):
        if potentials.supply_of(netlist, driver, pin) != supply:
            yield _name(driver, pin)
    for other in sorted(reached - supplies):
        yield from (_name(c, pin) for c, pin in netlist.on_net(other) if pin in potentials.source_pins(c))


def _name(component: Component, pin: Pin) -> str:
    return f"{component.ref} pin {pin.name}"
