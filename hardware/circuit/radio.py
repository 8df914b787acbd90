"""2.4 GHz radio, crystal, matching network and antenna. Stands alone so that another radio can take its place."""

from skidl import Net

from hardware.circuit.placing import Block


def radio(block: Block, vbat: Net, gnd: Net, select: Net, clock: Net, data: Net) -> None:
    xtal_in, xtal_out = block.net("XTAL_IN"), block.net("XTAL_OUT")
    rf_out, rf_match, antenna = block.net("RF_OUT"), block.net("RF_MATCH"), block.net("RF_ANT")

    # No pull-up on the select line: the firmware drives it at once after reset, and a sibling of this chip is said to
    # draw 1 mA in shutdown unless its bus idles low, which a pull-up would turn into 30 uA for good.
    block.place("Ci24R1", "U3", VDD=vbat, VSS=gnd, CSN=select, SCK=clock, DATA=data, XC1=xtal_in, XC2=xtal_out, ANT=rf_out)
    block.place("C_100n", "C6", p1=vbat, p2=gnd)  # the bulk capacitor C1 stands beside it
    block.place("CXB006XMD184", "Y1", p1=xtal_in, p3=xtal_out, GND=gnd)  # its load capacitors are inside the radio

    # Low-pass pi, then a capacitor: the inverted-F antenna is a short to ground for direct current.
    block.place("C_1.5p", "C8", p1=rf_out, p2=gnd)
    block.place("L_3.9n", "L1", p1=rf_out, p2=rf_match)
    block.place("C_1.5p", "C9", p1=rf_match, p2=gnd)
    block.place("C_470p", "C10", p1=rf_match, p2=antenna)
    block.place("antenna_swra117d", "AE1", FEED=antenna, GND=gnd)
