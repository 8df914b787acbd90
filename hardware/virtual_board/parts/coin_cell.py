"""The coin cell and the capacitors on its net: voltage under a load that changes in steps.

A voltage behind a resistance, charging one capacity. Between two changes of the load the voltage is an exponential,
which is evaluated exactly: no step size, no drift. `hardware.spice.supply` simulates the same circuit in ngspice; a
test compares both.
"""

from dataclasses import dataclass
from math import exp, floor, inf, log

from hardware.netlist import GROUND, Netlist
from hardware.parts.cell import CR2032, HOLDER
from hardware.spice.deck import share_of_capacitance
from hardware.spice.supply import Cell
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

FRESH = Cell(float(CR2032.facts["fresh_v"]), float(CR2032.facts["fresh_ohm"]))
AGED = Cell(float(CR2032.facts["aged_v"]), float(CR2032.facts["aged_ohm"]))
NAMED = {"fresh": FRESH, "aged": AGED}


def bulk_farad(netlist: Netlist, volt: float) -> float:
    """Capacity between the holder's plus and ground, at what each capacitor keeps of its value at that voltage."""
    (holder,) = netlist.of_part(HOLDER.name)
    ends = {netlist.net_of(holder.ref, "+"), GROUND}
    return sum(
        component.part.rating.nominal * share_of_capacitance(component.part, volt)
        for component in netlist.components.values()
        if component.part.rating is not None
        and component.part.rating.quantity == "capacitance"
        and {netlist.net_of(component.ref, pin.number) for pin in component.part.pins} == ends
    )


@dataclass
class CoinCell:
    """The supply net. Starts at rest: charged to the cell's voltage, no load."""

    cell: Cell
    farad: float
    now: Ticks = 0
    load_a: float = 0.0

    def __post_init__(self) -> None:
        self._volt = self.cell.volt

    def volt(self, now: Ticks) -> float:
        """Voltage at that moment, which is not before the last change of the load."""
        settled, time_constant_s = self._settling()
        return settled + (self._volt - settled) * exp(-(now - self.now) / TICKS_PER_SECOND / time_constant_s)

    def draw(self, load_a: float, now: Ticks) -> None:
        """From now on the board takes so many ampere."""
        self._volt, self.now, self.load_a = self.volt(now), now, load_a

    def exchange(self, cell: Cell, now: Ticks) -> None:
        """Another cell, or the same one discharged further."""
        self._volt, self.now, self.cell = self.volt(now), now, cell

    def when_at(self, volt: float) -> Ticks | None:
        """When the voltage passes through `volt` if the load stays as it is; None for never."""
        settled, time_constant_s = self._settling()
        start = self._volt
        if not min(start, settled) < volt < max(start, settled):
            return None
        seconds = time_constant_s * log((start - settled) / (volt - settled))
        return None if seconds == inf else self.now + floor(seconds * TICKS_PER_SECOND) + 1  # beyond it, however little

    def _settling(self) -> tuple[float, float]:
        return self.cell.volt - self.load_a * self.cell.ohm, self.cell.ohm * self.farad
