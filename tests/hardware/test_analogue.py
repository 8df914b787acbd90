"""The study of the board, and that each of its limits can fail."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import define, remove

from hardware import netlist as netlists
from hardware import paths
from hardware.analogue import audio, droop, report, tolerance
from hardware.analogue.limits import AUDIO, SUPPLY, Limit
from hardware.analogue.study import Study, study
from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.spice import preamp
from hardware.spice.deck import NOMINAL, Corner

LIMITS: dict[str, Limit] = {limit.name: limit for limit in (*AUDIO, *SUPPLY)}


@pytest.fixture(scope="module")
def board() -> Netlist:
    return netlists.read()


@pytest.fixture(scope="module")
def found(board: Netlist) -> Study:
    return study(board)


def audio_quantities(netlist: Netlist, supply_v: float = 3.0, corner: Corner = NOMINAL) -> dict[str, float]:
    return audio.quantities(audio.run(netlist, supply_v, corner, preamp.operating_point(netlist, supply_v)))


def test_the_board_keeps_every_limit(found: Study) -> None:
    assert [result.limit.name for result in found.results if not result.ok] == []
    assert {result.limit.name for result in found.results} == set(LIMITS)


def test_audio_is_measured_at_a_fresh_cell_and_at_the_cut_off(found: Study) -> None:
    gain = [result.condition for result in found.results if result.limit.name == "gain_1khz"]
    assert gain == ["3 V", "2.2 V"]


Fault = Callable[[Netlist], dict[str, float]]

FAULTS: dict[str, Fault] = {
    "gain_1khz": lambda board: audio_quantities(define(board, "R5", "R_4.7k")),
    "lower_corner": lambda board: audio_quantities(define(board, "C14", "C_100n")),
    "upper_corner": lambda board: audio_quantities(remove(board, "C13")),
    "gain_band_edge": lambda board: audio_quantities(board, corner=Corner(scale={"C13": 2.5})),
    "folding": lambda board: audio_quantities(remove(board, "C13")),
    "preamp_noise": lambda board: audio_quantities(board, corner=Corner(facts={("U4", "noise_v_per_rthz"): 60e-9})),
    "converter_noise": lambda board: audio_quantities(define(board, "R5", "R_4.7k")),
    "rest": lambda board: audio_quantities(board, corner=Corner(facts={("MK1", "bias_v"): 1.5})),
    "loudest": lambda board: audio_quantities(board, corner=Corner(facts={("MK1", "bias_v"): 0.15})),
    "start_up": lambda board: audio_quantities(define(board, "C14", "C_10u")),
    "rejection_100hz": lambda board: audio_quantities(board, corner=Corner(facts={("MK1", "supply_rejection_db"): 30.0})),
    "rejection_1khz": lambda board: audio_quantities(remove(board, "C11")),
    "inrush": lambda board: audio_quantities(board, corner=Corner(scale={"R4": 0.1})),
    "block_supply": lambda board: audio_quantities(define(board, "R4", "R_1k"), supply_v=2.2),
    "beacon_aged": lambda board: droop.quantities(remove(board, "C1"), NOMINAL),
    "switch_on_aged": lambda board: droop.quantities(remove(board, "C1"), Corner(scale={"R4": 0.5})),
    "most_ohm": lambda board: droop.quantities(remove(board, "C1"), NOMINAL),
    "least_open_circuit": lambda board: droop.quantities(remove(board, "C1"), NOMINAL),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_limit_can_fail(board: Netlist, name: str) -> None:
    assert not LIMITS[name].holds(FAULTS[name](board)[name])


def test_a_fresh_cell_alone_carries_the_beacon_but_its_limit_can_fail(board: Netlist) -> None:
    """20 ohm at 19.5 mA is 0.4 V: no fault of the board fails it, only a worse cell."""
    assert set(LIMITS) - set(FAULTS) == {"beacon_fresh"}
    assert LIMITS["beacon_fresh"].holds(droop.quantities(remove(board, "C1"), NOMINAL)["beacon_fresh"])
    assert not LIMITS["beacon_fresh"].holds(2.19)


def test_no_drawn_corner_is_worse_than_the_worst(board: Netlist, found: Study) -> None:
    """Directions are found one value at a time; random values, seeded, must stay between the ends."""
    draw = random.Random(2)
    spreads = tolerance.spreads(board, preamp.BLOCK)
    worst = {r.limit.name: r for r in found.results if r.condition == "3 V"}
    corners = [tolerance.corner((spread, draw.random() < 0.5) for spread in spreads) for _ in range(12)]
    for values in tolerance.in_parallel(lambda corner: audio_quantities(board, corner=corner), corners):
        for name, result in worst.items():
            slack = 1e-3 * abs(result.nominal)
            assert result.lowest is None or values[name] >= result.lowest - slack, name
            assert result.highest is None or values[name] <= result.highest + slack, name


def test_a_start_up_that_takes_longer_than_the_simulation_is_not_a_quick_one(board: Netlist) -> None:
    assert audio_quantities(define(board, "C14", "C_10u"))["start_up"] > 140


def test_a_circuit_without_the_amplifier_is_refused_in_one_sentence(board: Netlist) -> None:
    with pytest.raises(InputError, match="the netlist has 0 LMV321IDBVR where the simulation needs one"):
        study(remove(board, "U4"))


def test_worst_corners_lie_around_the_nominal(found: Study) -> None:
    for result in found.results:
        assert result.lowest is None or result.lowest <= result.nominal
        assert result.highest is None or result.highest >= result.nominal


def test_two_runs_write_the_same_bytes_and_json_says_what_the_command_says(found: Study, tmp_path: Path) -> None:
    summary = report.write(found, tmp_path)
    command = [sys.executable, "-m", "scripts.dollar", "analogue", "--json"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == summary
    assert set(summary) == {"ok", "results", "plots"}
    for name in ("analogue.json", *summary["plots"]):
        assert (tmp_path / name).read_bytes() == (paths.REPORTS / name).read_bytes(), name


def test_a_failed_limit_makes_the_verdict_fail(found: Study) -> None:
    strict = Limit("gain_1khz", "", "dB", 45.0, None, "")
    failing = [type(r)(strict, r.condition, r.nominal, r.lowest, r.highest) for r in found.results[:1]]
    assert not Study(tuple(failing), found.nominal, found.corners, found.beacons).ok
