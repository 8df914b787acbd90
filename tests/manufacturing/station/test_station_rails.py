"""The step before there is power: what it finds, what it lets pass, and that nothing is flashed after it has failed."""

import itertools
from dataclasses import replace

import pytest
from bench import circuit, station, trial, unit, without

from hardware.netlist import Netlist, Terminal
from hardware.rails.impedance import probes
from hardware.virtual_board.parts.coin_cell import FRESH
from manufacturing.station.coverage.changes import (
    Open,
    OtherCell,
    OtherPart,
    OtherValue,
    applied,
    lifted,
    scaled,
    shorted,
)
from manufacturing.station.coverage.good_boards import ESR_FACTOR, MOUNTED_SPREAD, TRACK_SPREAD, good_boards
from manufacturing.station.coverage.sight import sight
from manufacturing.station.fixture.virtual_impedance_meter import VirtualImpedanceMeter
from manufacturing.station.records.record import Outcome, Verdict
from manufacturing.station.selftest.rails import SWEEPS, quantities
from manufacturing.station.selftest.steps import of_board
from manufacturing.station.selftest.verdict import beyond

DRAWN = 300
MARGIN = 0.01


def outside(wired: Netlist, seed: int = 1, margin: float = 0.0) -> list[str]:
    """Causes, as the step gives them. `margin`: so much nearer are the limits, of themselves."""
    meter = VirtualImpedanceMeter(wired, seed)
    found = []
    for probe in meter.probes:
        for quantity, value in quantities(probe, meter.impedance(probe, SWEEPS[probe].hertz)):
            limit = station().limits.of("rails", quantity)
            assert limit.low is not None
            assert limit.high is not None
            found.append(beyond(quantity, value, limit.low * (1 + margin), limit.high * (1 - margin)))
    return [cause for cause in found if cause]


def with_facts(netlist: Netlist, ref: str, **factors: float) -> Netlist:
    component = netlist.components[ref]
    facts = {**component.part.facts, **{name: float(component.part.facts[name]) * by for name, by in factors.items()}}
    return replace(netlist, components={**netlist.components, ref: replace(component, part=replace(component.part, facts=facts))})


def tracks(netlist: Netlist, error: float) -> Netlist:
    row = netlist.components["J1"]
    part = replace(row.part, facts={**row.part.facts, "track_inductance_error": error})
    return replace(netlist, components={**netlist.components, "J1": replace(row, part=part)})


@pytest.mark.parametrize(
    ("ref", "cause"),
    [
        ("C1", "PADS50K-HIGH"),
        ("C3", "PADS2.1M-HIGH"),
        ("C4", "PADS10M-HIGH"),
        ("C5", "PADS5.4M-HIGH"),
        ("C6", "HOLDERRISE-HIGH"),
        ("C11", "MICROPHONE50K-HIGH"),
        ("C12", "MICROPHONE12M-HIGH"),
    ],
)
def test_a_missing_capacitor_is_outside_whatever_the_meters_error(ref: str, cause: str) -> None:
    for seed in range(5):
        found = outside(without(ref), seed)
        assert found[0] == cause, (ref, seed)
        assert outside(lifted(circuit(), Terminal(ref, "2")), seed)


@pytest.mark.parametrize("ref", ["C1", "C3", "C4", "C5", "C6", "C11", "C12"])
@pytest.mark.parametrize("factor", [10.0, 0.1])
def test_a_capacitor_of_a_tenth_or_ten_times_the_value_is_outside(ref: str, factor: float) -> None:
    assert outside(scaled(circuit(), {ref: factor}))


def test_what_hides_beside_a_larger_one_is_known_to_escape() -> None:
    """It shows only as one of ten times its value; README says so."""
    assert not outside(without("C2"))
    assert outside(applied(OtherPart("C2", "C_10u"), circuit()).netlist)


def test_good_boards_are_inside_with_something_to_spare() -> None:
    for seed in range(5):
        assert outside(circuit(), seed, MARGIN) == []


