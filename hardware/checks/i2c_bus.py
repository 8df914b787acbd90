"""I2C: pull-ups within the limits of the bus specification, address and mode straps tied, addresses unique.

Limits: NXP UM10204 rev. 7, tables 10 and 11. Fast mode (400 kHz) is asked for, which includes standard mode.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.checks import potentials
from hardware.netlist import GROUND, Component, Netlist

RISE_TIME_MAX_S = 300e-9
_RISE_TIME_PER_RC = 0.8473  # from 0.3 to 0.7 of the supply
_SINK_MA, _SINK_LOW_V = 3.0, 0.4  # what every output on the bus must be able to do
_PIN_F = 10e-12
_TRACKS_F = 20e-12  # some centimetres of track on a board of this size
LEAKAGE_UA = 10.0  # of one pin, at most


@dataclass(frozen=True)
class Line:
    """One line of the bus: its net, the pins of devices on it and its pull-up resistors."""

    name: str  # "SCL" or "SDA"
    net: str
    supply: str | None  # net of the devices' supply
    pins: int
    pull_ups: tuple[Component, ...]

    @property
    def pull_up_ohm(self) -> float:
        """Of all pull-ups in parallel, nominal; infinite without any."""
        conductance = sum(1 / r.part.rating.nominal for r in self.pull_ups if r.part.rating)
        return 1 / conductance if conductance else float("inf")


def findings(netlist: Netlist) -> list[str]:
    levels = potentials.levels(netlist)
    return [
        *(finding for line in lines(netlist) for finding in _line(line, levels)),
        *(finding for device in _devices(netlist) for finding in _straps(netlist, device)),
        *_clashes(netlist),
    ]


def lines(netlist: Netlist) -> list[Line]:
    """The lines of every bus: nets on a pin named SCL or SDA."""
    found: dict[str, Line] = {}
    for device in _devices(netlist):
        for name in ("SCL", "SDA"):
            net = netlist.net_of(device.ref, name)
            if net is None or net in found:
                continue
            supply = potentials.supply_of(netlist, device, device.part.pin(name))
            pins = sum(1 for _, pin in netlist.on_net(net) if pin.domain)
            found[net] = Line(name, net, supply, pins, _pull_ups(netlist, net, supply))
    return list(found.values())


def addresses(netlist: Netlist) -> dict[str, int]:
    """The address of each device by reference, as its strap sets it. Devices with a floating strap are absent."""
    found = {}
    for device in _devices(netlist):
        net = _strap_net(netlist, device)
        if net == GROUND:
            found[device.ref] = int(device.part.facts["i2c_address_low"])
        elif net in potentials.supply_nets(netlist):
            found[device.ref] = int(device.part.facts["i2c_address_high"])
    return found


def _devices(netlist: Netlist) -> list[Component]:
    return [c for c in netlist.components.values() if {"SCL", "SDA"} <= {pin.name for pin in c.part.pins}]


def _pull_ups(netlist: Netlist, net: str, supply: str | None) -> tuple[Component, ...]:
    return tuple(
        component
        for component, _ in netlist.on_net(net)
        if component.part.rating is not None
        and component.part.rating.quantity == "resistance"
        and {netlist.net_of(component.ref, pin.number) for pin in component.part.pins} == {net, supply}
    )


def _line(line: Line, levels: dict[str, potentials.Level]) -> Iterator[str]:
    if not line.pull_ups:
        yield f"net {line.net} ({line.name}): no pull-up resistor to the supply of its devices, net {line.supply}"
        return
    refs = "+".join(r.ref for r in line.pull_ups)
    tolerance = max(r.part.rating.tolerance for r in line.pull_ups if r.part.rating)
    bus_f = line.pins * _PIN_F + _TRACKS_F
    rise_s = _RISE_TIME_PER_RC * line.pull_up_ohm * (1 + tolerance) * bus_f
    if rise_s > RISE_TIME_MAX_S:
        yield (
            f"net {line.net} ({line.name}): {refs} of {line.pull_up_ohm:g} ohm lets it rise in {rise_s * 1e9:.0f} ns at "
            f"{bus_f * 1e12:.0f} pF, slower than the {RISE_TIME_MAX_S * 1e9:.0f} ns of fast mode"
        )
    high_v = levels[line.supply].volt if line.supply in levels else 0.0
    sink_ma = (high_v - _SINK_LOW_V) / (line.pull_up_ohm * (1 - tolerance)) * 1e3
    if sink_ma > _SINK_MA:
        yield (
            f"net {line.net} ({line.name}): {refs} of {line.pull_up_ohm:g} ohm makes an output sink {sink_ma:.1f} mA at "
            f"{high_v:g} V, more than the {_SINK_MA:g} mA of the bus specification"
        )


def _strap_net(netlist: Netlist, device: Component) -> str | None:
    pin = device.part.facts.get("i2c_address_pin")
    return netlist.net_of(device.ref, str(pin)) if pin is not None else None


def _straps(netlist: Netlist, device: Component) -> Iterator[str]:
    facts = device.part.facts
    if "i2c_address_pin" in facts and device.ref not in addresses(netlist):
        net = _strap_net(netlist, device)
        where = "open" if net is None else f"on net {net}"
        yield f"{device.ref} pin {facts['i2c_address_pin']}: the address strap is {where}, not tied to ground or a supply"
    if "i2c_select_high_pin" in facts:
        pin = device.part.pin(str(facts["i2c_select_high_pin"]))
        net = netlist.net_of(device.ref, pin.number)
        if net is None or net != potentials.supply_of(netlist, device, pin):
            yield f"{device.ref} pin {pin.name}: must be on the supply {pin.domain} to select I2C, but is on net {net}"


def _clashes(netlist: Netlist) -> Iterator[str]:
    places = {ref: (netlist.net_of(ref, "SDA"), address) for ref, address in addresses(netlist).items()}
    for (net, address), count in Counter(places.values()).items():
        if count > 1:
            refs = " and ".join(ref for ref, place in places.items() if place == (net, address))
            yield f"net {net}: {refs} answer at the same address {address:#04x}"
