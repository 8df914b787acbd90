"""The page of block motion."""

from hardware.schematic.drawing import Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "motion",
    title="Accelerometer",
    places=(
        Place("U2", 116, 86),
        Place("R2", 68, 55),
        Place("R3", 82, 55),
        Place("C4", 142, 55),
        Place("C5", 156, 55),
    ),
    ports=(
        Port("VBAT", 44, 52, at_left=True),
        Port("I2C_SCL", 44, 78, at_left=True),
        Port("I2C_SDA", 44, 82, at_left=True),
        Port("ACC_INT", 180, 78),
    ),
    supplies=(
        Supply(
            "VBAT",
            102,
            52,
            ("R2.1", "R3.1", "U2.CS", "U2.VDDIO", "U2.VDD", "C4.1", "C5.1", "port"),
            rails=(((44, 52), (156, 52)), ((112, 52), (112, 71)), ((116, 52), (116, 71)), ((120, 52), (120, 71))),
        ),
        Supply(
            "GND",
            116,
            105,
            ("U2.SDO", "U2.GNDIO", "U2.GND"),
            rails=(((112, 101), (112, 103), (120, 103), (120, 101)), ((116, 101), (116, 105))),
        ),
    ),
    notes=(
        Note("CS high: I2C", 95, 66),
        Note("SDO low: address 0x18", 84, 103),
        Note("One at VDDIO,\none at VDD", 138, 67),
    ),
)
