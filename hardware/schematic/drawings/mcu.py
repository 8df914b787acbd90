"""The page of block mcu."""

from hardware.schematic.drawing import Drawing, Note, Place, Port, Supply

DRAWING = Drawing(
    "mcu",
    title="Microcontroller",
    places=(
        Place("U1", 112, 82),
        Place("C2", 132, 43),
        Place("C3", 146, 43),
        Place("R1", 144, 104, rotation=90),
        Place("D1", 158, 112),
    ),
    ports=(
        Port("VBAT", 50, 40, at_left=True),
        Port("NRST", 50, 60, at_left=True),
        Port("BOOT0", 50, 64, at_left=True),
        Port("SWDIO", 50, 72, at_left=True),
        Port("SWCLK", 50, 76, at_left=True),
        Port("UART_TX", 50, 84, at_left=True),
        Port("UART_RX", 50, 88, at_left=True),
        Port("MIC_PWR", 180, 60),
        Port("MIC_ADC", 180, 64),
        Port("I2C_SCL", 180, 72),
        Port("I2C_SDA", 180, 76),
        Port("ACC_INT", 180, 80),
        Port("RF_CSN", 180, 88),
        Port("RF_SCK", 180, 92),
        Port("RF_DATA", 180, 96),
    ),
    supplies=(Supply("VBAT", 112, 40, ("U1.VCC", "C2.1", "C3.1", "port"), rails=(((50, 40), (146, 40)),)),),
    notes=(
        Note("Internal pull-up", 14, 60),
        Note("High at reset:\nROM bootloader", 14, 64),
        Note("Debug port", 14, 74),
        Note("UART of console and\nROM bootloader", 14, 86),
        Note("Supplies the microphone", 192, 60),
        Note("{current R1 D1} at {fact CR2032 fresh_v} V", 168, 112),
    ),
)
