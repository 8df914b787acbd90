"""The firmware's pins from the netlist: port, bit, alternate function and ADC channel of each net on the MCU.

What the firmware needs of a net stands in NEEDS. A circuit that puts the net on a pin without that function is an
error here, at build time, and not a mute board later.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hardware.errors import InputError
from hardware.netlist import Component, Netlist
from hardware.parts import mcu_functions
from hardware.parts.mcu import PY32F003
from hardware.parts.mcu_functions import PinFunction

GPIO = "GPIO"  # every port pin
ADC_INPUT = "ADC_IN"  # any channel
EXTI = "EXTI"  # every port pin: the line has the number of its bit

NEEDS = {
    "ACC_INT": EXTI,
    "I2C_SCL": "I2C_SCL",
    "I2C_SDA": "I2C_SDA",
    "LED": GPIO,
    "MIC_ADC": ADC_INPUT,
    "MIC_PWR": GPIO,
    "RF_CSN": GPIO,
    "RF_DATA": "SPI1_MOSI",  # driven bit by bit today (hal/spi.c says why); on these pins SPI1 can take over
    "RF_SCK": "SPI1_SCK",
    "UART_RX": "USART1_RX",
    "UART_TX": "USART1_TX",
}

_PORT_PIN = re.compile(r"P([ABF])(\d+)(?:/\w+)?")


@dataclass(frozen=True)
class McuPin:
    """Where a net meets the MCU. `selector` is the alternate function's number, `channel` the ADC's; None if not needed."""

    net: str
    pin: str
    port: str
    bit: int
    function: str
    selector: int | None = None
    channel: int | None = None


def assign(netlist: Netlist) -> tuple[McuPin, ...]:
    """The pin of each net in NEEDS, by name of net. InputError if a net or a function is not where it must be."""
    mcu = _mcu(netlist)
    functions = mcu_functions.read()
    pins = tuple(_assigned(net, NEEDS[net], _pin_on(netlist, mcu, net), functions) for net in sorted(NEEDS))
    lines: dict[int, str] = {}
    for pin in pins:
        if pin.function == EXTI and lines.setdefault(pin.bit, pin.net) != pin.net:
            raise InputError(f"{pin.net} and {lines[pin.bit]} share EXTI line {pin.bit}: move one to another bit number")
    return pins


def _mcu(netlist: Netlist) -> Component:
    found = netlist.of_part(PY32F003.name)
    if len(found) != 1:
        raise InputError(f"the circuit has {len(found)} {PY32F003.name}: the firmware is for exactly one")
    return found[0]


def _pin_on(netlist: Netlist, mcu: Component, net: str) -> str:
    pins = [pin.name for part, pin in netlist.on_net(net) if part.ref == mcu.ref] if net in netlist.nets else []
    if len(pins) != 1:
        raise InputError(f"net {net} is on {len(pins)} pins of {mcu.ref}: join it to exactly one in hardware/circuit/board.py")
    return pins[0]


def _assigned(net: str, need: str, pin_name: str, functions: Sequence[PinFunction]) -> McuPin:
    match = _PORT_PIN.fullmatch(pin_name)
    if match is None:
        raise InputError(f"net {net} is on {pin_name}, which is no port pin: move it in hardware/circuit/board.py")
    port, bit = match[1], int(match[2])
    pin = f"P{port}{bit}"
    if need in (GPIO, EXTI):
        return McuPin(net, pin, port, bit, need)
    for offered in (f for f in functions if f.pin == pin):
        if need == ADC_INPUT and offered.adc_channel is not None:
            return McuPin(net, pin, port, bit, offered.name, channel=offered.adc_channel)
        if offered.name == need:
            return McuPin(net, pin, port, bit, need, selector=offered.selector)
    able = ", ".join(sorted({f.pin for f in functions if _meets(f, need)}))
    raise InputError(f"net {net} needs {need}, which {pin} does not have: put it on one of {able} in hardware/circuit/board.py")


def _meets(offered: PinFunction, need: str) -> bool:
    return offered.adc_channel is not None if need == ADC_INPUT else offered.name == need


def header(pins: Sequence[McuPin]) -> str:
    """The text of generated/pins.h; it needs py32f003.h for the ports' addresses."""
    lines = [
        "/* Pins of the MCU by net, generated from the netlist: change hardware/circuit/board.py instead. */",
        "#pragma once",
        "",
        '#include "py32f003.h"',
    ]
    for pin in pins:
        lines += [
            "",
            f"/* {pin.net}: {pin.pin}, {pin.function} */",
            f"#define {pin.net}_PORT GPIO_{pin.port}",
            f"#define {pin.net}_BIT {pin.bit}u",
        ]
        if pin.selector is not None:
            lines.append(f"#define {pin.net}_FUNCTION {pin.selector}u")
        if pin.channel is not None:
            lines.append(f"#define {pin.net}_CHANNEL {pin.channel}u")
    return "\n".join(lines) + "\n"
