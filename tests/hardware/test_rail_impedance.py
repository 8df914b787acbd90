"""The impedance of an unpowered board's rails: against formulas, against ngspice, against where things lie."""

import functools
from dataclasses import replace
from math import pi

import numpy as np
import pcbnew
import pytest
from faults import remove

from hardware import netlist as netlists
from hardware import paths
from hardware.errors import InputError
from hardware.footprints import library
from hardware.layout.drawing import ORIGIN_MM
from hardware.layout.footprints import place_all
from hardware.layout.pad_centres import pad_centres
from hardware.layout.placement import PLACEMENT
from hardware.netlist import GROUND, Netlist, Terminal
from hardware.parts import PARTS
from hardware.rails import copper
from hardware.rails.circuit import Branch, Circuit, circuit
from hardware.rails.copper import Rail, Track
from hardware.rails.impedance import CELL, MICROPHONE, PADS, impedance, probes, reached, solved
from hardware.spice import program
from manufacturing.station.coverage.changes import shorted

HERTZ = [5e4, 3e5, 1.1e6, 3.4e6, 7.4e6, 14e6, 30e6]
END = Terminal("J1", "1")


@functools.cache
def board() -> Netlist:
    return netlists.read()


@functools.cache
def supply() -> Rail:
    return copper.rails(("VBAT",))[0]


def track_between(one: str, other: str) -> Track:
    names = {node: f"{end.ref}.{end.number}" for end, node in supply().pads}
    return next(t for t in supply().tracks if {names.get(t.one), names.get(t.other)} == {one, other})


def test_one_capacitor_behind_a_track_is_as_the_formula_says() -> None:
    part = Branch("C", "pad", GROUND, 0.025, 0.6e-9, 100e-9)
    found = solved(Circuit((Branch("track", "probe", "pad", 0.01, 5e-9), part), {END: "probe"}), END, HERTZ)
    omega = 2 * pi * np.array(HERTZ)
    expected = 0.035 + 1j * omega * 5.6e-9 + 1 / (1j * omega * 100e-9)
    assert found == pytest.approx(expected, rel=1e-4)


def spice_lines(branch: Branch, number: int) -> list[str]:
    one, other = (end if end != GROUND else "0" for end in (branch.one, branch.other))
    a, b = f"a{number}", f"b{number}"
    inductance = f"L{number} {a} {b} {branch.henry:.9g}" if branch.henry else f"V{number} {a} {b} 0"
    capacity = f"C{number} {b} {other} {branch.farad:.9g}" if branch.farad else f"W{number} {b} {other} 0".replace("W", "Vw")
    return [f"R{number} {one} {a} {max(branch.ohm, 1e-6):.9g}", inductance, capacity]


@pytest.mark.parametrize("wired", [netlists.read(), remove(netlists.read(), "C3")], ids=["whole", "C3 missing"])
def test_ngspice_finds_the_same_at_each_probe(wired: Netlist) -> None:
    rails = copper.rails(("VBAT", "VMIC"))
    described = circuit(wired, rails)
    deck = [line for number, branch in enumerate(described.branches) for line in spice_lines(branch, number)]
    for probe in probes(board()):
        ours = impedance(wired, probe.name, HERTZ)
        node = described.pads[probe.pad]
        source = [f"Iprobe 0 {node} DC 0 AC 1", ".options rshunt=1e9"]
        found = program.run([*deck, *source], [f"ac lin 1 {hertz:g} {hertz:g}" for hertz in HERTZ])
        theirs = [complex(one[f"v({node.lower()})"][0]) for one in found]
        assert ours == pytest.approx(theirs, rel=1e-3), probe.name


def test_pads_lie_where_kicad_places_them() -> None:
    """Those of the board, and of parts that lie on the back, turned."""
    back = tuple(place._replace(side="bottom") if place.ref in ("U2", "C12", "U1") else place for place in PLACEMENT)
    library.write(paths.KICAD)
    for table in (PLACEMENT, back):
        ours, kicad = pad_centres(board(), table), pcbnew.BOARD()
        place_all(kicad, board(), table)
        for footprint in kicad.GetFootprints():
            for pad in footprint.Pads():
                at, end = pad.GetPosition(), Terminal(footprint.GetReference(), pad.GetNumber())
                if end.ref != "AE1":  # has more than one pad of a number
                    theirs = pcbnew.ToMM(at.x) - ORIGIN_MM[0], pcbnew.ToMM(at.y) - ORIGIN_MM[1]
                    assert ours[end] == pytest.approx(theirs, abs=1e-3), end


