"""`dollar report`: files, figures, and what it refuses; labels that a scanner reads."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from label_scanner import scanned
from PIL import Image
from record_samples import record, uid
from typer.testing import CliRunner

from hardware.errors import InputError
from manufacturing.station.records import rows
from manufacturing.station.records.chain import GENESIS
from manufacturing.station.records.record import Verdict
from manufacturing.station.records.store import Records
from manufacturing.station.report import label, pages, statistics
from scripts.dollar import report

app = typer.Typer()
app.command()(report.command)


@pytest.fixture
def filled(tmp_path: Path) -> str:
    place = str(tmp_path / "records.sqlite")
    with Records.open(place) as records:
        for number in (1, 2):
            records.reserve_serial(uid(number), "bench")
        records.append(record(1, batch="A<1>"))
        records.append(record(2, verdict=Verdict.FAIL, code="4-LOW"))
        records.append(record(2))
        records.append(record(3))
    return place


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    if done.exception:
        raise done.exception
    return done.stdout


def test_the_page_and_its_figures(filled: str, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    found = json.loads(run("--database", filled, "--out", out, "--json"))
    assert (found["files"], found["units"], found["tests"], found["retested"]) == ([str(out)], 3, 4, 1)
    assert (found["first_pass_percent"], found["final_percent"]) == (pytest.approx(200 / 3), 100)
    assert found["failures"] == {"4-LOW": 1}
    page = out.read_text()
    assert "66.7 %" in page
    assert "A&lt;1&gt;" in page
    assert "<script" not in page


def test_a_batch_without_records_has_a_page_that_says_so(filled: str, tmp_path: Path) -> None:
    run("--database", filled, "--batch", "none", "--out", tmp_path / "page.html")
    assert "No record answers to this selection." in (tmp_path / "page.html").read_text()


def test_a_unit_and_its_label(filled: str, tmp_path: Path) -> None:
    out, drawn = tmp_path / "unit.html", tmp_path / "label.png"
    told = run("--database", filled, "--unit", "2", "--out", out, "--label", drawn)
    assert told == f"wrote {out} and {drawn}\n"
    assert "Attempt 2" in out.read_text()
    assert scanned(drawn) == f"2 {uid(2).upper()}"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--label", "x.png"), "say which with --unit"),
        (("--unit", "77"), "there is no record of 77"),
        (("--unit", uid(3), "--label", "x.png"), "has no serial number yet"),
        (("--unit", "1", "--label", "x.gif"), "neither .svg nor .png"),
        (("--since", "soon"), "--since is 'soon'"),
    ],
)
def test_what_it_refuses_leaves_no_file(filled: str, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        run("--database", filled, "--out", tmp_path / "page.html", *arguments)
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("serial", [1, 99999, 2**31 - 1])
def test_labels_are_read_by_a_scanner_at_300_dots_per_inch(tmp_path: Path, serial: int) -> None:
    picture = Image.open(io.BytesIO(label.png(serial, uid(2**100 + serial))))
    picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.NEAREST).save(tmp_path / "label.png")
    assert scanned(tmp_path / "label.png") == f"{serial} {uid(2**100 + serial).upper()}"


def test_a_label_has_its_size_in_either_format() -> None:
    root = ElementTree.fromstring(label.svg(7, uid(7)))
    picture = Image.open(io.BytesIO(label.png(7, uid(7))))
    width_mm = float(root.attrib["width"].removesuffix("pt")) * 25.4 / 72
    assert width_mm == pytest.approx(label.WIDTH_MM, abs=0.1)
    assert picture.size == (88 * 8, 37 * 8)  # whole dots for each module
    assert label.svg(7, uid(7)) == label.svg(7, uid(7))


def test_a_unit_that_was_not_read_has_a_page_without_label() -> None:
    dead = record(1, uid=None, verdict=Verdict.FAIL, code="1-SILENT", measurements=(), steps=())
    stored = rows.stored(rows.unit_row(dead, 1, 1, GENESIS))
    page = pages.unit(statistics.Unit((stored,)), datetime(2026, 3, 4, tzinfo=UTC))
    assert "unique ID not read" in page
    assert 'id="label"' not in page
