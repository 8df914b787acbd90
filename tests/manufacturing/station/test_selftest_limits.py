"""The table of limits: what is taken, and what is said of mistakes in it."""

from pathlib import Path

import pytest

from hardware.errors import InputError
from manufacturing.station.selftest import limits
from manufacturing.station.selftest.limits import STANDARD
from manufacturing.station.selftest.steps import limited
from manufacturing.station.selftest.verdict import beyond

SUPPLY = 'supply,supply,mV,2300,3650,"cell, under load"'


def table(folder: Path, *lines: str) -> Path:
    path = folder / "limits.csv"
    path.write_text("\n".join(["step,quantity,unit,low,high,reason", *lines]) + "\n")
    return path


def changed(folder: Path, old: str, new: str) -> Path:
    text = STANDARD.read_text()
    assert old in text
    path = folder / "limits.csv"
    path.write_text(text.replace(old, new))
    return path


def test_the_standard_table_fits_what_the_steps_measure() -> None:
    limits.read().require(limited())


def test_a_line_is_read(tmp_path: Path) -> None:
    found = limits.read(table(tmp_path, SUPPLY)).of("supply", "supply")
    assert (found.unit, found.low, found.high, found.reason) == ("mV", 2300, 3650, "cell, under load")


def test_an_end_may_be_open(tmp_path: Path) -> None:
    assert limits.read(table(tmp_path, "supply,supply,mV,2300,,cell")).of("supply", "supply").high is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("supply,supply,mV,2300,3650", "not 6 fields"),
        ("supply,supply,mV,2300,3650,cell, under load", "not 6 fields"),
        ("supply,supply,mV,high,3650,cell", "'high' is no number"),
        ("supply,supply,mV,nan,3650,cell", "'nan' is no number"),
        ("supply,supply,mV,3650,2300,cell", "low 3650 is above high 2300"),
        ("supply,supply,mV,,,cell", "neither low nor high"),
        ("supply,supply,mV,2300,3650,", "no reason"),
        (f"{SUPPLY}\n{SUPPLY}", "twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as found:
        limits.read(table(tmp_path, line))
    assert "limits.csv:" in str(found.value)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"other\.csv:1: the columns"):
        limits.read(tmp_path / "other.csv")
    with pytest.raises(InputError, match="cannot be read"):
        limits.read(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("supply,supply,mV", "supply,suply,mV", "lack supply of step supply"),
        ("supply,supply,mV,2300,3650", "supply,supply,V,2.3,3.65", "are in V: give them in mV"),
        ("tone,bass,,", "tone,base,,", "bass"),
    ],
)
def test_a_table_that_does_not_fit_the_steps_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        limits.read(changed(tmp_path, old, new)).require(limited())


def test_a_limit_of_nothing_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, "supply,supply,mV", "supply,heat,C,0,1,why not\nsupply,supply,mV")
    with pytest.raises(InputError, match="heat of step supply, which nothing measures"):
        limits.read(path).require(limited())


def test_the_version_follows_the_limits_and_not_the_words(tmp_path: Path) -> None:
    standard = limits.read().version
    assert limits.read(changed(tmp_path, "and up", "and upwards")).version == standard
    assert limits.read(changed(tmp_path, "mV,2300", "mV,2301")).version != standard
    assert len(standard) == 12


@pytest.mark.parametrize(
    ("value", "low", "high", "cause"),
    [
        (5.0, 5.0, 6.0, ""),
        (6.0, 5.0, 6.0, ""),
        (4.9, 5.0, 6.0, "XNOISE-LOW"),
        (6.1, 5.0, 6.0, "XNOISE-HIGH"),
        (6.1, 5.0, None, ""),
        (4.0, 5.0, 5.0, "XNOISE-WRONG"),
        (None, 5.0, 6.0, "XNOISE-MISSING"),
    ],
)
def test_the_cause_names_quantity_and_side(value: float | None, low: float | None, high: float | None, cause: str) -> None:
    assert beyond("x_noise", value, low, high) == cause
