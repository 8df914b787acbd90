"""The campaign runs each board once on the very station, keeps what became of it, and counts right."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bench
import pytest

from hardware.netlist import Terminal
from manufacturing.station.coverage import campaign, kept, trial
from manufacturing.station.coverage.campaign import Plan, sampled
from manufacturing.station.coverage.changes import Change, Missing, Open, OtherValue
from manufacturing.station.coverage.fault import Fault, FaultClass, LeftOut
from manufacturing.station.coverage.kept import Kept
from manufacturing.station.coverage.summary import summary
from manufacturing.station.coverage.trial import Bench, Good, Outcome, Subject
from manufacturing.station.records.record import Verdict

PASS, FAIL = Outcome(Verdict.PASS, "", "", 5.0), Outcome(Verdict.FAIL, "ACC-NOANSWER", "it does not answer", 2.0)
ERROR = Outcome(Verdict.ERROR, "STATION-NOTMODELLED", "no model has this register", 1.0)
GONE, LIFTED, WRONG = Missing("U2"), Open(Terminal("U2", "2")), OtherValue("R5", 10.0)


def fault(name: str, change: Change, kind: FaultClass = FaultClass.OPENS) -> Fault:
    return Fault(name, kind, change, f"{name} is wrong")


FAULTS = (fault("gone", GONE, FaultClass.PRESENCE), fault("lifted", LIFTED), fault("also lifted", LIFTED), fault("wrong", WRONG))
UNSEEN = (LeftOut(fault("hidden", Missing("L1"), FaultClass.PRESENCE), "nothing reads it"),)
PLAN = Plan(FAULTS, UNSEEN, good_boards=2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "campaign.jsonl"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    """In place of the station: the accelerometer missing fails, one number of a good board too. What it was asked for."""
    asked: list[Subject] = []

    def run(_: Bench, subject: Subject) -> Outcome:
        asked.append(subject)
        return {GONE: FAIL, LIFTED: ERROR, Good(1): FAIL}.get(subject, PASS)

    monkeypatch.setattr(trial, "run", run)
    return asked


def the_bench() -> Bench:
    return Bench(bench.circuit(), bench.station(), seed=1)


def ran(place: Path, plan: Plan = PLAN, done: Callable[[], object] = lambda: None) -> dict[Subject, Outcome]:
    return campaign.run(the_bench(), plan, Kept(place), 1, done)


def test_the_very_station_finds_a_missing_part_and_passes_a_good_board() -> None:
    assert trial.run(the_bench(), GONE).code == "ACC-NOANSWER"
    found = trial.run(the_bench(), Good(0))
    assert (found.verdict, found.code) == (Verdict.PASS, "")
    assert 4 < found.seconds < 6  # of the board: flash, self-test and configuration


def test_a_board_is_run_once_however_many_faults_it_is(stub: list[Subject], place: Path) -> None:
    ran(place)
    assert stub == [GONE, LIFTED, WRONG, Good(0), Good(1)]


def test_what_was_run_is_not_run_again(stub: list[Subject], place: Path) -> None:
    told: list[None] = []
    first = ran(place, replace(PLAN, good_boards=0))
    stub.clear()
    assert ran(place, done=lambda: told.append(None)) == {**first, Good(0): PASS, Good(1): FAIL}
    assert stub == [Good(0), Good(1)]
    assert len(told) == 5  # those that were kept as well


def test_a_stopped_campaign_goes_on_where_it_was(place: Path, stub: list[Subject], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ran(place.with_name("whole"))
    run = trial.run

    def interrupted(on: Bench, subject: Subject) -> Outcome:
        if subject == WRONG:
            raise KeyboardInterrupt
        return run(on, subject)

    monkeypatch.setattr(trial, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ran(place)
    monkeypatch.setattr(trial, "run", run)
    stub.clear()
    assert ran(place) == whole
    assert stub == [WRONG, Good(0), Good(1)]


def test_a_line_that_was_cut_off_is_run_again(place: Path, stub: list[Subject]) -> None:
    whole = ran(place)
    text = place.read_text()
    place.write_text(text[: text.rindex("verdict") + 3])
    stub.clear()
    assert ran(place) == whole
    assert len(stub) == 1
    stub.clear()
    assert ran(place) == whole
    assert not stub


def test_what_is_kept_is_of_the_same_image_limits_circuit_and_seed() -> None:
    on = the_bench()
    other_image = replace(on.station, image=on.station.image[:-4] + b"1234")
    other_circuit = replace(on.netlist, nets=dict(list(on.netlist.nets.items())[1:]))
    benches = [on, replace(on, seed=2), replace(on, station=other_image), replace(on, netlist=other_circuit)]
    assert kept.made_of(on) == kept.made_of(the_bench())
    assert len({kept.made_of(one) for one in benches}) == len(benches)


def test_a_sample_is_of_all_faults_and_comes_again_with_its_seed() -> None:
    many = Plan(tuple(fault(f"R{n}", OtherValue(f"R{n}", 10.0)) for n in range(60)), UNSEEN * 40, 5)
    one = sampled(many, 50, seed=1)
    assert one == sampled(many, 50, seed=1) != sampled(many, 50, seed=2)
    assert len(one.faults) + len(one.unseen) == 50
    assert len(one.faults) > 20
    assert len(one.unseen) > 10
    assert sampled(many, 1000, seed=1) == many


@pytest.mark.usefixtures("stub")
def test_the_sum_counts_faults_not_boards(place: Path) -> None:
    found = summary(the_bench(), PLAN, ran(place))
    said = found.as_json()
    assert (said["faults"], said["detected"], said["percent"]) == (5, 1, 20.0)
    assert said["by_class"] == {
        "presence": {"faults": 2, "detected": 1, "percent": 50.0},
        "opens": {"faults": 3, "detected": 0, "percent": 0.0},
    }
    assert said["detected_by"] == {"ACC": 1}
    escaped = {one["name"]: (one["code"], one["reason"]) for one in said["escapes"]}
    assert escaped["hidden"] == ("", "nothing reads it")
    assert escaped["lifted"] == escaped["also lifted"] == (ERROR.code, ERROR.text)
    assert escaped["wrong"][1]
    assert (said["good_boards"], said["false_fails"]) == (2, 1)
    assert said["failed_good_boards"] == [{"number": 1, "code": FAIL.code, "text": FAIL.text}]


@pytest.mark.parametrize(("found", "good", "holds"), [(9, 0, True), (8, 0, False), (10, 1, False)])
def test_it_holds_with_nine_of_ten_faults_found_and_no_good_board_failed(found: int, good: int, holds: bool) -> None:
    faults = tuple(fault(f"R5 x{n}", OtherValue("R5", float(n))) for n in range(10))
    outcomes: dict[Subject, Outcome] = {one.change: FAIL if n < found else PASS for n, one in enumerate(faults)}
    outcomes[Good(0)] = FAIL if good else PASS
    assert summary(the_bench(), Plan(faults, (), 1), outcomes).holds is holds
