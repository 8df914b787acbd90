"""The pin header follows the circuit, and a circuit that the firmware cannot use is an error."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from firmware.pins import assign, header
from hardware import netlist, paths
from hardware.errors import InputError
from hardware.netlist import Netlist, Terminal
from hardware.parts import mcu_functions

INCLUDE = paths.ROOT / "firmware" / "include"


@pytest.fixture(scope="module")
def board() -> Netlist:
    return netlist.read()


def moved(board: Netlist, pin_of_net: dict[str, str]) -> Netlist:
    """The board with each net taken from its MCU pin and put on the named one."""
    number = board.components["U1"].part.pin
    nets = {name: tuple(t for t in ends if t.ref != "U1") if name in pin_of_net else ends for name, ends in board.nets.items()}
    for net, pin in pin_of_net.items():
        nets[net] += (Terminal("U1", number(pin).number),)
    return replace(board, nets=nets)


def test_every_need_is_met_by_the_circuit(board: Netlist) -> None:
    pins = {pin.net: pin for pin in assign(board)}
    assert (pins["LED"].port, pins["LED"].bit, pins["LED"].selector) == ("B", 5, None)
    assert (pins["I2C_SCL"].port, pins["I2C_SCL"].bit, pins["I2C_SCL"].selector) == ("B", 6, 6)
    assert (pins["UART_TX"].pin, pins["UART_TX"].selector) == ("PA2", 1)
    assert (pins["MIC_ADC"].pin, pins["MIC_ADC"].channel) == ("PA0", 0)


def test_swapped_i2c_lines_are_an_error(board: Netlist) -> None:
    with pytest.raises(InputError, match=r"^net I2C_SCL needs I2C_SCL, which PB7 does not have: put it on one of PA3, PB6, PF1"):
        assign(moved(board, {"I2C_SCL": "PB7", "I2C_SDA": "PB6"}))


def test_a_microphone_on_a_pin_without_adc_is_an_error(board: Netlist) -> None:
    with pytest.raises(InputError, match=r"^net MIC_ADC needs ADC_IN, which PF0 does not have"):
        assign(moved(board, {"MIC_ADC": "PF0"}))


def test_a_net_that_misses_the_mcu_is_an_error(board: Netlist) -> None:
    nets = board.nets | {"ACC_INT": tuple(t for t in board.nets["ACC_INT"] if t.ref != "U1")}
    with pytest.raises(InputError, match="net ACC_INT is on 0 pins of U1"):
        assign(replace(board, nets=nets))


def test_a_net_that_may_move_takes_its_numbers_along(board: Netlist) -> None:
    text = header(assign(moved(board, {"MIC_ADC": "PA1", "LED": "PF1"})))
    assert "#define MIC_ADC_CHANNEL 1u\n" in text
    assert "#define LED_PORT GPIO_F\n#define LED_BIT 1u\n" in text


def test_the_header_compiles_and_its_ports_are_addresses(board: Netlist, tmp_path: Path) -> None:
    (tmp_path / "pins.h").write_text(header(assign(board)))
    source = tmp_path / "use.c"
    source.write_text(
        '#include "pins.h"\n_Static_assert(LED_PORT == 0x50000400u && LED_BIT == 5u, "LED is PB5");\n'
        '_Static_assert(I2C_SDA_FUNCTION == 6u && MIC_ADC_CHANNEL == 0u, "functions");\n'
    )
    flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
    subprocess.run(["arm-none-eabi-gcc", *flags, f"-I{INCLUDE}", str(source)], check=True)


@pytest.mark.parametrize("selector", ["16", "-1", ""])
def test_a_wrong_line_of_the_function_table_is_named(tmp_path: Path, selector: str) -> None:
    table = tmp_path / "functions.csv"
    table.write_text(f"pin,function,selector\nPA0,ADC_IN0,analog\nPA1,SPI1_SCK,{selector}\n")
    with pytest.raises(InputError, match=r"functions\.csv:3: selector is"):
        mcu_functions.read(table)


def test_the_command_prints_the_pins() -> None:
    command = [sys.executable, "-m", "scripts.dollar", "pins", "--json"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    pins = json.loads(done.stdout)["pins"]
    assert {"net": "RF_SCK", "pin": "PA5", "port": "A", "bit": 5, "function": "SPI1_SCK", "selector": 0, "channel": None} in pins
