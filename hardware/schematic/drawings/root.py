"""The root page: the blocks and what joins them. Supplies run on top, signals left to right."""

from hardware.schematic.drawing import BlockBox, BlockDiagram, Note

ROOT = BlockDiagram(
    title="Dollar TinyML: block diagram",
    boxes=(
        BlockBox("power", 20, 36, 44, 26, right=("VBAT",)),
        BlockBox(
            "mcu",
            96,
            44,
            42,
            80,
            left=("", "", "", "", "", "", "", "", "SWDIO", "SWCLK", "NRST", "BOOT0", "UART_TX", "UART_RX"),
            right=("I2C_SCL", "I2C_SDA", "ACC_INT", *[""] * 4, "RF_CSN", "RF_SCK", "RF_DATA", *[""] * 4, "MIC_PWR", "MIC_ADC"),
            top=("", "", "", "", "VBAT"),
        ),
        BlockBox("motion", 168, 44, 44, 22, left=("I2C_SCL", "I2C_SDA", "ACC_INT"), right=("VBAT",)),
        BlockBox("radio", 168, 72, 44, 22, left=("RF_CSN", "RF_SCK", "RF_DATA"), right=("VBAT",)),
        BlockBox("audio", 168, 100, 44, 22, left=("MIC_PWR", "MIC_ADC")),
        BlockBox(
            "programming",
            20,
            72,
            44,
            42,
            right=("VBAT", "SWDIO", "SWCLK", "NRST", "BOOT0", "UART_TX", "UART_RX"),
        ),
    ),
    notes=(Note("VBAT is the coin cell itself: no regulator, nothing above 3.4 V", 96, 130),),
)
