import pytest
from faults import define, reconnect, remove

from hardware import netlist as netlists
from hardware.checks.decoupling import Assignment, assignments, findings
from hardware.netlist import Netlist


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def test_every_supply_pin_has_its_capacitor(board: Netlist) -> None:
    assert findings(board) == []


def test_no_capacitor_serves_twice(board: Netlist) -> None:
    capacitors = [assignment.capacitor for assignment in assignments(board)]
    assert len(capacitors) == len(set(capacitors)) == sum(len(c.part.decoupling) for c in board.components.values())


def test_the_op_amp_with_the_shorter_distance_gets_the_smaller_capacitor(board: Netlist) -> None:
    found = {a.ref: a for a in assignments(board)}
    assert found["U4"] == Assignment("U4", "5", "C12", 3.0)
    assert found["MK1"] == Assignment("MK1", "4", "C11", 4.0)


def test_a_missing_capacitor_is_found(board: Netlist) -> None:
    (finding,) = findings(remove(board, "C6"))
    assert finding.startswith("U3 pin VDD: no free capacitor of ")


def test_a_capacitor_of_another_chip_does_not_serve(board: Netlist) -> None:
    """C2 beside the MCU is on the radio's nets too, but belongs to the MCU."""
    assert len(findings(remove(board, "C6"))) == 1


def test_a_capacitor_on_the_wrong_net_is_found(board: Netlist) -> None:
    assert any(
        line.startswith("U4 pin V+") or line.startswith("MK1 pin VDD") for line in findings(reconnect(board, "C12", "1", "VBAT"))
    )


def test_a_capacitor_that_is_too_small_is_found(board: Netlist) -> None:
    (finding,) = findings(define(board, "C3", "C_100n"))
    assert "1000 nF or more in block mcu" in finding
