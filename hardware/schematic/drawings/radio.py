"""The page of block radio."""

from hardware.schematic.drawing import Beside, Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "radio",
    title="2.4 GHz radio",
    places=(
        Place("U3", 80, 92),
        Place("C6", 96, 59),
        Place("Y1", 110, 96, rotation=270, mirrored=True, text=Beside.LEFT),
        Place("C8", 128, 87),
        Place("L1", 142, 84, rotation=90),
        Place("C9", 156, 87),
        Place("C10", 172, 84, rotation=90),
        Place("AE1", 192, 80),
    ),
    ports=(
        Port("VBAT", 40, 56, at_left=True),
        Port("RF_CSN", 40, 84, at_left=True),
        Port("RF_SCK", 40, 88, at_left=True),
        Port("RF_DATA", 40, 92, at_left=True),
    ),
    supplies=(
        Supply("VBAT", 80, 56, ("U3.VDD", "C6.1", "port"), rails=(((40, 56), (110, 56)),)),
        Supply("GND", 117, 99, ("Y1.2", "Y1.4"), rails=(((114, 95), (117, 95), (117, 99)), ((114, 97), (117, 97)))),
    ),
    notes=(
        Note("Load capacitors are\ninside the radio", 96, 106),
        Note("Low-pass pi", 137, 97),
        Note("Blocks DC: the antenna\nis a short to ground", 166, 97),
    ),
)
