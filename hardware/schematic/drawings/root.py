"""The root page: the blocks and what joins them. Supplies run on top, signals left to right."""

from hardware.schematic.drawing import BlockBox, BlockDiagram, Note, Route

ROOT = BlockDiagram(
    title="Dollar TinyML: block diagram",
    headline="A TinyML sensor for under one dollar of parts",
    reason="Each box is a page. Ground is on every page and not drawn here.",
    boxes=(
        BlockBox("power", 20, 28, 44, 28, right=("VBAT",)),
        BlockBox(
            "mcu",
            96,
            38,
            42,
            88,
            left=(*[""] * 9, "SWDIO", "SWCLK", "NRST", "BOOT0", "UART_TX", "UART_RX"),
            right=(
                *("I2C_SCL", "I2C_SDA", "ACC_INT"),
                *[""] * 5,
                *("RF_CSN", "RF_SCK", "RF_DATA"),
                *[""] * 5,
                *("MIC_PWR", "MIC_ADC"),
            ),
            top=("", "", "", "", "VBAT"),
        ),
        BlockBox("motion", 168, 38, 44, 24, left=("I2C_SCL", "I2C_SDA", "ACC_INT"), right=("VBAT",)),
        BlockBox("radio", 168, 70, 44, 24, left=("RF_CSN", "RF_SCK", "RF_DATA"), right=("VBAT",)),
        BlockBox("audio", 168, 102, 44, 24, left=("MIC_PWR", "MIC_ADC")),
        BlockBox(
            "programming",
            20,
            70,
            44,
            44,
            right=("VBAT", "SWDIO", "SWCLK", "NRST", "BOOT0", "UART_TX", "UART_RX"),
        ),
    ),
    routes=(
        Route("VBAT", ((64, 32), (220, 32), (220, 74), (212, 74))),
        Route("VBAT", ((220, 42), (212, 42))),
        Route("VBAT", ((72, 32), (72, 74), (64, 74))),
    ),
    notes=(Note("VBAT is the coin cell itself: no regulator, nothing above {fact CR2032 open_circuit_max_v} V", 20, 123),),
)
