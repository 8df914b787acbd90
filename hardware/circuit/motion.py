"""Accelerometer on I2C at address 0x18."""

from skidl import Net

from hardware.circuit.placing import Block


def motion(block: Block, vbat: Net, gnd: Net, scl: Net, sda: Net, interrupt: Net) -> None:
    # SDO is strapped: left open the address would be 0x19, the prior art's surprise. CS high selects I2C.
    chip = block.place(
        "SC7A20HTR",
        "U2",
        VDD=vbat,
        VDDIO=vbat,
        CS=vbat,
        GND=gnd,
        GNDIO=gnd,
        SDO=gnd,
        SCL=scl,
        SDA=sda,
        INT1=interrupt,
    )
    block.open(chip, "INT2", "NC4", "NC11")  # watermark and motion both come on INT1
    block.place("C_100n", "C4", p1=vbat, p2=gnd)  # VDDIO
    block.place("C_100n", "C5", p1=vbat, p2=gnd)  # VDD
    block.place("R_4.7k", "R2", p1=vbat, p2=scl)
    block.place("R_4.7k", "R3", p1=vbat, p2=sda)
