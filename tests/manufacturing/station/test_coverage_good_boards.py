"""Good boards stay within what their parts' tolerances allow, and come again with their seed."""

import functools
from itertools import pairwise

from hardware import netlist, paths
from hardware.analogue.tolerance import spreads
from hardware.netlist import Netlist
from hardware.virtual_board.board import VirtualBoard
from manufacturing.station.coverage.good_boards import AUDIO_CORNERS, SOURCE_OHM, SUPPLY_V, GoodBoard, good_board, good_boards

COUNT = 100
METERED = {"mounted_h", "esr_ohm"}


@functools.cache
def circuit() -> Netlist:
    return netlist.read()


@functools.cache
def drawn() -> tuple[GoodBoard, ...]:
    return tuple(good_boards(circuit(), 7, COUNT))


def values(board: GoodBoard, block: str) -> list[object]:
    """Without those that an impedance meter alone sees, which no model of the block reads."""
    seen = {c.ref: {name: c.part.facts[name] for name in c.part.facts.keys() - METERED} for c in board.netlist.in_block(block)}
    return [(c.ref, c.part.rating, sorted(seen[c.ref].items())) for c in board.netlist.in_block(block)]


def test_every_passive_part_stays_within_its_tolerance_and_reaches_both_ends() -> None:
    for ref, whole in circuit().components.items():
        rating = whole.part.rating
        if rating is None:
            continue
        found = [b.netlist.components[ref].part.rating for b in drawn()]
        factors = [f.nominal / rating.nominal - 1 for f in found if f is not None]
        assert max(map(abs, factors)) <= rating.tolerance * (1 + 1e-6), ref
        assert max(factors) > 0 > min(factors), ref


def test_figures_of_the_audio_chips_stay_within_their_spread() -> None:
    for spread in spreads(circuit(), "audio"):
        if spread.fact:
            found = [float(board.netlist.components[spread.ref].part.facts[spread.fact]) for board in drawn()]
            assert spread.low <= min(found) < max(found) <= spread.high


def test_the_supply_and_its_resistance_span_their_ranges() -> None:
    found = [board.cell.volt for board in drawn()]
    assert (min(found), max(found)) == SUPPLY_V
    behind = [board.cell.ohm for board in drawn()]
    assert (min(behind), max(behind)) == SOURCE_OHM


def test_offset_and_rate_reach_the_accelerometer_within_their_limits() -> None:
    board = drawn()[3]
    facts = board.netlist.components["U2"].part.facts
    running = VirtualBoard(board.netlist, paths.FIRMWARE / "firmware.bin", cell=board.cell, seed=board.seed)
    device = running.snapshot().assembly.devices["U2"]
    expected = tuple(facts[f"offset_{axis}_g"] for axis in "xyz")
    assert (device.offset_g, device.rate_error) == (expected, facts["rate_error"])  # type: ignore[attr-defined]
    assert any(expected)
    for each in drawn():
        of_it = each.netlist.components["U2"].part.facts
        assert all(abs(float(of_it[f"offset_{axis}_g"])) <= float(of_it["offset_max_g"]) for axis in "xyz")
        assert abs(float(of_it["rate_error"])) <= float(of_it["rate_error_max"])


def test_the_radios_output_spans_its_spread() -> None:
    found = [float(board.netlist.components["U3"].part.facts["output_error_db"]) for board in drawn()]
    most = float(circuit().components["U3"].part.facts["output_error_max_db"])
    assert (min(found), max(found)) == (-most, most)


def test_a_seed_gives_the_same_boards_again_and_another_seed_others() -> None:
    assert good_board(circuit(), 7, 42) == drawn()[42]
    assert all(good_board(circuit(), 8, number) != drawn()[number] for number in range(10))
    assert all(one.netlist != other.netlist and one.seed != other.seed for one, other in pairwise(drawn()))


def test_boards_of_one_audio_number_have_the_same_audio_block() -> None:
    first, again, other = drawn()[2], drawn()[2 + AUDIO_CORNERS], drawn()[3]
    assert first.audio == again.audio != other.audio
    assert values(first, "audio") == values(again, "audio") != values(other, "audio")
    assert values(first, "radio") != values(again, "radio")
