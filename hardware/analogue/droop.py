"""Quantities of the supply: how far it drops, and what an aged cell can bear."""

from hardware.netlist import Netlist
from hardware.parts.cell import CR2032, CUTOFF_V
from hardware.spice import preamp, supply
from hardware.spice.deck import Corner
from hardware.spice.supply import Cell

FRESH = Cell(float(CR2032.facts["fresh_v"]), float(CR2032.facts["fresh_ohm"]))
AGED = Cell(float(CR2032.facts["aged_v"]), float(CR2032.facts["aged_ohm"]))


def quantities(netlist: Netlist, corner: Corner) -> dict[str, float]:
    """All quantities of `limits.SUPPLY`, by name, in their units."""
    fresh, aged = (float(supply.beacon(netlist, cell, corner).supply_v.min()) for cell in (FRESH, AGED))
    # The block's capacitors are empty at first, so they have their full value.
    on = preamp.switch_on(netlist, supply.running(netlist, AGED, corner), corner, bias_v={})
    return {
        "beacon_fresh": fresh,
        "beacon_aged": aged,
        "switch_on_aged": float(on.mcu_supply_v.min()),
        "most_ohm": supply.most_resistance(netlist, AGED.volt, CUTOFF_V, corner),
        "least_open_circuit": AGED.volt - (aged - CUTOFF_V),  # the load is a current, so the drop does not change
    }


def least_capacitance(netlist: Netlist) -> Corner:
    """Every capacitor on the supply at the lower end of its tolerance; those that the cell must fill at the upper."""
    net = supply.supply_net(netlist)
    capacitors = [c for c in netlist.components.values() if c.part.rating and c.part.rating.quantity == "capacitance"]
    return Corner(
        scale={
            c.ref: 1 - c.part.rating.tolerance if netlist.net_of(c.ref, "1") == net else 1 + c.part.rating.tolerance
            for c in capacitors
            if c.part.rating
        }
    )
