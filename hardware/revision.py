"""Which board this is: printed on its silkscreen and in the schematic's title blocks."""

BOARD = "Dollar TinyML"
REVISION = "A"
DATE = "2026-11"  # of the revision, not of a build
LICENCE = "CERN-OHL-P-2.0"

ORDER_NUMBER_MARK = "JLCJLCJLCJLC"  # JLCPCB prints its order number where it finds this text
