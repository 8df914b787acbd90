"""The zips as an independent reader sees them."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from built_order import Built, opened
from gerbonara import LayerStack

from hardware.errors import InputError
from hardware.layout import outline
from manufacturing import archive, fabrication
from manufacturing.panel import PANEL

_LAYERS = {("top", use) for use in ("copper", "mask", "silk", "paste")} | {
    ("bottom", use) for use in ("copper", "mask", "silk", "paste")
}


def outline_size(stack: LayerStack) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the outline's line, its width taken off."""
    (left, bottom), (right, top) = stack.outline.bounding_box()
    half = 0.05
    return tuple(round(value, 2) for value in (left + half, bottom + half, right - half, top - half))


@pytest.mark.parametrize(
    ("which", "width", "height"),
    [("board", outline.WIDTH_MM, outline.HEIGHT_MM), ("panel", PANEL.width_mm, PANEL.height_mm)],
)
def test_outline_has_its_size_and_starts_at_the_lower_left_corner(built: Built, which: str, width: float, height: float) -> None:
    stack = opened(built.order / which / "gerbers.zip")

    assert outline_size(stack) == (0, 0, width, height)


@pytest.mark.parametrize("which", ["board", "panel"])
def test_every_layer_is_told_apart_by_its_name(built: Built, which: str) -> None:
    stack = opened(built.order / which / "gerbers.zip")

    assert {key for key in stack.graphic_layers if key[0] in ("top", "bottom")} == _LAYERS
    assert stack.drill_layers


def test_files_are_plain_gerber_without_x2(built: Built) -> None:
    with ZipFile(built.order / "board" / "gerbers.zip") as zip_file:
        for name in zip_file.namelist():
            content = zip_file.read(name)
            assert b"%TF" not in content, name
            assert b"%TO" not in content, name


def test_only_the_panel_has_unplated_holes(built: Built) -> None:
    with ZipFile(built.order / "board" / "gerbers.zip") as zip_file:
        assert not [name for name in zip_file.namelist() if "NPTH" in name]
    with ZipFile(built.order / "panel" / "gerbers.zip") as zip_file:
        (name,) = [name for name in zip_file.namelist() if "NPTH" in name]
        text = zip_file.read(name).decode()
    assert "C0.600" in text  # mouse bites
    assert "C2.000" in text  # tooling holes


def test_a_zip_depends_on_its_contents_only() -> None:
    assert archive.packed({"b": b"2", "a": b"1"}) == archive.packed({"a": b"1", "b": b"2"})
    assert archive.packed({"a": b"1"}) != archive.packed({"a": b"2"})


def test_a_missing_board_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is missing: run make"):
        fabrication.gerbers(tmp_path / "no.kicad_pcb")