def test_drawn_boards_are_inside_with_something_to_spare() -> None:
    for board in good_boards(circuit(), 3, DRAWN):
        assert outside(board.netlist, board.seed, MARGIN) == [], board.number


def test_boards_at_the_corners_are_inside() -> None:
    """All capacitors at one end of everything, each combination of ends."""
    refs = [c.ref for c in circuit().components.values() if "mounted_h" in c.part.facts]
    ends = itertools.product((-1, 1), (1 - MOUNTED_SPREAD, 1 + MOUNTED_SPREAD), (1 / ESR_FACTOR, ESR_FACTOR), (-1, 1))
    for number, (farad, henry, ohm, track) in enumerate(ends):
        factors = {ref: 1 + farad * rating.tolerance for ref in refs if (rating := circuit().components[ref].part.rating)}
        board = tracks(scaled(circuit(), factors), track * TRACK_SPREAD)
        for ref in refs:
            board = with_facts(board, ref, mounted_h=henry, esr_ohm=ohm)
        assert outside(board, number) == []


def test_drawn_boards_differ_in_what_only_the_meter_sees() -> None:
    boards = list(good_boards(circuit(), 3, 20))
    facts = [board.netlist.components["C6"].part.facts for board in boards]
    nominal = circuit().components["C6"].part.facts
    for name, most in (("mounted_h", 1 + MOUNTED_SPREAD), ("esr_ohm", ESR_FACTOR)):
        drawn = [float(each[name]) / float(nominal[name]) for each in facts]
        assert min(drawn) < 1 < max(drawn) <= most * (1 + 1e-9)
    errors = {float(board.netlist.components["J1"].part.facts["track_inductance_error"]) for board in boards}
    assert {-TRACK_SPREAD, TRACK_SPREAD} <= errors


def test_a_shorted_supply_fails_before_there_is_power_and_is_not_flashed() -> None:
    short = shorted(circuit(), Terminal("C1", "1"), Terminal("C1", "2"))
    board, position = unit(short)
    result = trial(position)
    assert (result.verdict, result.code) == (Verdict.FAIL, "RAILS-PADS50K-LOW")
    assert [step.name for step in result.steps] == ["rails"]
    assert board.now == 0
    assert len(result.measurements) == sum(len(sweep.hertz) + 1 for sweep in SWEEPS.values())


def test_a_missing_capacitor_ends_the_run_of_a_unit() -> None:
    result = trial(unit(without("C11"))[1])
    assert (result.verdict, result.code, result.uid) == (Verdict.FAIL, "RAILS-MICROPHONE50K-HIGH", None)
    assert result.steps[-1].outcome is Outcome.FAIL


def test_a_fixture_with_one_probe_measures_there_only() -> None:
    _, position = unit()

    class One(VirtualImpedanceMeter):
        probes = ("holder",)

    result = trial(replace(position, impedance_meter=One(circuit(), 1)), "rails")
    assert result.verdict is Verdict.PASS
    assert {one.name.partition("_")[0] for one in result.measurements} == {"holder"}


def test_a_board_without_such_rails_has_no_such_step() -> None:
    bare = without("C1", "C2", "C3", "C4", "C5", "C6", "C11", "C12")
    assert probes(bare) == ()
    assert {step.name for step in of_board(circuit())} - {step.name for step in of_board(bare)} == {"rails"}


def test_the_meter_gives_the_same_twice_and_other_errors_at_another_unit() -> None:
    first, again, other = (VirtualImpedanceMeter(circuit(), seed).impedance("pads", SWEEPS["pads"].hertz) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_what_the_meter_sees_makes_boards_differ() -> None:
    whole = sight(applied(OtherCell(FRESH), circuit()))
    for change in (OtherValue("C6", 0.1), OtherPart("C4", "C_470p"), Open(Terminal("C5", "1"))):
        assert sight(applied(change, circuit())).rails != whole.rails
    assert sight(applied(OtherValue("R2", 10.0), circuit())).rails == whole.rails
