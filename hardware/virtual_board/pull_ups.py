"""Resistors that pull a line to the supply: while the line is low, the supply feeds them.

Whole bytes on the I2C bus leave its lines high, so what the pull-ups take during a transfer is not counted.
"""

from dataclasses import dataclass

from hardware.virtual_board.wiring import Wiring


@dataclass(frozen=True)
class PullUp:
    """What holds the line low has a resistance too, which is left out: 50 ohm of 4750."""

    ref: str
    net: str
    ohm: float


def pull_ups(wiring: Wiring) -> tuple[PullUp, ...]:
    return tuple(PullUp(pull.resistor, net, pull.ohm) for net in wiring.netlist.nets for pull in wiring.pulls(net) if pull.high)
