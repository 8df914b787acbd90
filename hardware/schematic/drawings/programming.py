"""The page of block programming."""

from hardware.schematic.drawing import Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "programming",
    title="Programming pads",
    places=(Place("J1", 100, 84),),
    ports=(
        Port("VBAT", 60, 74, at_left=True),
        Port("SWDIO", 146, 74),
        Port("SWCLK", 146, 78),
        Port("NRST", 146, 82),
        Port("BOOT0", 146, 86),
        Port("UART_TX", 146, 90),
        Port("UART_RX", 146, 94),
    ),
    supplies=(Supply("VBAT", 76, 74, ("J1.VBAT", "port")), Supply("GND", 84, 84, ("J1.GND",))),
    notes=(
        Note("Debug", 160, 76),
        Note("High at reset: ROM bootloader", 160, 86),
        Note("Console, and the ROM bootloader's UART", 160, 92),
    ),
)
