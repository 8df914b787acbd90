"""The page of block radio."""

from hardware.schematic.drawing import Beside, Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "radio",
    title="2.4 GHz radio",
    places=(
        Place("U3", 80, 86),
        Place("C6", 96, 53),
        Place("C7", 110, 53),
        Place("Y1", 110, 90, rotation=270, mirrored=True, text=Beside.LEFT),
        Place("C8", 124, 81),
        Place("L1", 136, 78, rotation=90),
        Place("C9", 148, 81),
        Place("C10", 162, 78, rotation=90),
        Place("AE1", 180, 74),
    ),
    ports=(
        Port("VBAT", 40, 50, at_left=True),
        Port("RF_CSN", 40, 78, at_left=True),
        Port("RF_SCK", 40, 82, at_left=True),
        Port("RF_DATA", 40, 86, at_left=True),
    ),
    supplies=(
        Supply("VBAT", 80, 50, ("U3.VDD", "C6.1", "C7.1", "port"), rail=((40, 50), (110, 50))),
        Supply("GND", 117, 93, ("Y1.2", "Y1.4"), rail=((114, 91), (117, 91))),
    ),
    notes=(
        Note("Load capacitors are\ninside the radio", 96, 100),
        Note("Low-pass pi", 131, 92),
        Note("Blocks DC: the antenna\nis a short to ground", 156, 92),
    ),
)
