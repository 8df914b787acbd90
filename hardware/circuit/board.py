"""The board: six blocks and the nets between them. A pin assignment of the MCU stands here and nowhere else."""

import skidl

from hardware.circuit.audio import audio
from hardware.circuit.mcu import mcu
from hardware.circuit.motion import motion
from hardware.circuit.placing import Block
from hardware.circuit.power import power
from hardware.circuit.programming import programming
from hardware.circuit.radio import radio

# MCU pin -> net. PA2/PA3 are the ROM bootloader's UART, PA13/PA14 the debug port: neither is used for anything else.
MCU_NETS = {
    "PA0": "MIC_ADC",  # ADC_IN0
    "PA2": "UART_TX",  # USART1_TX
    "PA3": "UART_RX",  # USART1_RX
    "PA4": "RF_CSN",
    "PA5": "RF_SCK",  # SPI1_SCK
    "PA6": "ACC_INT",  # EXTI6
    "PA7": "RF_DATA",  # SPI1_MOSI, bidirectional
    "PA12": "MIC_PWR",  # supplies the microphone, 0.3 mA
    "PA13": "SWDIO",
    "PA14": "SWCLK",
    "PB5": "LED",  # TIM3_CH2
    "PB6": "I2C_SCL",
    "PB7": "I2C_SDA",
    "PF2/NRST": "NRST",
    "PF4/BOOT0": "BOOT0",
}


def circuit() -> skidl.Circuit:
    """The whole circuit, new at each call."""
    board = skidl.Circuit(name="dollar_tinyml", tag="dollar_tinyml")
    board.no_files = True
    supplies = Block(board, "board")
    vbat, gnd = supplies.net("VBAT"), supplies.net("GND")
    net = {pin: supplies.net(name) for pin, name in MCU_NETS.items()}

    power(Block(board, "power"), vbat, gnd)
    mcu(Block(board, "mcu"), vbat, gnd, net)
    motion(Block(board, "motion"), vbat, gnd, scl=net["PB6"], sda=net["PB7"], interrupt=net["PA6"])
    radio(Block(board, "radio"), vbat, gnd, select=net["PA4"], clock=net["PA5"], data=net["PA7"])
    audio(Block(board, "audio"), gnd, supply_pin=net["PA12"], out=net["PA0"])
    programming(
        Block(board, "programming"),
        {
            "VBAT": vbat,
            "GND": gnd,
            "SWDIO": net["PA13"],
            "SWCLK": net["PA14"],
            "NRST": net["PF2/NRST"],
            "BOOT0": net["PF4/BOOT0"],
            "TX": net["PA2"],
            "RX": net["PA3"],
        },
    )
    return board
