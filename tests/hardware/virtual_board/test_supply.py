"""The supply net of a board: which parts it reaches, what they draw, when it passes a threshold."""

import pytest
from faults import exchange, reconnect, remove

from hardware import netlist
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.supply import Supply, supply
from hardware.virtual_board.ticks import from_seconds

CELL = Cell(3.0, 20.0)
BOARD = netlist.read()


def made(board: Netlist = BOARD, cell: Cell = CELL, thresholds: tuple[float, ...] = (1.7, 2.1)) -> Supply:
    return supply(board, cell, thresholds, None)


def test_a_load_lowers_the_voltage_over_the_cells_resistance() -> None:
    found = made()
    found.draw("U3", {"transmit": 18_000.0}, 0)
    assert found.volt(0) == pytest.approx(3.0)
    assert found.volt(from_seconds(1)) == pytest.approx(3.0 - 0.018 * 20)


def test_loads_of_several_parts_add_up_and_a_part_can_stop() -> None:
    found = made()
    found.draw("U3", {"transmit": 18_000.0}, 0)
    found.draw("U1", {"run": 1500.0, "ADC": 500.0}, 0)
    assert found.volt(from_seconds(1)) == pytest.approx(3.0 - 0.020 * 20)
    found.draw("U3", {}, from_seconds(1))
    assert found.volt(from_seconds(2)) == pytest.approx(3.0 - 0.002 * 20)


def test_passing_a_threshold_is_foretold() -> None:
    found = made(cell=Cell(2.4, 60.0))
    assert found.next_event(0) is None
    found.draw("U3", {"transmit": 18_000.0}, 0)
    at = found.next_event(0)
    assert at is not None
    assert found.volt(at) == pytest.approx(2.1, abs=1e-4)
    assert found.volt(at - from_seconds(1e-4)) > 2.1 > found.volt(at + from_seconds(1e-4))


def test_the_foretold_moment_does_not_repeat_itself() -> None:
    found = made(cell=Cell(2.4, 60.0))
    found.draw("U3", {"transmit": 18_000.0}, 0)
    at = found.next_event(0)
    assert at is not None
    assert found.volt(at) < 2.1
    starts = found.next_event(at)  # though the load is still the same
    assert starts is not None
    assert found.volt(starts) == pytest.approx(found.start_v, abs=1e-4)
    stops = found.next_event(starts)
    assert stops is not None
    assert found.volt(stops) < 1.7 == found.least_v < found.start_v
    found.draw("U2", {}, stops)
    assert found.next_event(stops) is None


def test_pins_get_supply_and_ground_by_the_nets() -> None:
    found = made()
    assert found.at_pins(BOARD, "U3", 0) == {"VDD": 3.0, "VSS": 0.0}
    open_ground = reconnect(BOARD, "U3", "VSS", None)
    assert made(open_ground).at_pins(open_ground, "U3", 0) == {"VDD": 3.0}
    on_signal = reconnect(BOARD, "U3", "VDD", "RF_CSN")
    assert made(on_signal).at_pins(on_signal, "U3", 0) == {"VSS": 0.0}


@pytest.mark.parametrize("board", [remove(BOARD, "BT1"), exchange(BOARD, "BT1", "+", "-")], ids=["missing", "turned"])
def test_without_a_cell_the_right_way_round_there_is_no_supply(board: Netlist) -> None:
    found = made(board)
    assert found.volt(0) == 0.0
    assert found.at_pins(board, "U1", 0).get("VCC", 0.0) == 0.0


def test_another_cell_or_brown_out_threshold_is_foretold_anew() -> None:
    found = made()
    found.draw("U3", {"transmit": 18_000.0}, 0)
    assert found.next_event(0) is None
    found.set_brownout(2.8)
    starts = found.next_event(0)
    assert starts is not None
    assert found.volt(starts) == pytest.approx(found.start_v, abs=1e-4)
    at = found.next_event(starts)
    assert at is not None
    assert found.volt(at) == pytest.approx(2.8, abs=1e-4)
    found.exchange(Cell(2.4, 60.0), at)
    passed = []
    while (at := found.next_event(at)) is not None:
        passed.append(found.volt(at))
    assert passed == [pytest.approx(2.1, abs=1e-4), pytest.approx(1.7, abs=1e-4)]
