"""What can break on a board ends in a reported error and continued operation, or in a clean reset that says why: never in a hang.

A fault of the circuit is a change to its netlist, one of the supply another cell, one of the program a patched image.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from boards import FIRMWARE, circuit, lifted, shorted, without
from images import with_stack
from symptoms import reported

from firmware import stack
from firmware.console import Console, Refused
from firmware.stream import record
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import PC
from hardware.virtual_board.device import Drive
from hardware.virtual_board.wiring import Wiring

FRESH, DIPPED, EMPTY = Cell(3.0, 20.0), Cell(1.9, 20.0), Cell(1.5, 20.0)
EVENT_S = 5.0  # two advertising events and more
CARE_S = 21.0  # the accelerometer is looked after every 10 s
WATCHDOG_S = 8.0
BRANCH_TO_ITSELF, UNDEFINED = b"\xfe\xe7", b"\x00\xde"
CONFIG_PAGES = 0x0800_7F00, 256


def started(wired: Netlist | None = None, firmware: bytes | None = None, cell: Cell = FRESH) -> VirtualBoard:
    board = VirtualBoard(wired or circuit(), firmware or FIRMWARE, cell=cell)
    board.run(EVENT_S)
    return board


def console(board: VirtualBoard) -> Console:
    port = board.serial()
    port.reset_input_buffer()
    return Console(port)


def info(board: VirtualBoard) -> dict[str, str]:
    return console(board).request("info").values


def faults(board: VirtualBoard) -> list[str]:
    """What the firmware reported unasked, the checks of its lines left out."""
    return [line.text for line in reported(board)]


def starts(board: VirtualBoard) -> list[str]:
    """The causes of all starts since the cell went in."""
    whole, _, _ = board.console.rpartition("\n")
    lines = [line for line in whole.splitlines() if line.startswith("boot ")]
    return [line.partition("reset=")[2].partition("*")[0] for line in lines]


def sends(board: VirtualBoard) -> bool:
    """Whether beacons go out from now on."""
    before = len(board.beacons)
    board.run(EVENT_S)
    return len(board.beacons) >= before + 6 and all(beacon.decoded for beacon in board.beacons[before:])


@contextmanager
def held_low(board: VirtualBoard, ref: str, pin: str) -> Iterator[None]:
    """A probe that slipped pulls the net of a pin down."""
    signals = board._assembly.signals
    signals.drive(ref, pin, Drive.LOW, board.now)
    yield
    signals.drive(ref, pin, Drive.OPEN, board.now)


def rewire_supply(board: VirtualBoard, wired: Netlist) -> None:
    """A joint of a supply pin breaks, or is mended, while the board runs."""
    board._assembly.wiring = board._assembly.signals.wiring = Wiring(wired)
    board._connections.event()


@pytest.mark.parametrize(
    ("wired", "told", "step"),
    [
        (without("U2"), "accelerometer=no-answer", "accelerometer"),
        (lifted("U2", "VDD"), "accelerometer=no-answer", "accelerometer"),
        (lifted("U2", "SDO"), "accelerometer=no-answer", "axes"),  # its address is another then
        (shorted("I2C_SDA", "GND"), "accelerometer=bus-stuck", "accelerometer"),
        (shorted("I2C_SCL", "GND"), "accelerometer=bus-stuck", "accelerometer-selftest"),
        (without("U3"), "radio=no-answer", "radio"),
        (without("Y1"), "radio=timeout", "radio"),
    ],
    ids=["missing", "unpowered", "other address", "SDA low", "SCL low", "radio missing", "crystal missing"],
)
def test_a_part_that_does_not_answer_is_told_and_the_rest_goes_on(wired: Netlist, told: str, step: str) -> None:
    board = started(wired)
    assert faults(board) == [told]
    found = info(board)
    assert int(found["faults"], 16) != 0
    assert found["fault_count"] == "1"
    with pytest.raises(Refused) as refused:
        console(board).request("test", step)
    assert refused.value.code == told.partition("=")[2]
    assert sends(board) == (not told.startswith("radio"))
    assert console(board).request("test", "supply").values["supply_mv"]
    assert faults(board) == [told]
    assert starts(board) == ["power"]


def test_an_interrupt_line_that_is_dead_is_told() -> None:
    board = started(lifted("U2", "INT1"))
    assert faults(board) == ["interrupt_line=mismatch"]
    assert console(board).request("test", "interrupt").values == {"low": "0", "high": "0", "edges": "0"}
    assert console(board).request("test", "accelerometer").values["who_am_i"] == "11"
    assert sends(board)
    assert starts(board) == ["power"]


def test_a_missing_amplifier_is_seen_by_the_test_of_the_microphone_alone() -> None:
    board = started(without("U4"))
    assert console(board).request("test", "microphone").values["rms_lsb"] == "0.000"
    assert sends(board)
    assert (faults(board), starts(board)) == ([], ["power"])


@pytest.mark.parametrize(("ref", "pin"), [("R3", "2"), ("R2", "2")], ids=["SDA", "SCL"])
def test_a_bus_that_is_stuck_for_a_time_works_again(ref: str, pin: str) -> None:
    board = started()
    with held_low(board, ref, pin):
        board.run(CARE_S)
        assert faults(board) == ["accelerometer=bus-stuck"]
        assert sends(board)
    board.run(CARE_S)
    assert faults(board) == ["accelerometer=bus-stuck", "accelerometer=ok"]
    assert console(board).request("test", "interrupt").values == {"low": "0", "high": "1", "edges": "1"}
    assert starts(board) == ["power"]


def test_a_sensor_that_dies_is_told_and_taken_into_use_again() -> None:
    board = started()
    rewire_supply(board, lifted("U2", "VDD"))
    board.run(CARE_S)
    assert faults(board) == ["accelerometer=no-answer"]
    assert sends(board)
    rewire_supply(board, circuit())
    board.run(CARE_S)
    assert faults(board) == ["accelerometer=no-answer", "accelerometer=ok"]
    assert console(board).request("test", "interrupt").values == {"low": "0", "high": "1", "edges": "1"}


def test_a_dip_of_the_supply_to_1v9_is_told_and_passes() -> None:
    board = started()
    board.exchange_cell(DIPPED)
    board.run(EVENT_S)
    silent_from = len(board.beacons)
    board.run(EVENT_S)
    assert len(board.beacons) == silent_from
    assert "supply=too-low" in faults(board)
    assert 1800 < int(info(board)["supply_mv"]) < 1950
    board.exchange_cell(FRESH)
    board.run(EVENT_S)
    assert sends(board)
    assert "supply=ok" in faults(board)
    assert int(info(board)["faults"], 16) == 0
    assert starts(board) == ["power"]


def test_a_cell_at_its_end_sends_nothing_but_answers_until_it_is_exchanged() -> None:
    board = started(cell=Cell(2.0, 20.0))
    assert faults(board) == ["supply=too-low"]
    assert board.beacons == []
    assert 1900 < int(info(board)["supply_mv"]) < 2050
    board.exchange_cell(FRESH)
    board.run(EVENT_S)
    assert faults(board) == ["supply=too-low", "supply=ok"]
    assert sends(board)


def test_a_supply_that_breaks_down_starts_the_board_anew_with_its_configuration() -> None:
    board = started()
    console(board).request("config", "set", "serial", 77)
    board.exchange_cell(EMPTY)
    board.run(1.0)
    silent_from = len(board.console)
    board.run(EVENT_S)
    assert len(board.console) == silent_from
    board.exchange_cell(FRESH)
    board.run(1.0)
    assert starts(board) == ["power", "power"]
    assert console(board).request("config", "get", "serial").values["serial"] == "77"
    assert sends(board)


@pytest.mark.parametrize("content", [bytes(256), bytes(range(256)), b"\xff\xfe" * 128], ids=["zeros", "ramp", "pattern"])
def test_a_corrupt_configuration_is_told_and_gives_way_to_the_defaults(content: bytes) -> None:
    image = FIRMWARE.read_bytes().ljust(CONFIG_PAGES[0] & 0x7FFF, b"\xff") + content
    board = started(firmware=image)
    assert faults(board) == ["settings=mismatch"]
    assert info(board)["config"] == "defaults"
    assert sends(board)
    console(board).request("config", "set", "serial", 5)
    assert info(board)["config"] == "flash"
    assert faults(board) == ["settings=mismatch", "settings=ok"]
    board.exchange_cell(EMPTY)
    board.run(1.0)
    board.exchange_cell(FRESH)
    board.run(1.0)
    assert console(board).request("config", "get", "serial").values["serial"] == "5"


@contextmanager
def next_instruction(board: VirtualBoard, instruction: bytes) -> Iterator[int]:
    """Another instruction where the program is; its address. Put right again afterwards."""
    machine = board.chip.machine
    at = machine.register(PC)
    whole = machine.read(at, len(instruction))
    machine.load(at, instruction)
    yield at
    machine.load(at, whole)


def test_a_program_that_hangs_is_ended_by_the_watchdog() -> None:
    board = started()
    with next_instruction(board, BRANCH_TO_ITSELF):
        assert board.run_for(lambda: bool(board.faults), at_most_s=1.5 * WATCHDOG_S)
    assert [fault.text for fault in board.faults] == ["the watchdog reset the chip"]
    assert sends(board)
    assert starts(board) == ["power", "watchdog"]
    assert info(board)["reset"] == "watchdog"


def test_an_undefined_instruction_is_a_reset_that_says_where() -> None:
    board = started()
    with next_instruction(board, UNDEFINED) as at:
        assert board.run_for(lambda: len(starts(board)) > 1, at_most_s=WATCHDOG_S)
    assert starts(board) == ["power", "fault"]
    assert int(info(board)["fault_address"], 16) == at
    assert sends(board)


def test_a_stack_with_100_bytes_to_spare_is_enough_for_everything_that_was_measured() -> None:
    board = started(firmware=with_stack(stack.worst_bytes() + 100))
    for step in ("axes", "accelerometer-selftest", "interrupt", "tone", "radio", "flash", "sleep"):
        assert console(board).request("test", step).values
    assert record(console(board), "motion", 1).whole
    assert record(console(board), "sound", 1).whole
    assert 0 < int(info(board)["stack_unused"]) <= 200
    assert sends(board)
    assert starts(board) == ["power"]


@pytest.mark.parametrize("size", [200, 100])
def test_a_stack_that_is_too_small_is_a_reset_that_says_so(size: int) -> None:
    board = VirtualBoard(circuit(), with_stack(size))
    board.run(0.3)
    first, *others = starts(board)
    assert first == "power"
    assert set(others) == {"stack"}
    assert board.faults == []
