"""The report as it is seen in a browser: screenshots are taken, and what is on them is checked."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import browser
import numpy as np
import pytest
from label_scanner import scanned
from PIL import Image
from synthetic_records import QUANTITIES, production

from manufacturing.station.report import pages, statistics

MADE = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
BLUE, RED, GREEN = (0x3B, 0x76, 0xAF), (0xC8, 0x42, 0x3B), (0x2E, 0x7D, 0x4F)
FOUND = statistics.of(production(300, seed=1))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    chromium = browser.program()
    if chromium is None:
        pytest.skip("chromium is not installed here: scripts/setup installs it")
    with browser.opened(chromium, tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "production.html"
    file.write_text(pages.production(FOUND, "dollar-tinyml: production", MADE))
    return file


def seen(page: browser.Page, selector: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot(selector))).convert("RGB")).astype(int)


def pixels(picture: np.ndarray, colour: tuple[int, int, int]) -> int:
    return int((np.abs(picture - colour).max(axis=2) < 12).sum())


def test_the_figures_are_where_they_are_to_be_seen(page: browser.Page, report: Path) -> None:
    page.open(report)
    assert page.ask("document.querySelector('#first-pass b').innerText") == f"{FOUND.first_pass.percent:.1f} %"
    assert page.ask("document.querySelector('#final b').innerText") == f"{FOUND.final.percent:.1f} %"
    assert page.ask("document.querySelector('#retested b').innerText") == str(len(FOUND.retested))
    assert page.ask("document.querySelectorAll('#retests tbody tr').length") == len(FOUND.retested)
    for tile in ("#first-pass", "#final", "#median", "#retested", "#errors"):
        box = page.box(tile)
        assert box["y"] + box["height"] < 900  # on the first screen
        dark = (seen(page, f"{tile} b").max(axis=2) < 90).mean()
        assert 0.02 < dark < 0.5  # digits, neither nothing nor a block


def test_every_code_has_a_bar_as_long_as_its_count(page: browser.Page, report: Path) -> None:
    page.open(report)
    text = page.ask("document.querySelector('#pareto').innerText || document.querySelector('#pareto').textContent")
    assert all(code in text for code, _ in FOUND.failures)
    blue = np.abs(seen(page, "#pareto svg") - BLUE).max(axis=2) < 12
    rows = blue.sum(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], rows > 0, [0]])))
    lengths = [rows[start:end].max() for start, end in edges.reshape(-1, 2)]
    assert len(lengths) == len(FOUND.failures)
    shown = np.array(lengths) / lengths[0]
    counted = np.array([count for _, count in FOUND.failures]) / FOUND.failures[0][1]
    assert np.abs(shown - counted).max() < 0.02


def test_each_measurement_has_its_histogram_limits_and_cpk(page: browser.Page, report: Path) -> None:
    page.open(report)
    titles = page.ask("[...document.querySelectorAll('.measurement h3')].map(e => e.innerText)")
    assert titles == [f"{each.step}: {each.name}" for each in QUANTITIES]
    cpks = page.ask("[...document.querySelectorAll('.measurement .head b')].map(e => e.innerText)")
    assert cpks == [f"{each.cpk:.2f}" for each in FOUND.distributions]
    for number, each in enumerate(FOUND.distributions):
        page.ask(f"document.querySelectorAll('.measurement')[{number}].id = 'now'")
        picture = seen(page, "#now svg")
        assert pixels(picture, BLUE) > 2000, each.name
        dashed = (np.abs(picture - RED).max(axis=2) < 40).sum(axis=0) > 0.25 * picture.shape[0]
        assert np.count_nonzero(np.diff(dashed.astype(int)) == 1) >= (each.least is not None) + (each.most is not None), each.name
        page.ask("document.querySelector('#now').id = ''")


def test_nothing_overflows_overlaps_or_is_loaded(page: browser.Page, report: Path) -> None:
    page.loaded.clear()
    for width in (1200, 700, 380):
        page.open(report, width)
        assert page.ask("document.documentElement.scrollWidth") <= width
        tiles = page.ask(
            "[...document.querySelectorAll('.tile, figure')].map(e => e.getBoundingClientRect())"
            ".map(r => [r.x, r.y, r.right, r.bottom])"
        )
        for i, (x, y, right, bottom) in enumerate(tiles):
            assert right - x > 60
            assert all(x >= r - 1 or a >= right - 1 or y >= b - 1 or c >= bottom - 1 for a, c, r, b in tiles[i + 1 :])
    assert set(page.loaded) == {report.as_uri()}
    assert page.complaints == []


def test_it_prints(page: browser.Page, report: Path) -> None:
    page.open(report)
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert 2 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page>") <= 6


def test_the_page_of_a_unit_has_its_label_and_attempts(page: browser.Page, tmp_path: Path) -> None:
    unit = next(each for each in FOUND.retested if each.last.record.verdict == "PASS" and each.attempts[0].record.measurements)
    (tmp_path / "unit.html").write_text(pages.unit(unit, MADE))
    page.open(tmp_path / "unit.html")
    headings = page.ask("[...document.querySelectorAll('h2')].map(e => e.innerText.split(' ')[1])")
    assert headings == [str(each.attempt) for each in reversed(unit.attempts)]
    assert page.ask("document.querySelectorAll('.measured tbody tr').length") == sum(
        len(each.record.measurements) for each in unit.attempts
    )
    assert pixels(seen(page, "h1 .verdict"), GREEN) > 300
    assert pixels(seen(page, "tr.poor"), RED) > 30
    (tmp_path / "label.png").write_bytes(page.screenshot("#label"))
    assert scanned(tmp_path / "label.png") == f"{unit.last.record.serial} {(unit.last.record.uid or '').upper()}"
