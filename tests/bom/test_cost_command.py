"""The command as a user runs it."""

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path
from typing import Any

import pytest

from bom import quotes

KEYS = {"boards", "components_usd", "pcb_usd", "assembly_usd", "total_usd", "price_date", "unverified", "lines"}


def dollar_cost(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.dollar", "cost", "--report-folder", str(folder / "reports"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def answer(folder: Path, *options: str) -> dict[str, Any]:
    done = dollar_cost(folder, "--json", "--today", "2026-11-22", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return Path(shutil.copytree(quotes.FOLDER, tmp_path / "prices"))


def test_json_has_its_keys_and_adds_up(tmp_path: Path) -> None:
    found = answer(tmp_path, "--boards", "1000", "--prices", "2026-05-21", "--stress")
    assert found.keys() >= KEYS | {"curve", "stress", "rises", "stale"}
    assert found["boards"] == 1000
    assert found["price_date"] == "2026-05-21"
    assert found["total_usd"] == pytest.approx(found["components_usd"] + found["pcb_usd"] + found["assembly_usd"], abs=2e-4)
    assert sum(line["extended_usd"] for line in found["lines"]) == pytest.approx(found["components_usd"], abs=1e-3)
    assert found["stale"] is True
    assert all(line["bought"] >= line["quantity"] * 1000 for line in found["lines"])
    assert [point["boards"] for point in found["curve"]] == [5, 30, 100, 1000, 10000]
    assert found["curve"][3]["standard_usd"] == found["total_usd"]
    assert json.loads((tmp_path / "reports" / "cost.json").read_text(encoding="utf-8")) == found


def test_the_table_and_the_curve_are_for_people(tmp_path: Path) -> None:
    done = dollar_cost(tmp_path, "--boards", "10000", "--prices", "2026-05-21", "--stress", "--today", "2026-05-22")
    assert done.returncode == 0, done.stderr
    assert "10000 boards, standard assembly, prices of 2026-05-21" in done.stdout
    assert "Ci24R1: 6292 in stock, 10000 needed" in done.stdout
    assert "days old" not in done.stdout
    root = xml.etree.ElementTree.parse(tmp_path / "reports" / "cost.svg").getroot()
    assert root.tag.endswith("svg")


def test_the_reports_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for run in ("one", "two"):
        answer(tmp_path / run)
    for name in ("cost.svg", "cost.json"):
        assert (tmp_path / "one/reports" / name).read_bytes() == (tmp_path / "two/reports" / name).read_bytes()


def test_a_taken_update_is_used_at_once(tmp_path: Path, prices: Path) -> None:
    wide = {}
    for code, quote in quotes.load(prices / "2026-05-21.csv").quotes.items():
        wide[code] = ";".join(f"{b.quantity}:{2 * b.unit_usd:.4f}" for b in quote.breaks)
    export = tmp_path / "jlc-parts-2026-11-20.csv"
    export.write_text("lcsc,stock,price_breaks_usd\n" + "".join(f"{c},100000,{p}\n" for c, p in wide.items()), encoding="utf-8")
    folder = ("--price-folder", str(prices))
    before = answer(tmp_path, *folder, "--prices", "2026-05-21")
    taken = answer(tmp_path, *folder, "--update", str(export))
    assert (taken["date"], taken["missing"], taken["changed"]) == ("2026-11-20", [], True)
    after = answer(tmp_path, *folder)
    assert after["price_date"] == "2026-11-20"
    assert after["stale"] is False
    assert after["components_usd"] - 0.2 == pytest.approx(2 * (before["components_usd"] - 0.2), abs=1e-3)  # the cell is no quote


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--boards", "0"], "error: --boards is 0: order at least one"),
        (["--prices", "yesterday"], "error: --prices is 'yesterday': write the date as YYYY-MM-DD"),
        (["--prices", "2020-01-01"], "error: there are no prices of 2020-01-01"),
        (["--prices", "2026-09-04"], "2026-09-04.csv has no price of C"),
        (["--update", "none.csv"], "error: none.csv is missing"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path: Path, options: list[str], words: str) -> None:
    done = dollar_cost(tmp_path, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "reports").exists()


def test_a_malformed_price_file_leaves_the_report_as_it_was(tmp_path: Path, prices: Path) -> None:
    answer(tmp_path, "--price-folder", str(prices))
    before = (tmp_path / "reports" / "cost.json").read_bytes()
    damaged = prices / "2026-05-21.csv"
    damaged.write_text(damaged.read_text(encoding="utf-8").replace(",0.0015,", ",cheap,", 1), encoding="utf-8")
    done = dollar_cost(tmp_path, "--price-folder", str(prices))
    assert done.returncode == 2
    assert "2026-05-21.csv:2: unit_price_usd is 'cheap'" in done.stderr
    assert (tmp_path / "reports" / "cost.json").read_bytes() == before
