"""Ci24R1: 2.4 GHz transceiver in SO-8, nRF24-like behind a three-wire SPI, and its 16 MHz crystal."""

from hardware.parts.part import Alternate, Decoupling, LogicLevels, Part, Pin, PinKind, Polarity, Rating, Source, Supply

CI24R1 = Part(
    name="Ci24R1",
    value="Ci24R1",
    reference="U",
    footprint="Package_SO:SOIC-8_3.9x4.9mm_P1.27mm",
    mpn="Ci24R1",
    manufacturer="Nanjing Zhongke Microelectronics",
    lcsc="C2909832",
    description="2.4 GHz transceiver, 1 Mbps GFSK, 3-wire SPI, SOP-8",
    pins=(
        Pin("1", "CSN", PinKind.INPUT, domain="VDD"),
        Pin("2", "SCK", PinKind.INPUT, domain="VDD"),
        Pin("3", "DATA", PinKind.BIDIRECTIONAL, domain="VDD"),
        Pin("4", "XC1", PinKind.PASSIVE, domain="VDD"),
        Pin("5", "XC2", PinKind.PASSIVE, domain="VDD"),
        Pin("6", "VDD", PinKind.POWER_IN),
        Pin("7", "ANT", PinKind.PASSIVE, domain="VDD"),
        Pin("8", "VSS", PinKind.POWER_IN),
    ),
    supplies={"VDD": Supply(operating_min_v=2.1, operating_max_v=3.6, absolute_max_v=3.6)},
    levels=LogicLevels(input_low_max=0.3, input_high_min=0.7, output_low_max=0.1, output_high_min=0.9, load_max_ma=0.25),
    decoupling=(Decoupling("VDD", "VSS", 100e-9, distance_mm=3.0),),
    polarity=Polarity(pin="1", part_mark="dimple at pin 1", board_mark="triangle beside pad 1"),
    alternates=(
        Alternate("PAN2110", "", drop_in=False, note="same body, other order of pins 4 to 8; not at JLCPCB"),
        Alternate("XN297LBW", "C20539416", drop_in=False, note="same body, other order of pins 4 to 8; no stock on 2026-05-21"),
        Alternate("VG197A", "C2979957", drop_in=False, note="XN297-like by its listing"),
    ),
    rotation_offset_deg=270.0,
    sources={
        "pinout": Source(
            "pin table of cnblogs.com/milton/p/16562622.html (1 CSN 2 SCK 3 DATA 4 XC1 5 XC2 6 VDD 7 ANT 8 VSS); the drawing "
            "in the maker's datasheet 2.7 (2024-06-14) was seen only as garbled text, which agrees; XN297L and PAN2110 differ",
            verified=False,
            before_paying="compare all 8 pins with page 1 of the maker's datasheet 2.7",
        ),
        "crystal": Source(
            "load capacitors inside, trimmed by register 0x0F bank 2 bits 7:4 (two public drivers, eda365 thread 631169); "
            "their value was not found",
            verified=False,
            before_paying="measure the carrier's frequency on the first boards and set the trim",
        ),
        "ratings": Source(
            "maker's datasheet 2.7, page 1: 2.1 to 3.6 V; absolute maximum taken as the operating maximum", verified=True
        ),
        "levels": Source(
            "no datasheet read; 0.3 and 0.7 of VDD as nRF24L01+", verified=False, before_paying="read them in the datasheet"
        ),
        "footprint": Source("SOP-8 of 3.9 mm body; KiCad 9 library", verified=True),
        "rotation": Source("Fabrication-Toolkit transformations.csv, rule SOIC (2026-04-03)", verified=True),
    },
    facts={
        "transmit_ma": 18.0,  # JLCPCB catalogue; at what power is not said
        "shutdown_ua": 2.0,  # datasheet 2.7, page 1
        "packet_ms": 0.35,
        "packets": 3,
        "packet_spacing_ms": 5.0,
        "antenna_pin_ohm": 50.0,  # (?): no source states it
        # of one part; a board's netlist may have others, up to the figure below (?: no source states it)
        "output_error_db": 0.0,
        "output_error_max_db": 3.0,
    },
)

CRYSTAL_16M = Part(
    name="CXB006XMD184",
    value="16MHz",
    reference="Y",
    footprint="Crystal:Crystal_SMD_3225-4Pin_3.2x2.5mm",
    mpn="CXB006XMD184",
    manufacturer="CREC",
    lcsc="C19723483",
    description="16 MHz 10 ppm, 10 pF load, 3225",
    pins=(
        Pin("1", "1", PinKind.PASSIVE),
        Pin("2", "GND", PinKind.PASSIVE),
        Pin("3", "3", PinKind.PASSIVE),
        Pin("4", "GND", PinKind.PASSIVE),
    ),
    rating=Rating("frequency", 16e6, 10e-6),
    alternates=(Alternate("X322516MLB4SI", "C13738", drop_in=True, note="9 pF load, JLCPCB basic part"),),
    sources={
        "pinout": Source(
            "3225 crystals with four pads: crystal on 1 and 3, case on 2 and 4; KiCad symbol Crystal_GND24", verified=True
        ),
        "ratings": Source("JLCPCB catalogue of 2026-05-21", verified=True),
        "footprint": Source("KiCad 9 library", verified=True),
        "rotation": Source("turning by 180 degrees is harmless; by 90 it is not placeable", verified=True),
    },
    facts={"load_f": 10e-12},
)
