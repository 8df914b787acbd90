from pathlib import Path

import pytest

from hardware.errors import InputError
from hardware.parts import PARTS, catalogue

HEADER = ",".join(catalogue.COLUMNS)
GOOD = "C1525,CL05B104KO5NNNC,Samsung,0402,Basic,2,100nF 16V,2026-05-21,list"


def test_every_bought_part_is_in_the_catalogue() -> None:
    entries = catalogue.load()
    assert [part.name for part in PARTS.values() if part.is_bought and part.lcsc not in entries] == []


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ([GOOD.replace("C1525,", "1525,")], 2, "write the LCSC number as C and digits"),
        ([GOOD, "", GOOD], 4, "C1525 is there twice: keep one"),
        ([GOOD.replace("Basic", "basic")], 2, "class is 'basic': write one of Basic, Preferred, Extended"),
        ([GOOD.replace(",2,", ",0,")], 2, "joints is '0': write a whole number of at least 1"),
        ([GOOD.replace("2026-05-21", "21.5.2026")], 2, "date is '21.5.2026': write the date as YYYY-MM-DD"),
        ([GOOD.replace("Samsung", "")], 2, "manufacturer is empty: fill it in"),
        ([GOOD + ",more"], 2, "10 fields where the header has 9"),
        ([GOOD, GOOD.replace("100nF", '"100nF')], 3, "not CSV"),
    ],
)
def test_a_fault_is_reported_with_file_line_and_mend(tmp_path: Path, rows: list[str], line: int, words: str) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        catalogue.load(file)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_header_without_a_column_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_text("lcsc,mpn\nC1525,x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"catalogue.csv:1: the header lacks manufacturer, package"):
        catalogue.load(file)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_is_reported(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalogue.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match="the file is empty: its first line must be lcsc,mpn"):
        catalogue.load(file)


def test_a_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(InputError, match="not a CSV text file: export it as CSV"):
        catalogue.load(file)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is missing: restore it"):
        catalogue.load(tmp_path / "none.csv")
