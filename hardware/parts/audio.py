"""Microphone and op-amp of the audio chain."""

from hardware.parts.part import Alternate, Decoupling, Part, Pin, PinKind, Polarity, Source, Supply

LMA2718 = Part(
    name="LMA2718T421-OA5-2",
    value="LMA2718T421-OA5-2",
    reference="MK",
    footprint="dollar:Microphone_LMA2718_2.75x1.85mm",
    mpn="LMA2718T421-OA5-2",
    manufacturer="LinkMEMS",
    lcsc="C7587901",
    description="Analogue MEMS microphone, top port, -42 dBV/Pa, 2.75 x 1.85 mm",
    pins=(
        Pin("1", "OUT", PinKind.OUTPUT, domain="VDD"),
        Pin("2", "GND", PinKind.POWER_IN),
        Pin("3", "GND", PinKind.POWER_IN),
        Pin("4", "VDD", PinKind.POWER_IN),
    ),
    supplies={"VDD": Supply(operating_min_v=1.6, operating_max_v=3.6, absolute_max_v=3.6)},
    decoupling=(Decoupling("VDD", "GND", 100e-9, distance_mm=4.0),),
    polarity=Polarity(pin="1", part_mark="notch or dot at pin 1, seen from above", board_mark="dot beside pad 1"),
    alternates=(
        Alternate("LMA2718T421-OA5", "C5373232", drop_in=True, note="older suffix, cheaper, less stock"),
        Alternate("S15OT421-001", "C5160216", drop_in=False, note="compare the drawing first"),
    ),
    sources={
        "pinout": Source(
            "Pollen Robotics' RPI_Robot_HAT works with C7587901 wired 1 OUT, 2 and 3 GND, 4 VDD; CUI's drawing of the same "
            "class numbers the pads mirrored, but its copper order is the same",
            verified=False,
            before_paying="compare pad order and view with LinkMEMS's drawing of C7587901",
        ),
        "ratings": Source("JLCPCB catalogue: 1.6 to 3.6 V, 120 uA, 300 ohm, -42 dB, 55 dB", verified=True),
        "bias": Source(
            "output rests at 0.75 V: CUI CMM-2718AT data and 0.8 V measured by the prior art on the same class",
            verified=False,
            before_paying="measure the output's DC level on the first board",
        ),
        "model": Source(
            "BSE CMOE-I110TM42-4P, the same class: +-3 dB, output's DC level up within 100 ms; supply rejection taken as 50 dB",
            verified=False,
            before_paying="measure start-up and supply rejection on the first board",
        ),
        "footprint": Source(
            "Pollen Robotics' RPI_Robot_HAT, a product with C7587901; CUI's land agrees within 0.03 mm", verified=True
        ),
        "rotation": Source(
            "in no public table; RPI_Robot_HAT's placement file needed no offset",
            verified=False,
            before_paying="look at pin 1 in JLCPCB's placement preview",
        ),
    },
    facts={
        "sensitivity_dbv_per_pa": -42.0,
        "snr_db": 55.0,  # A-weighted, 1 kHz, 94 dB SPL
        "output_ohm": 300.0,
        "supply_ua": 120.0,
        "supply_max_ua": 200.0,
        "bias_v": 0.75,
        "bias_min_v": 0.5,
        "bias_max_v": 1.0,
        "sensitivity_spread_db": 3.0,
        "supply_rejection_db": 50.0,
        "start_up_max_s": 0.1,
    },
)

LMV321 = Part(
    name="LMV321IDBVR",
    value="LMV321IDBVR",
    reference="U",
    footprint="Package_TO_SOT_SMD:SOT-23-5",
    mpn="LMV321IDBVR",
    manufacturer="UMW",
    lcsc="C3014306",
    description="Op-amp, 2.1 V, 1 MHz, 45 uA, rail to rail, SOT-23-5",
    pins=(
        Pin("1", "IN+", PinKind.INPUT, domain="V+"),
        Pin("2", "V-", PinKind.POWER_IN),
        Pin("3", "IN-", PinKind.INPUT, domain="V+"),
        Pin("4", "OUT", PinKind.OUTPUT, domain="V+"),
        Pin("5", "V+", PinKind.POWER_IN),
    ),
    supplies={"V+": Supply(operating_min_v=2.1, operating_max_v=5.5, absolute_max_v=7.5)},
    decoupling=(Decoupling("V+", "V-", 100e-9, distance_mm=3.0),),
    polarity=Polarity(pin="1", part_mark="two pins on one side, three on the other", board_mark="triangle beside pad 1"),
    alternates=(Alternate("LMV321-TR", "C362273", drop_in=True, note="Gainsil, the same order of pins"),),
    rotation_offset_deg=180.0,
    sources={
        "pinout": Source(
            "EasyEDA symbol of C3014306 and the order of TI's LMV321: 1 IN+, 2 V-, 3 IN-, 4 OUT, 5 V+", verified=True
        ),
        "ratings": Source("JLCPCB catalogue: 2.1 to 5.5 V, 7.5 V, 1 MHz, 20 nV/rtHz, 45 uA, 70 dB, 5 mV", verified=True),
        "model": Source(
            "open-loop gain, output resistance and swing (60 mV at 10 k) of National's LMV321; spread of the bandwidth taken",
            verified=False,
            before_paying="measure gain, upper corner and clipping on the first board",
        ),
        "footprint": Source("SOT-23-5; KiCad 9 library", verified=True),
        "rotation": Source(
            "Fabrication-Toolkit rule SOT-23 (2026-04-03); pin 1 in the EasyEDA footprint of C3014306 agrees", verified=True
        ),
    },
    facts={
        "gain_bandwidth_hz": 1e6,
        "noise_v_per_rthz": 20e-9,
        "supply_ua": 45.0,
        "supply_rejection_db": 70.0,
        "open_loop_gain_db": 100.0,
        "output_ohm": 200.0,
        "output_gap_v": 0.06,  # how near the output comes to either rail
        "slew_v_per_s": 0.52e6,
        "offset_max_v": 5e-3,
        "gain_bandwidth_spread": 0.3,
    },
)
