"""How deep the stack was, measured by its paint."""

import json
from pathlib import Path

import pytest

from firmware import stack
from hardware import paths
from hardware.errors import InputError

IMAGE = paths.FIRMWARE / "firmware.bin"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Counts measurements instead of making them."""
    made: list[Path] = []

    def measure(image: Path, elf: Path) -> int:
        del elf
        made.append(image)
        return 700 + len(made)

    monkeypatch.setattr(stack, "measure", measure)
    return made


def test_the_same_image_is_measured_once(tmp_path: Path, quick: list[Path]) -> None:
    report = tmp_path / "stack.json"
    assert [stack.worst_bytes(IMAGE, report=report) for _ in range(3)] == [701, 701, 701]
    assert len(quick) == 1


def test_another_image_is_measured_anew(tmp_path: Path) -> None:
    report, other = tmp_path / "stack.json", tmp_path / "other.bin"
    other.write_bytes(IMAGE.read_bytes() + b"\0")
    assert [stack.worst_bytes(image, report=report) for image in (IMAGE, other, IMAGE)] == [701, 702, 703]


@pytest.mark.parametrize("damaged", ["", "{", "[]", json.dumps({"image": "x"})])
def test_a_damaged_report_is_measured_anew(damaged: str, tmp_path: Path) -> None:
    report = tmp_path / "stack.json"
    report.write_text(damaged)
    assert stack.worst_bytes(IMAGE, report=report) == 701


def test_a_missing_image_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run make firmware"):
        stack.worst_bytes(tmp_path / "none.bin", report=tmp_path / "stack.json")
