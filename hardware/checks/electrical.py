"""All checks that need nothing but the netlist."""

from collections.abc import Callable

from hardware.checks import absolute_maximum, decoupling, i2c_bus, logic_levels, open_pins, order_codes, polarity
from hardware.netlist import Netlist

CHECKS: dict[str, Callable[[Netlist], list[str]]] = {
    "absolute_maximum": absolute_maximum.findings,
    "logic_levels": logic_levels.findings,
    "decoupling": decoupling.findings,
    "i2c_bus": i2c_bus.findings,
    "polarity": polarity.findings,
    "open_pins": open_pins.findings,
    "order_codes": order_codes.findings,
}


def findings(netlist: Netlist) -> dict[str, list[str]]:
    """Each check's findings, by its name. All empty on a board that may be made."""
    return {name: check(netlist) for name, check in CHECKS.items()}
