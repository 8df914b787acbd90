"""Connectivity from gerber and drill files alone: each kind of fault on a board drawn by KiCad is found."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_board import CIRCUIT, VIAS, Alteration, add_track, draw, read, remove_tracks

from hardware.checks.gerber_connectivity import Connectivity, compare
from hardware.layout.outline import HEIGHT_MM


def found(folder: Path, alter: Alteration) -> Connectivity:
    return compare(CIRCUIT, *read(draw(folder, alter)))


def test_a_good_board_has_neither_opens_nor_shorts(tmp_path: Path) -> None:
    assert compare(CIRCUIT, *read(draw(tmp_path))) == Connectivity([], [])


def test_a_removed_track_is_an_open(tmp_path: Path) -> None:
    assert found(tmp_path, remove_tracks("IN", 12.51, 25.0)) == Connectivity(
        ["net IN is in 2 pieces: U1.1 cut off from R1.2"], []
    )


def test_a_track_between_two_nets_is_a_short(tmp_path: Path) -> None:
    opens, shorts = vars(
        found(tmp_path, add_track("IN", "F.Cu", (4.0, 25.0), (4.0, 27.0), (12.51, 27.0), (12.51, 25.0)))
    ).values()
    assert opens == []
    assert shorts == ["one piece of copper holds nets IN (R1.2) and PROBE (R1.1)"]


def test_copper_on_an_open_pin_is_a_short(tmp_path: Path) -> None:
    (short,) = found(tmp_path, add_track("VBAT", "F.Cu", (20.0, 12.0), (17.72, 12.0))).shorts
    assert short == "one piece of copper holds nets VBAT (BT1.2) and none, as TP3.1 is open (TP3.1)"


def test_a_via_that_is_not_drilled_is_an_open(tmp_path: Path) -> None:
    x, y = VIAS["PROBE"][0]

    def leave_out(name: str, text: str) -> str:
        changed = re.sub(rf"X{x}Y{HEIGHT_MM - y}\n", "", text) if name.endswith("-PTH.drl") else text
        assert name[-8:] != "-PTH.drl" or changed != text
        return changed

    assert compare(CIRCUIT, *read(draw(tmp_path), leave_out)).opens == ["net PROBE is in 2 pieces: TP1.1 cut off from R1.1"]


def test_a_hole_that_is_not_plated_joins_nothing(tmp_path: Path) -> None:
    """Ground and VBAT fall apart at the holder, PROBE at its vias."""
    board, files = read(draw(tmp_path))
    unplated = replace(files, holes=[replace(hole, plated=False) for hole in files.holes])
    assert {text.split(" is ")[0] for text in compare(CIRCUIT, board, unplated).opens} == {"net GND", "net VBAT", "net PROBE"}


def test_a_pad_without_copper_is_an_open(tmp_path: Path) -> None:
    flash = "X4000000Y20000000D03*\n"  # TP1's pad

    def without_flash(name: str, text: str) -> str:
        assert flash in text or not name.endswith(".gtl")
        return text.replace(flash, "") if name.endswith(".gtl") else text

    opens = compare(CIRCUIT, *read(draw(tmp_path, remove_tracks("PROBE", 4.0, 12.0)), without_flash)).opens
    assert opens == ["net PROBE: no copper under TP1.1"]


def test_the_antenna_may_join_its_feed_to_ground_but_nothing_else_may(tmp_path: Path) -> None:
    """Both nets are one piece of copper on a good board; a second bridge beside the antenna is a short all the same."""
    (short,) = found(tmp_path, add_track("RF_ANT", "F.Cu", (7.45, 9.0), (9.5, 9.0))).shorts or [""]
    assert short == ""  # the pour keeps off it
    bridge = add_track("RF_ANT", "F.Cu", (7.45, 9.0), (12.0, 28.6))  # to the holder's ground pin
    assert [text for text in found(tmp_path, bridge).shorts if "GND" in text and "RF_ANT" in text and "also outside" in text]


def test_a_part_of_the_netlist_that_the_board_lacks_is_an_open(tmp_path: Path) -> None:
    board, files = read(draw(tmp_path, lambda pcb: pcb.Remove(pcb.FindFootprintByReference("R1"))))
    assert {
        "net IN: the board has no pad for R1.2",
        "net PROBE: the board has no pad for R1.1",
    } <= set(compare(CIRCUIT, board, files).opens)


@pytest.mark.parametrize("shift", [(0, 0), (50_000_000, -20_000_000)])
def test_the_files_may_count_from_another_origin(tmp_path: Path, shift: tuple[int, int]) -> None:
    def move(board: object) -> None:
        settings = board.GetDesignSettings()  # type: ignore[attr-defined]
        origin = settings.GetAuxOrigin()
        settings.SetAuxOrigin(type(origin)(origin.x + shift[0], origin.y + shift[1]))

    assert found(tmp_path, move) == Connectivity([], [])
