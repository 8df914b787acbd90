from datetime import date
from pathlib import Path

import pytest

from bom import quotes, update
from bom.quotes import Break
from hardware.errors import InputError

PARTS = {"C1525": "C_100n", "C11702": "R_1k"}
ALTERNATES = {"C13738": "X322516MLB4SI"}
WIDE = "lcsc,mpn,class,stock,price_breaks_usd,description"
LONG = "lcsc,mpn,qty,unit_price_usd,date,source"
GOOD = (
    'C1525,CL05B104KO5NNNC,Basic,43173182,1:0.0015;1000:0.0012,"100nF, 16V"',
    "C9999,other,Basic,none,nothing,a part of somebody else's",
    "C11702,0402WGF1001TCE,Basic,9370114,1:0.0011;1000:0.0009;50000:0.00065,1k",
)
TODAY = date(2026, 11, 22)


def export(folder: Path, header: str, *rows: str, name: str = "jlc-parts-2026-10-01.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def take(source: Path, folder: Path, *, day: date | None = None, partial: bool = False) -> bool:
    found = update.read(source, PARTS, ALTERNATES, day, folder)
    return update.write(found, source, partial=partial, today=TODAY)


def test_an_export_becomes_a_snapshot_that_reads_back(tmp_path: Path) -> None:
    assert take(export(tmp_path, WIDE, *GOOD), tmp_path)
    (snapshot,) = [quotes.load(path) for path in tmp_path.glob("2026-*.csv")]
    assert snapshot.day == date(2026, 10, 1)
    assert snapshot.quotes.keys() == {"C1525", "C11702"}
    assert snapshot.quotes["C11702"].breaks == (Break(1, 0.0011), Break(1000, 0.0009), Break(50000, 0.00065))
    assert snapshot.quotes["C1525"].stock == 43173182


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    source = export(tmp_path, WIDE, *GOOD)
    assert take(source, tmp_path)
    written = (tmp_path / "2026-10-01.csv").stat().st_mtime_ns
    assert not take(source, tmp_path)
    assert (tmp_path / "2026-10-01.csv").stat().st_mtime_ns == written


def test_a_stored_snapshot_survives_the_round_trip(tmp_path: Path) -> None:
    original = quotes.load(quotes.FOLDER / "2026-05-21.csv")
    copied = update.text(original.quotes)
    (tmp_path / "2026-05-21.csv").write_text(copied, encoding="utf-8")
    assert quotes.load(tmp_path / "2026-05-21.csv").quotes == original.quotes
    assert copied == original.path.read_text(encoding="utf-8")


def test_a_long_table_is_read_for_one_of_its_days(tmp_path: Path) -> None:
    rows = (
        "C1525,x,1,0.0020,2026-09-01,a quote",
        "C1525,x,1000,0.0018,2026-09-01,a quote",
        "C11702,x,1,0.002,2026-09-01,a quote",
        "C11702,x,low,0.004,2026-08-01,another",
    )
    source = export(tmp_path, LONG, *rows, name="prices.csv")
    with pytest.raises(InputError, match=r"holds prices of 2026-08-01, 2026-09-01: choose one with --date"):
        take(source, tmp_path)
    assert take(source, tmp_path, day=date(2026, 9, 1))
    found = quotes.load(tmp_path / "2026-09-01.csv").quotes
    assert found["C1525"].breaks == (Break(1, 0.002), Break(1000, 0.0018))
    assert found["C1525"].source == "a quote"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("C1525,x,Basic,1,1:0.0015;1000,d", "price_breaks_usd is '1:0.0015;1000': write quantity:price pairs"),
        ("C1525,x,Basic,1,1:free,d", "price_breaks_usd is '1:free'"),
        ("C1525,x,Basic,1,0:0.1,d", "price_breaks_usd is '0:0.1'"),
        ("C1525,x,Basic,1,1:0.0,d", "price_breaks_usd is '1:0.0'"),
        ("C1525,x,Basic,1,,d", "price_breaks_usd is empty"),
        ("C1525,x,Basic,lots,1:0.0015,d", "stock is 'lots': write a whole number"),
        ("C1525,x,Basic,1,1:0.0015;1000:0.15,d", "C1525 costs more from 1000 on (0.15) than from 1 on (0.0015)"),
        ("C1525,x,Basic,1,1:0.0015", "5 fields where the header has 6"),
        ("C11702,x,Basic,1,1:0.0015,d", "C11702 is there twice (first on line 2): keep one of the rows"),
    ],
)
def test_a_fault_is_named_and_the_old_snapshot_stays(tmp_path: Path, row: str, words: str) -> None:
    take(export(tmp_path, WIDE, *GOOD), tmp_path)
    before = (tmp_path / "2026-10-01.csv").read_bytes()
    source = export(tmp_path, WIDE, GOOD[2], row, name="new-2026-10-01.csv")
    with pytest.raises(InputError) as error:
        take(source, tmp_path)
    assert str(error.value).startswith(f"{source}:3: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert (tmp_path / "2026-10-01.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["2026-10-01.csv", "jlc-parts-2026-10-01.csv", "new-2026-10-01.csv"]
    )


def test_each_fault_has_its_own_sentence(tmp_path: Path) -> None:
    source = export(tmp_path, WIDE, "C1525,x,Basic,1,1:free,d", "C11702,x,Basic,many,1:0.1,d")
    with pytest.raises(InputError) as error:
        take(source, tmp_path)
    first, second = str(error.value).splitlines()
    assert first.startswith(f"{source}:2: ")
    assert second.startswith(f"{source}:3: ")


def test_parts_that_the_file_lacks_are_named(tmp_path: Path) -> None:
    source = export(tmp_path, WIDE, GOOD[0])
    with pytest.raises(InputError, match=r"has no price of C11702 \(R_1k\): add the rows, or store what is there with --partial"):
        take(source, tmp_path)
    assert not (tmp_path / "2026-10-01.csv").exists()
    assert take(source, tmp_path, partial=True)
    assert update.read(source, PARTS, ALTERNATES, None, tmp_path).missing_alternates == ("C13738 (X322516MLB4SI)",)


def test_a_partial_file_does_not_take_prices_away(tmp_path: Path) -> None:
    take(export(tmp_path, WIDE, *GOOD), tmp_path)
    before = (tmp_path / "2026-10-01.csv").read_bytes()
    with pytest.raises(InputError, match=r"2026-10-01.csv prices C11702, which .* lacks: choose another --date"):
        take(export(tmp_path, WIDE, GOOD[0]), tmp_path, partial=True)
    assert (tmp_path / "2026-10-01.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("parts.csv", None, "parts.csv does not say the day of its prices: give it with --date"),
        ("parts-2026-99-99.csv", None, "does not say the day of its prices"),
        ("parts.csv", date(2027, 1, 1), "parts.csv is of 2027-01-01, which is yet to come"),
    ],
)
def test_the_day_must_be_known_and_past(tmp_path: Path, name: str, day: date | None, words: str) -> None:
    with pytest.raises(InputError, match=words):
        take(export(tmp_path, WIDE, *GOOD, name=name), tmp_path, day=day)


def test_a_file_of_other_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="prices no part of this board on 2026-10-01"):
        take(export(tmp_path, WIDE, GOOD[1]), tmp_path, partial=True)


def test_a_file_of_neither_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"jlc-parts-2026-10-01.csv:1: the header lacks qty, unit_price_usd, date, source"):
        take(export(tmp_path, "lcsc,price", "C1525,0.1"), tmp_path)
