"""The placement file against the gerbers, the bill and faults of the board."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pcbnew
import pytest
from built_order import Built, opened
from gerbonara.graphic_objects import Flash

from hardware.errors import InputError
from hardware.netlist import Netlist
from manufacturing import bom_file, placement_file
from manufacturing.panel import PANEL


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def designators(bom: Path) -> list[str]:
    return [name for row in rows(bom) for name in row["Designator"].split(",")]


@pytest.mark.parametrize("which", ["board", "panel"])
def test_columns_are_those_that_jlcpcb_reads(built: Built, which: str) -> None:
    bom, cpl = built.order / which / "bom.csv", built.order / which / "cpl.csv"

    assert bom.read_text().splitlines()[0] == "Comment,Designator,Footprint,JLCPCB Part #"
    assert cpl.read_text().splitlines()[0] == "Designator,Mid X,Mid Y,Layer,Rotation"


@pytest.mark.parametrize("which", ["board", "panel"])
def test_bill_and_placement_file_name_the_same_parts_once(built: Built, which: str) -> None:
    named = designators(built.order / which / "bom.csv")
    placed = [row["Designator"] for row in rows(built.order / which / "cpl.csv")]

    assert sorted(named) == sorted(placed)
    assert len(set(placed)) == len(placed)


def test_the_board_has_exactly_the_bought_parts(built: Built) -> None:
    bought = {ref for ref, c in built.netlist.components.items() if c.part.is_bought and not c.part.fitted_by_user}

    assert set(designators(built.order / "board" / "bom.csv")) == bought


def test_the_panel_has_each_part_of_each_board(built: Built) -> None:
    single = designators(built.order / "board" / "bom.csv")
    expected = {f"{ref}_{copy}" for ref in single for copy in range(1, PANEL.boards + 1)}

    assert set(designators(built.order / "panel" / "bom.csv")) == expected


@pytest.mark.parametrize("which", ["board", "panel"])
def test_every_position_is_the_middle_of_copper_in_the_gerbers(built: Built, which: str) -> None:
    """Independent of KiCad's positions: both pads of each two-pin part are flashed where the file puts them."""
    stack = opened(built.order / which / "gerbers.zip")
    pads = {
        side: [(item.x, item.y) for item in stack[side, "copper"].objects if isinstance(item, Flash)]
        for side in ("top", "bottom")
    }
    # Two pads opposite each other at the pitch of their footprint, from KiCad's library.
    reach = {"R_0402": 0.51, "C_0402": 0.48, "L_0402": 0.485, "LED_0603": 0.7875}
    checked = 0
    for row, footprint in with_footprints(built, which):
        distance = next((reach[name] for name in reach if footprint.startswith(name)), None)
        if distance is None:
            continue
        x, y, upright = float(row["Mid X"]), float(row["Mid Y"]), float(row["Rotation"]) % 180 == 90
        for sign in (-1, 1):
            pad = (x, y + sign * distance) if upright else (x + sign * distance, y)
            nearest = min(abs(fx - pad[0]) + abs(fy - pad[1]) for fx, fy in pads[row["Layer"].lower()])
            assert nearest < 0.002, f"no pad of {row['Designator']} at {pad}"
        checked += 1
    assert checked > 15


def with_footprints(built: Built, which: str) -> list[tuple[dict[str, str], str]]:
    package = {name: row["Footprint"] for row in rows(built.order / which / "bom.csv") for name in row["Designator"].split(",")}
    return [(row, package[row["Designator"]]) for row in rows(built.order / which / "cpl.csv")]


def test_rotation_is_kicads_plus_the_offset_of_the_part(built: Built) -> None:
    board = pcbnew.LoadBoard(str(built.board))
    rotation = {row["Designator"]: float(row["Rotation"]) for row in rows(built.order / "board" / "cpl.csv")}

    # TSSOP is turned by 270 degrees in JLCPCB's library, resistors are not.
    assert rotation["U1"] == (board.FindFootprintByReference("U1").GetOrientationDegrees() + 270) % 360
    assert rotation["R1"] == board.FindFootprintByReference("R1").GetOrientationDegrees() % 360


def test_the_holder_is_on_the_back_and_mirrored(built: Built) -> None:
    angle = pcbnew.LoadBoard(str(built.board)).FindFootprintByReference("BT1").GetOrientationDegrees()
    (row,) = [row for row in rows(built.order / "board" / "cpl.csv") if row["Designator"] == "BT1"]

    assert row["Layer"] == "Bottom"
    assert float(row["Rotation"]) == (180 - angle) % 360


def altered(built: Built, folder: Path, change: Callable[[pcbnew.BOARD], None]) -> Path:
    copy = folder / "board.kicad_pcb"
    for suffix in (".kicad_pro", ".kicad_pcb"):
        shutil.copy(built.board.with_suffix(suffix), copy.with_suffix(suffix))
    board = pcbnew.LoadBoard(str(copy))
    change(board)
    pcbnew.SaveBoard(str(copy), board, True)
    return copy


def test_a_part_without_footprint_on_the_board_is_named(built: Built, tmp_path: Path) -> None:
    board = altered(built, tmp_path, lambda b: b.Delete(b.FindFootprintByReference("R1")))

    with pytest.raises(InputError, match=r"lacks R1 \(R_.*give it a footprint"):
        placement_file.read(board, built.netlist)


def test_a_bought_part_kept_out_of_the_file_is_named(built: Built, tmp_path: Path) -> None:
    board = altered(built, tmp_path, lambda b: b.FindFootprintByReference("C3").SetExcludedFromPosFiles(True))

    with pytest.raises(InputError, match="lacks C3"):
        placement_file.read(board, built.netlist)


def test_a_part_that_left_the_circuit_is_named(built: Built) -> None:
    components = {ref: c for ref, c in built.netlist.components.items() if ref != "D1"}

    with pytest.raises(InputError, match="has D1, which is not in the circuit: run make"):
        placement_file.read(built.board, Netlist(components, built.netlist.nets))


def test_a_part_without_order_code_is_named(built: Built) -> None:
    nameless = replace(built.netlist.components["L1"], lcsc="")
    netlist = Netlist(dict(built.netlist.components) | {"L1": nameless}, built.netlist.nets)

    with pytest.raises(InputError, match=r"L1 \(L_.*has no LCSC number"):
        placement_file.read(built.board, netlist)


def test_long_rows_of_the_bill_are_split(built: Built) -> None:
    (one,) = [p for p in placement_file.read(built.board, built.netlist) if p.component.ref == "R4"]
    many = tuple(replace(one, copy=copy) for copy in range(1, 251))

    lengths = [len(row["Designator"].split(",")) for row in csv.DictReader(bom_file.text(many).splitlines())]

    assert lengths == [200, 50]
