from datetime import date
from pathlib import Path

import pytest

from bom import quotes
from bom.quotes import Break, choose, load, load_all
from hardware.errors import InputError

HEADER = ",".join(quotes.COLUMNS)


def snapshot(folder: Path, day: str, *rows: str) -> Path:
    path = folder / f"{day}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_breaks_are_read_in_the_order_of_quantity(tmp_path: Path) -> None:
    path = snapshot(tmp_path, "2026-05-21", "C1,100,0.02,500,list,yes", "C1,1,0.03,500,list,yes", "C2,1,1,,hearsay,no")
    found = load(path).quotes
    assert found["C1"].breaks == (Break(1, 0.03), Break(100, 0.02))
    assert (found["C1"].stock, found["C1"].verified) == (500, True)
    assert (found["C2"].stock, found["C2"].verified) == (None, False)


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        (["C1,low,0.03,,list,yes"], 2, "qty is 'low': write a whole number of at least 1"),
        (["C1,0,0.03,,list,yes"], 2, "qty is '0'"),
        (["C1,1,$0.03,,list,yes"], 2, "unit_price_usd is '$0.03': write US dollars as a plain decimal"),
        (["C1,1,-0.03,,list,yes"], 2, "unit_price_usd is '-0.03'"),
        (["C1,1,0.00,,list,yes"], 2, "unit_price_usd is '0.00'"),
        (["C1,1,nan,,list,yes"], 2, "unit_price_usd is 'nan'"),
        (['C1,1,"0,03",,list,yes'], 2, "unit_price_usd is '0,03'"),
        (["C1,1,0.03,many,list,yes"], 2, "stock is 'many'"),
        (["C1,1,0.03,,,yes"], 2, "source is empty"),
        (["C1,1,0.03,,list,perhaps"], 2, "verified is 'perhaps': write one of yes, no"),
        (["x,1,0.03,,list,yes"], 2, "lcsc is 'x': write the LCSC number"),
        (["C1,1,0.03,,list,yes", "C2,1,0.03,,list,yes", "C1,1,0.02,,list,yes"], 4, "C1 has two prices from 1 on: keep one"),
        (["C1,1,0.03,,list,yes", "C1,10,0.3,,list,yes"], 3, "C1 costs more from 10 on (0.3) than from 1 on (0.03)"),
        (["C1,1,0.03,5,list,yes", "C1,10,0.02,6,list,yes"], 3, "stock of C1 differs from line 2"),
        (["C1,1,0.03,,list"], 2, "5 fields where the header has 6"),
    ],
)
def test_a_fault_is_one_sentence_with_file_and_line(tmp_path: Path, rows: list[str], line: int, words: str) -> None:
    path = snapshot(tmp_path, "2026-05-21", *rows)
    with pytest.raises(InputError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_snapshot_is_named_by_its_day(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"prices.csv is not named by its date: rename it"):
        load(snapshot(tmp_path, "prices"))


def test_a_folder_without_prices_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no prices"):
        load_all(tmp_path)


def test_the_newest_complete_snapshot_is_chosen(tmp_path: Path) -> None:
    full = ("C1,1,0.03,,list,yes", "C2,1,0.03,,list,yes")
    for day, rows in {"2026-01-01": full, "2026-05-21": full, "2026-09-04": full[:1]}.items():
        snapshot(tmp_path, day, *rows)
    snapshots = load_all(tmp_path)
    assert choose(snapshots, {"C1", "C2"}).day == date(2026, 5, 21)
    assert choose(snapshots, {"C1"}).day == date(2026, 9, 4)
    assert choose(snapshots, {"C1", "C2"}, date(2026, 1, 1)).day == date(2026, 1, 1)
    with pytest.raises(InputError, match=r"no prices of 2026-02-02: choose one of 2026-01-01, 2026-05-21, 2026-09-04"):
        choose(snapshots, {"C1"}, date(2026, 2, 2))


def test_a_part_without_a_price_is_named(tmp_path: Path) -> None:
    found = load(snapshot(tmp_path, "2026-05-21", "C1,1,0.03,,list,yes"))
    with pytest.raises(InputError, match=r"2026-05-21.csv has no price of C7 for R_1k \(R1\): add its rows"):
        found.quote("C7", "R_1k (R1)")
