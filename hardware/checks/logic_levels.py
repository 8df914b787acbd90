"""What a driver puts on a net, its receivers read rightly, with noise margin, at both ends of the supply range.

Push-pull outputs and thresholds are fractions of their supplies; an I2C line is pulled low by a driver and high by
its pull-up, less the leakage of the pins. Nets that an analogue output drives (no logic levels) are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.checks import i2c_bus, potentials
from hardware.netlist import Component, Netlist
from hardware.parts.cell import CUTOFF_V
from hardware.parts.part import LogicLevels, Pin, PinKind

NOISE_MARGIN = 0.1  # of the receiver's supply: the low-level margin that the I2C specification asks for, taken for all
_RECEIVING = (PinKind.INPUT, PinKind.BIDIRECTIONAL)


@dataclass(frozen=True)
class Margin:
    """Distance between what a driver guarantees and what a receiver needs, in volts."""

    net: str
    driver: str
    receiver: str
    driver_supply_v: float
    receiver_supply_v: float
    low_v: float
    high_v: float


def findings(netlist: Netlist) -> list[str]:
    too_small = [
        f"net {m.net}: {m.driver} at {m.driver_supply_v:g} V leaves {m.receiver} at {m.receiver_supply_v:g} V a margin of "
        f"{m.low_v:.2f} V low and {m.high_v:.2f} V high, less than {NOISE_MARGIN:.0%} of the receiver's supply"
        for m in margins(netlist)
        if min(m.low_v, m.high_v) < NOISE_MARGIN * m.receiver_supply_v - 1e-9
    ]
    return too_small + list(_overloads(netlist))


def margins(netlist: Netlist) -> list[Margin]:
    """The margins of every pair of driver and receiver, at the lowest and the highest supply.

    Where the two have different supplies, each end of one meets each end of the other.
    """
    return [
        margin
        for net in netlist.nets
        for driver, out in _logic_drivers(netlist, net)
        for receiver, pin in netlist.on_net(net)
        if receiver is not driver and pin.kind in _RECEIVING and receiver.part.levels is not None
        for margin in _pair(netlist, net, (driver, out), (receiver, pin))
    ]


def _logic_drivers(netlist: Netlist, net: str) -> list[tuple[Component, Pin]]:
    found = potentials.drivers(netlist, {net})
    return found if all(component.part.levels is not None for component, _ in found) else []


def _pair(netlist: Netlist, net: str, driver: tuple[Component, Pin], receiver: tuple[Component, Pin]) -> Iterator[Margin]:
    out, needs = driver[0].part.levels, receiver[0].part.levels
    out_supply, in_supply = (potentials.supply_of(netlist, *side) for side in (driver, receiver))
    if out is None or needs is None or out_supply is None or in_supply is None:
        return
    levels = potentials.levels(netlist)
    ends = {supply: (CUTOFF_V, levels[supply].volt) for supply in (out_supply, in_supply) if supply in levels}
    for out_v in ends.get(out_supply, ()):
        for in_v in ends.get(in_supply, ()):
            if out_supply == in_supply and out_v != in_v:
                continue
            low, high = _output(netlist, net, out, out_v)
            yield Margin(
                net=net,
                driver=f"{driver[0].ref} pin {driver[1].name}",
                receiver=f"{receiver[0].ref} pin {receiver[1].name}",
                driver_supply_v=out_v,
                receiver_supply_v=in_v,
                low_v=needs.input_low_max * in_v - low,
                high_v=high - needs.input_high_min * in_v,
            )


def _output(netlist: Netlist, net: str, levels: LogicLevels, supply_v: float) -> tuple[float, float]:
    """Highest low and lowest high level, in volts."""
    low = levels.output_low_max * supply_v
    line = _bus_line(netlist, net)
    if line is None:
        return low, levels.output_high_min * supply_v
    return low, supply_v - line.pins * i2c_bus.LEAKAGE_UA * 1e-6 * line.pull_up_ohm


def _overloads(netlist: Netlist) -> Iterator[str]:
    """Drivers whose pull-up asks for more current than their output levels are stated for."""
    levels = potentials.levels(netlist)
    for line in i2c_bus.lines(netlist):
        for driver, pin in _logic_drivers(netlist, line.net):
            volt = levels[line.supply].volt if line.supply in levels else 0.0
            load_ma = volt / line.pull_up_ohm * 1e3
            if driver.part.levels is not None and load_ma > driver.part.levels.load_max_ma:
                yield (
                    f"net {line.net}: the pull-up makes {driver.ref} pin {pin.name} sink {load_ma:.2f} mA at {volt:g} V, but "
                    f"its low level is stated up to {driver.part.levels.load_max_ma:g} mA"
                )


def _bus_line(netlist: Netlist, net: str) -> i2c_bus.Line | None:
    return next((line for line in i2c_bus.lines(netlist) if line.net == net), None)
