"""What the bare board itself provides: the antenna in copper, programming pads, test points."""

from hardware.parts.part import Part, Pin, PinKind, Source

# The order of the row, from the left edge of the board seen from above.
PROGRAMMING_PADS = ("VBAT", "GND", "SWDIO", "SWCLK", "NRST", "BOOT0", "TX", "RX")

# A programmer may feed the board while the cell is out: 3.3 V plus 5 %. Nothing above it is allowed on any pad.
PROGRAMMER_MAX_V = 3.465

PROGRAMMING_ROW = Part(
    name="programming_pads",
    value="PROG",
    reference="J",
    footprint="dollar:ProgrammingPads_1x08_P2.54mm",
    description="Row of eight pads: supply, SWD, reset, boot, UART",
    pins=tuple(Pin(str(i), name, PinKind.PASSIVE) for i, name in enumerate(PROGRAMMING_PADS, 1)),
    sources={"footprint": Source("our own", verified=True)},
    # Of one bare board: how much more inductance its supply's tracks have than their formula says (hardware/rails).
    facts={"source_max_v": PROGRAMMER_MAX_V, "track_inductance_error": 0.0},
)

TEST_POINT = Part(
    name="test_point",
    value="TP",
    reference="TP",
    footprint="TestPoint:TestPoint_Pad_D1.0mm",
    description="Test point, 1 mm",
    pins=(Pin("1", "1", PinKind.PASSIVE),),
    sources={"footprint": Source("KiCad 9 library", verified=True)},
)

ANTENNA = Part(
    name="antenna_swra117d",
    value="2.45GHz",
    reference="AE",
    footprint="RF_Antenna:Texas_SWRA117D_2.4GHz_Right",
    description="Inverted-F antenna in copper, 15.2 x 5.7 mm",
    pins=(Pin("1", "FEED", PinKind.PASSIVE), Pin("2", "GND", PinKind.PASSIVE)),
    net_tie=True,
    sources={
        "footprint": Source("TI SWRA117D; KiCad 9 library", verified=True),
        "match": Source(
            "the antenna beside a coin cell and the network before it are starting values, not measured",
            verified=False,
            before_paying="tune C8, L1 and C9 on the first boards with an analyser or by received strength",
        ),
    },
    facts={
        "feed_ohm": 50.0,  # (?): what it is drawn for; the cell and the small ground plane change it
        "gain_dbi": -3.0,  # (?): half of the power lost; antennas of modules keep 50 to 73 % (Microchip RNBD451, BM2x)
    },
)
