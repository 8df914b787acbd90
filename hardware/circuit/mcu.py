"""Microcontroller, its decoupling and the LED."""

from skidl import Net

from hardware.circuit.placing import Block


def mcu(block: Block, vbat: Net, gnd: Net, signals: dict[str, Net]) -> None:
    """`signals` maps MCU pin names to nets; the remaining pins are spare."""
    chip = block.place("PY32F003F18P6TU", "U1", VCC=vbat, VSS=gnd)
    for pin, net in signals.items():
        block.join(chip, pin, net)
    block.open(chip, "PA1", "PF0", "PF1")  # spare; NRST needs no capacitor (internal pull-up, datasheet table 6-20)
    block.place("C_100n", "C2", p1=vbat, p2=gnd)
    block.place("C_1u", "C3", p1=vbat, p2=gnd)

    anode = block.net("LED_A")
    block.place("R_1k", "R1", p1=signals["PB5"], p2=anode)  # 1.2 mA at 3.0 V, 0.4 mA at 2.2 V
    block.place("KT-0603R", "D1", A=anode, K=gnd)
