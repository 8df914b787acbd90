"""Resistors that pull a line to the supply: while the line is low, the supply feeds them.

Whole bytes on the I2C bus leave its lines high, so what the pull-ups take during a transfer is not counted.
"""

from dataclasses import dataclass

from hardware.virtual_board.wiring import Wiring


@dataclass(frozen=True)
class PullUp:
    ref: str
    net: str
    ohm: float

    def current_ua(self, supply_v: float) -> float:
        """While the line is low. What holds it there has a resistance that is left out: 50 ohm of 4750."""
        return supply_v / self.ohm * 1e6


def pull_ups(wiring: Wiring) -> tuple[PullUp, ...]:
    return tuple(PullUp(pull.resistor, net, pull.ohm) for net in wiring.netlist.nets for pull in wiring.pulls(net) if pull.high)
