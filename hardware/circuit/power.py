"""Coin cell and bulk capacitor.

The supply is the cell itself: no charger, no USB, no regulator, hence nothing above 3.4 V on any net (the boards
of the prior art put 4.2 V on parts that bear 3.6 V). Battery voltage is measured against the MCU's own reference,
because a divider would drain the cell.
"""

from skidl import Net

from hardware.circuit.placing import Block


def power(block: Block, vbat: Net, gnd: Net) -> None:
    holder = block.place("BS-02-A1AJ010", "BT1")
    block.join(holder, "+", vbat)
    block.join(holder, "-", gnd)
    # Carries the radio's 18 mA for a packet, which an aged cell of 60 ohm cannot.
    block.place("C_47u", "C1", p1=vbat, p2=gnd)
