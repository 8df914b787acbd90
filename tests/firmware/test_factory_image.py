"""The factory test image on the wired board: it measures what is on the board, and says nothing of its own."""

import pytest
from boards import circuit, new, shorted, without
from faults import reconnect

from firmware.console import Console, Refused
from hardware import paths
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import SYSTEM
from hardware.virtual_board.mcu.factory import UID_AT
from manufacturing.station.coverage.changes import scaled

IMAGE = paths.FIRMWARE / "factory" / "firmware.bin"
MOST_BYTES = 6 * 1024  # a third of a second to flash
CELL = Cell(3.0, 20.0)


def started(wired: Netlist | None = None, cell: Cell = CELL) -> VirtualBoard:
    board = new(wired, IMAGE, cell=cell)
    board.run(0.1)
    return board


def measured(board: VirtualBoard, test: str) -> dict[str, float]:
    return {key: float(value) for key, value in Console(board.serial()).request("test", test).values.items()}


def droop(board: VirtualBoard, line: str) -> float:
    """In parts of the supply."""
    found = measured(board, "pull-ups")
    return 1 - found["released_lsb"] / found[f"{line}_low_lsb"]


def test_it_is_quickly_flashed() -> None:
    assert 1000 < IMAGE.stat().st_size < MOST_BYTES


def test_it_says_which_chip_and_which_image_it_is() -> None:
    board = started()
    values = Console(board.serial()).request("info").values
    assert values["image"] == "factory"
    assert bytes.fromhex(values["uid"]) == board.chip.machine.read(SYSTEM + UID_AT, 128)
    assert board.console.startswith("boot image=factory")


def test_what_it_does_not_know_it_refuses_and_goes_on() -> None:
    console = Console(started().serial())
    with pytest.raises(Refused, match="arguments"):
        console.request("test", "radio")
    with pytest.raises(Refused, match="command"):
        console.request("config", "get")
    assert console.request("info").values


def test_it_gives_way_to_the_boot_rom() -> None:
    board = started()
    Console(board.serial()).request("bootloader")
    board.run(0.01)
    assert board.snapshot().assembly.rom is not None


@pytest.mark.parametrize(
    ("factors", "times"), [({}, 1), ({"R4": 2.0}, 2 - 50 / 270), ({"R4": 0.5}, (110 + 50) / 270), ({"C11": 2.0}, 2)]
)
def test_the_microphones_supply_charges_in_its_time_constant(factors: dict[str, float], times: float) -> None:
    found = measured(started(scaled(circuit(), factors)), "microphone-supply")
    assert found["charge_us"] == pytest.approx(1500 * times, rel=0.08)


@pytest.mark.parametrize(
    ("wired", "charge_us"),
    [
        (without("R4"), 25),
        (without("C11", "C12"), 25),
        (shorted("VMIC", "MIC_PWR"), 300),  # the pin's own resistance is left
        (shorted("MIC_PWR", "VBAT"), 0),
        (shorted("VMIC", "VBAT"), 0),
        (shorted("MIC_PWR", "GND"), 20_000),
        (shorted("VMIC", "GND"), 20_000),
    ],
)
def test_a_microphones_supply_that_is_interrupted_or_joined_to_something(wired: Netlist, charge_us: int) -> None:
    assert measured(started(wired), "microphone-supply")["charge_us"] == pytest.approx(charge_us, abs=25)


def test_the_microphone_is_off_afterwards() -> None:
    board = started()
    measured(board, "microphone-supply")
    assert board.level("MIC_PWR") == "LOW"


@pytest.mark.parametrize(("line", "ref"), [("scl", "R2"), ("sda", "R3")])
@pytest.mark.parametrize("factor", [1.0, 0.1, 0.5, 10.0])
def test_each_lines_pull_up_lowers_the_supply_by_its_current(line: str, ref: str, factor: float) -> None:
    step = 1.83e-3 / CELL.volt  # of the converter
    found = droop(started(scaled(circuit(), {ref: factor})), line)
    assert found == pytest.approx(CELL.ohm / (4700 * factor), abs=step, rel=0.03)


def test_a_supply_without_resistance_shows_no_pull_up() -> None:
    assert droop(started(cell=Cell(3.0, 0.1)), "scl") == pytest.approx(0, abs=1e-4)


def test_the_bus_works_after_the_test_of_its_pull_ups() -> None:
    board = started()
    measured(board, "pull-ups")
    found = measured(board, "interrupt-pins")
    assert (found["int1"], found["int2"]) == (1, 0)
    assert found["int1_lsb"] == pytest.approx(found["int2_lsb"], abs=0.5)


@pytest.mark.parametrize(("net", "lower"), [("VBAT", "int1"), ("GND", "int2")])
def test_an_interrupt_pin_that_solder_holds_lowers_the_supply_when_it_is_driven_the_other_way(net: str, lower: str) -> None:
    wired = reconnect(circuit(), "U2", "INT2", net)
    found = measured(started(wired), "interrupt-pins")
    (higher,) = {"int1", "int2"} - {lower}
    assert found[f"{higher}_lsb"] / found[f"{lower}_lsb"] == pytest.approx(1 - 20 / (20 + 114), abs=0.03)


def test_without_pull_ups_the_bus_is_stuck() -> None:
    with pytest.raises(Refused, match="bus-stuck"):
        measured(started(without("R2")), "pull-ups")


def test_the_debug_port_shows_whether_its_pads_are_joined() -> None:
    board = started()
    assert measured(board, "debug-port") == {"low": 0, "high": 0}  # SWCLK has a pull-down
    board.join_debug_pads()
    assert measured(board, "debug-port") == {"low": 0, "high": 1}
    assert measured(started(shorted("SWDIO", "SWCLK")), "debug-port") == {"low": 0, "high": 1}


def test_without_accelerometer_nobody_answers() -> None:
    with pytest.raises(Refused, match="no-answer"):
        measured(started(without("U2")), "interrupt-pins")
