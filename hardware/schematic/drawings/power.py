"""The page of block power."""

from hardware.schematic.drawing import Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "power",
    title="Coin cell and bulk capacitor",
    places=(
        Place("BT1", 80, 82),
        Place("C1", 124, 82),
    ),
    ports=(Port("VBAT", 160, 68),),
    supplies=(
        Supply("VBAT", 102, 68, ("BT1.+", "C1.1", "port"), rails=(((80, 68), (160, 68)),)),
        Supply("GND", 102, 98, ("BT1.-", "C1.2"), rails=(((80, 96), (124, 96)),)),
    ),
    notes=(
        Note(
            "Fresh {fact CR2032 fresh_v} V, {fact CR2032 fresh_ohm} ohm;\n"
            "aged {fact CR2032 aged_v} V, {fact CR2032 aged_ohm} ohm",
            50,
            82,
        ),
        Note(
            "Holds the supply while the radio sends:\n"
            "{fact Ci24R1 transmit_ma} mA for {fact Ci24R1 packet_ms} ms.\n"
            "Share of the value left at 3 V: {fact C_47u share_of_capacitance_at_3v}",
            134,
            82,
        ),
    ),
)
