from faults import remove

from hardware import netlist as netlists
from hardware.checks import electrical


def test_the_board_passes_every_check() -> None:
    assert electrical.findings(netlists.read()) == {name: [] for name in electrical.CHECKS}


def test_a_fault_shows_under_the_name_of_its_check() -> None:
    found = electrical.findings(remove(netlists.read(), "C6"))
    assert {name for name, findings in found.items() if findings} == {"decoupling"}