def test_a_track_has_the_inductance_of_its_length_and_width() -> None:
    """C4.1 to U2.3: 0.93 mm of 0.25 mm; a microstrip of 0.25 mm over 1.6 mm has 0.79 nH/mm (Wheeler)."""
    assert copper.microstrip_nh_per_mm(0.25) == pytest.approx(0.787, abs=0.005)
    assert copper.via_nh() == pytest.approx(1.299, abs=0.002)
    assert copper.microstrip_nh_per_mm(1.6 * 1.0001) == pytest.approx(copper.microstrip_nh_per_mm(1.6), rel=0.01)
    track = track_between("C4.1", "U2.3")
    assert track.henry == pytest.approx(0.9275 * 0.787e-9, rel=0.01)
    assert track.ohm == pytest.approx(0.9275 * 1.72e-5 / (0.25 * 0.035), rel=0.01)


def test_a_track_that_is_taken_away_leaves_a_pad_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copper.hand_drawn, "TRACKS", tuple(row for row in copper.hand_drawn.TRACKS if "U2.7" not in row.points))
    copper.rails.cache_clear()
    try:
        with pytest.raises(InputError, match=r"VBAT do not reach U2\.7"):
            copper.rails(("VBAT",))
    finally:
        copper.rails.cache_clear()


def test_capacitors_show_where_they_are_near() -> None:
    """C6 stands at the holder, C5 at the row of pads, C11 on a rail of its own."""

    def moved(ref: str, probe: str) -> float:
        whole, without = (abs(impedance(wired, probe, HERTZ)) for wired in (board(), remove(board(), ref)))
        return float(max(abs(np.log(without / whole))))

    assert moved("C6", CELL) > 0.1 > 0.01 > moved("C6", PADS)
    assert moved("C5", PADS) > 0.3 > 0.05 > moved("C5", CELL)
    assert moved("C11", MICROPHONE) > 3
    assert moved("C11", PADS) < 1e-6


def test_a_rail_on_ground_is_only_the_copper_to_the_short() -> None:
    short = shorted(board(), Terminal("C1", "1"), Terminal("C1", "2"))
    assert abs(impedance(short, PADS, [5e4])[0]) < 0.03
    assert abs(impedance(short, MICROPHONE, HERTZ)) == pytest.approx(abs(impedance(board(), MICROPHONE, HERTZ)), rel=1e-6)


def test_two_rails_that_solder_joins_share_their_capacitors() -> None:
    joined = shorted(board(), Terminal("C1", "1"), Terminal("C11", "1"))
    apart, together = (abs(impedance(wired, MICROPHONE, [5e4])[0]) for wired in (board(), joined))
    assert together < 0.5 * apart


def test_without_a_capacitor_there_is_no_probe() -> None:
    assert [probe.name for probe in probes(board())] == [PADS, CELL, MICROPHONE]
    assert [probe.name for probe in probes(remove(remove(board(), "C11"), "C12"))] == [PADS, CELL]
    assert probes(Netlist({}, {})) == ()


def test_a_missing_part_leaves_the_pad_that_the_probe_touches() -> None:
    assert reached(remove(board(), "BT1")) == (PADS, CELL, MICROPHONE)
    bare = functools.reduce(remove, ("MK1", "U4", "C11", "C12", "R4"), board())
    assert reached(bare) == (PADS, CELL)


def test_more_inductance_of_the_tracks_is_seen_above_resonance() -> None:
    row = board().components["J1"]
    facts = {**row.part.facts, "track_inductance_error": 0.15}
    more = replace(board(), components={**board().components, "J1": replace(row, part=replace(row.part, facts=facts))})
    ratio = abs(impedance(more, PADS, [30e6])[0] / impedance(board(), PADS, [30e6])[0])
    assert 1.1 < ratio <= 1.15


def test_every_capacitor_states_its_parasitics() -> None:
    capacitors = [part for part in PARTS.values() if part.rating is not None and part.rating.quantity == "capacitance"]
    assert capacitors
    assert all(0 < float(part.facts["mounted_h"]) < 2e-9 and float(part.facts["esr_ohm"]) > 0 for part in capacitors)
