"""The order as a whole: complete, verifiable, the same every time, and replaced only by a whole one."""

import hashlib
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from built_order import Built
from matplotlib.image import imread

from hardware.errors import InputError
from hardware.netlist import Netlist
from manufacturing import assembly_drawing, board_shapes, copper_measures, fabrication_notes, order, placement_file
from manufacturing.panel import PANEL
from scripts.dollar import order as command

_WRITTEN = {
    *(f"{which}/{name}" for which in ("board", "panel") for name in ("gerbers.zip", "bom.csv", "cpl.csv")),
    *("assembly.pdf", "polarity.html", "FABRICATION.md", "READINESS.md", "ibom.html"),
    *("top.png", "bottom.png", "board.step", "SHA256SUMS"),
}


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_package_is_complete(built: Built) -> None:
    assert files_of(built.order) == _WRITTEN


def test_checksums_verify_and_name_every_other_file(built: Built) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=built.order, check=True)
    named = {line.split("  ")[1] for line in (built.order / "SHA256SUMS").read_text().splitlines()}

    assert named == _WRITTEN - {"SHA256SUMS"}


def test_the_same_board_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    order.write(5, sources=built.sources, target=tmp_path / "again")

    assert (tmp_path / "again" / "SHA256SUMS").read_text() == (built.order / "SHA256SUMS").read_text()


def test_a_refused_order_leaves_the_previous_one_and_says_what_is_open(built: Built) -> None:
    before = {name: hashlib.sha256((built.order / name).read_bytes()).hexdigest() for name in files_of(built.order)}

    with pytest.raises(InputError, match="add --accept-unverified"):
        order.write(11, sources=built.sources, target=built.order)

    assert {name: hashlib.sha256((built.order / name).read_bytes()).hexdigest() for name in files_of(built.order)} == before
    assert "Before paying for 11 boards" in built.sources.points_open.read_text()


def test_a_failure_half_way_leaves_the_previous_order(built: Built) -> None:
    nameless = replace(built.netlist.components["L1"], lcsc="")
    broken = replace(built.sources, netlist=Netlist(dict(built.netlist.components) | {"L1": nameless}, built.netlist.nets))
    before = (built.order / "SHA256SUMS").stat().st_ino

    with pytest.raises(InputError, match="L1"):
        order.write(5, sources=broken, target=built.order)

    assert files_of(built.order) == _WRITTEN
    assert (built.order / "SHA256SUMS").stat().st_ino == before
    assert [path.name for path in built.order.parent.iterdir() if path.name.startswith(".order")] == []


def test_the_command_prints_one_json_object(
    built: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = order.Order(built.order, 5, tuple(sorted(_WRITTEN)), 17)
    monkeypatch.setattr(order, "write", lambda *_, **__: written)

    command.command(boards=5, accept_unverified=False, as_json=True)

    found = json.loads(capsys.readouterr().out)
    assert found["boards"] == 5
    assert found["ok"] is True
    assert found["unverified"] == 17
    assert set(found["files"]) == _WRITTEN
    assert found["panel"] == {"rows": 4, "columns": 5, "width_mm": 142.0, "height_mm": 134.0}


def test_every_part_that_can_be_turned_has_its_picture(built: Built) -> None:
    html = (built.order / "polarity.html").read_text()
    turned = [c for c in built.netlist.components.values() if c.part.polarity]

    assert len(turned) > 5
    assert len(re.findall(r"<svg viewBox=", html)) == len(turned)
    for component in turned:
        assert component.part.polarity
        assert f'aria-label="{component.ref}"' in html
        assert component.part.polarity.part_mark in html
    assert not re.search(r'(src|href)="(?!data:|#)', html), "the sheet must not load anything"


def test_the_ring_on_the_sheet_is_at_the_pad_of_the_mark(built: Built) -> None:
    """Pin 1 of the microcontroller, found in the placement file's coordinates by its place in the row."""
    html = (built.order / "polarity.html").read_text()
    card = html.split('aria-label="U1"')[1].split("</svg>")[0]
    x, y = (float(number) for number in re.search(r'cx="([\d.]+)" cy="([\d.]+)"', card).groups())
    pad = board_shapes.read(built.board)["U1"].pad("1")

    assert (x, 32 - y) == pytest.approx(pad.middle, abs=0.001)


def test_a_part_on_the_back_is_drawn_mirrored(built: Built) -> None:
    shapes = board_shapes.read(built.board)
    placements = placement_file.read(built.board, built.netlist)

    assert shapes["BT1"].back
    assert not shapes["U1"].back
    drawn = assembly_drawing.pdf(built.board, built.netlist, placements)
    assert drawn.count(b"/Type /Page ") == 2


def test_the_model_has_the_bodies_that_are_our_own(built: Built) -> None:
    text = (built.order / "board.step").read_text()

    assert "'holder'" in text
    assert "'microphone'" in text
    assert "2026-01-01T00:00:00" in text


def test_notes_quote_what_was_measured(built: Built) -> None:
    measures = copper_measures.measure(built.board)

    assert measures.track >= 0.15
    assert measures.gap >= 0.15
    assert measures.drill >= 0.3
    wide = fabrication_notes.text(replace(measures, track=0.37), PANEL, 1000)
    assert "0.37 mm" in wide
    assert "50 (1000 boards)" in wide


def test_the_pictures_show_bodies(built: Built) -> None:
    """In the middle of the back is the grey cell, not green board."""
    picture = imread(built.order / "bottom.png")
    red, green, blue = picture[picture.shape[0] * 3 // 5, picture.shape[1] // 2, :3]

    assert max(red, green, blue) - min(red, green, blue) < 0.05
