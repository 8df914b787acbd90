"""Microphone and its one amplifier stage, powered from an MCU pin.

The microphone's own DC level (0.75 V) biases the stage, so there is no divider, no coupling capacitor and no
reference node to settle or to let supply ripple in: the prior art's reference without a capacitor amplified
ripple 445 times. Gain is 1 at DC and 101 in band.
"""

from skidl import Net

from hardware.circuit.placing import Block


def audio(block: Block, gnd: Net, supply_pin: Net, out: Net) -> None:
    vmic = block.net("VMIC", driven=True)
    mic_out, feedback, gain_leg = block.net("MIC_OUT"), block.net("AMP_FB"), block.net("AMP_LEG")

    # 220 ohm keeps the inrush into C11 below the pin's 20 mA and filters the supply from 180 Hz on: at 3 V the
    # capacitor keeps 4 of its 10 uF. More would leave the op-amp less than its 2.1 V at the end of the cell.
    block.place("R_220", "R4", p1=supply_pin, p2=vmic)
    block.place("C_10u", "C11", p1=vmic, p2=gnd)
    block.place("C_100n", "C12", p1=vmic, p2=gnd)

    block.place("LMA2718T421-OA5-2", "MK1", VDD=vmic, GND=gnd, OUT=mic_out)
    amplifier = block.place("LMV321IDBVR", "U4", OUT=out)
    for pin, net in {"IN+": mic_out, "IN-": feedback, "V+": vmic, "V-": gnd}.items():
        block.join(amplifier, pin, net)
    block.place("R_100k", "R5", p1=feedback, p2=out)
    block.place("C_470p", "C13", p1=feedback, p2=out)  # 3.4 kHz: at 8 kHz sampling, 220p would fold in twice the noise
    block.place("R_1k", "R6", p1=feedback, p2=gain_leg)
    block.place("C_1u", "C14", p1=gain_leg, p2=gnd)  # 159 Hz: wind and rumble stay out

    block.place("test_point", "TP1", p1=mic_out)  # a tone can be put in here without a loudspeaker
    block.place("test_point", "TP2", p1=vmic)
