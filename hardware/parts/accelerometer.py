"""Silan SC7A20HTR: three-axis accelerometer, LGA-12, Bosch-order pinout.

Registers follow ST's LIS2DH12, the pinout does not: the boards of the prior art used ST's.
"""

from hardware.parts.part import Alternate, Decoupling, LogicLevels, Part, Pin, PinKind, Polarity, Source, Supply

_EDA = "EasyEDA symbol and footprint of C19274408 (muonTelescope/muon3 @8afe8bd)"

SC7A20HTR = Part(
    name="SC7A20HTR",
    value="SC7A20HTR",
    reference="U",
    footprint="Package_LGA:LGA-12_2x2mm_P0.5mm",
    mpn="SC7A20HTR",
    manufacturer="Silan",
    lcsc="C19274408",
    description="Accelerometer, 3 axes, 12 bit, I2C, LGA-12 2x2 mm",
    pins=(
        Pin("1", "SDO", PinKind.INPUT, domain="VDDIO"),  # address strap: low = 0x18, high or open = 0x19
        Pin("2", "SDA", PinKind.BIDIRECTIONAL, domain="VDDIO"),
        Pin("3", "VDDIO", PinKind.POWER_IN),
        Pin("4", "NC4", PinKind.NO_CONNECT),
        Pin("5", "INT1", PinKind.OUTPUT, domain="VDDIO"),
        Pin("6", "INT2", PinKind.OUTPUT, domain="VDDIO"),
        Pin("7", "VDD", PinKind.POWER_IN),
        Pin("8", "GNDIO", PinKind.POWER_IN),
        Pin("9", "GND", PinKind.POWER_IN),
        Pin("10", "CS", PinKind.INPUT, domain="VDDIO"),  # high = I2C
        Pin("11", "NC11", PinKind.NO_CONNECT),
        Pin("12", "SCL", PinKind.INPUT, domain="VDDIO"),
    ),
    supplies={
        "VDD": Supply(operating_min_v=1.71, operating_max_v=3.6, absolute_max_v=3.6),
        "VDDIO": Supply(operating_min_v=1.71, operating_max_v=3.6, absolute_max_v=3.6),
    },
    # an I2C output must sink 3 mA at 0.4 V: half of that at 0.2 V, a tenth of the supply
    levels=LogicLevels(input_low_max=0.3, input_high_min=0.7, output_low_max=0.1, output_high_min=0.9, load_max_ma=1.5),
    decoupling=(
        Decoupling("VDDIO", "GNDIO", 100e-9, distance_mm=3.0),
        Decoupling("VDD", "GND", 100e-9, distance_mm=3.0),
    ),
    polarity=Polarity(pin="1", part_mark="dot at pin 1", board_mark="triangle beside pad 1"),
    alternates=(
        Alternate("QMA6100P", "C2887190", drop_in=False, note="Bosch-order LGA-12, other registers; compare all pins first"),
        Alternate("STK8321", "C966924", drop_in=False, note="Bosch-order LGA-12, other registers; compare all pins first"),
        Alternate("LIS2DH12TR", "C110926", drop_in=False, note="same registers, other pinout"),
    ),
    rotation_offset_deg=0.0,
    sources={
        "pinout": Source(
            f"pins 1-3: two sources; pins 4-12: {_EDA} and a second board drawn from the same symbol, not built yet",
            verified=False,
            before_paying="compare all 12 pins with Silan's datasheet of C19274408",
        ),
        "ratings": Source("JLCPCB catalogue: 1.71 to 3.6 V; absolute maximum taken as the operating maximum", verified=True),
        "levels": Source(
            "no datasheet read; the fractions of LIS2DH12", verified=False, before_paying="read them in Silan's datasheet"
        ),
        "footprint": Source(f"{_EDA}; pads 4/2/4/2 as in KiCad's LGA-12", verified=True),
        "rotation": Source(
            "in no table (Bosch_LGA's 90 degrees is for other names); pin 1 of the EasyEDA footprint is top left as in KiCad's",
            verified=False,
            before_paying="look at pin 1 in JLCPCB's placement preview",
        ),
    },
    facts={
        "i2c_address_pin": "SDO",
        "i2c_address_low": 0x18,
        "i2c_address_high": 0x19,
        "i2c_select_high_pin": "CS",
        # of one part; a board's netlist may have others, up to the two figures below (?: no maker states them)
        "offset_x_g": 0.0,
        "offset_y_g": 0.0,
        "offset_z_g": 0.0,
        "rate_error": 0.0,
        "offset_max_g": 0.115,  # soldered; the class of LIS2DH12 (?)
        "rate_error_max": 0.05,
    },
)
