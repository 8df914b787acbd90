"""The fee, loss and estimate tables: what is read, and what is said of a table that is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bom import assembly, estimates, purchase
from bom.assembly import Mode
from hardware.errors import InputError


def edited(original: Path, folder: Path, old: str, new: str) -> Path:
    text = original.read_text(encoding="utf-8")
    assert old in text
    path = folder / original.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("economic,setup,8.12", "economic,setup,eight", ":2: amount is 'eight'"),
        ("economic,setup", "cheap,setup", ":2: mode is 'cheap': write one of economic, standard"),
        ("economic,stencil", "economic,stensil", ":3: fee is 'stensil': write one of setup"),
        ("economic,stencil", "economic,setup", ":3: the fee setup of economic is there twice"),
    ],
)
def test_a_fault_in_the_fees_is_reported(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        assembly.load_fees(edited(assembly.FILE, tmp_path, old, new))
    assert words in str(error.value)


def test_a_missing_fee_is_named(tmp_path: Path) -> None:
    lines = assembly.FILE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "fees.csv"
    path.write_text("\n".join(line for line in lines if not line.startswith("standard,tht_joint")), encoding="utf-8")
    with pytest.raises(InputError, match="lacks the standard fees tht_joint: add their rows"):
        assembly.load_fees(path)


def test_economic_is_for_small_one_sided_orders() -> None:
    fees = assembly.load_fees()
    job = assembly.Work(smt_joints=10, tht_joints=0, feeders={"Basic": 1}, smt_sides=1)
    assert assembly.accepts(job, fees[Mode.ECONOMIC], 50)
    assert not assembly.accepts(job, fees[Mode.ECONOMIC], 51)
    assert assembly.accepts(job, fees[Mode.STANDARD], 10000)


def test_the_row_for_other_packages_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no row for the package 'other'"):
        purchase.load_losses(edited(purchase.FILE, tmp_path, "\nother,", "\nanother,"))


def test_the_pcb_estimate_meets_its_points() -> None:
    points = estimates.load_pcb()
    assert estimates.pcb_usd(points, 100, 750) == pytest.approx(0.45)
    assert estimates.pcb_usd(points, 1000, 750) == pytest.approx(0.15)
    assert estimates.pcb_usd(points, 1000, 1500) == pytest.approx(0.30)
    assert estimates.pcb_usd(points, 100_000, 750) == pytest.approx(0.15)  # nothing known would lower it


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_larger_order_of_bare_boards_costs_more_in_total_and_no_more_each(one: int, other: int) -> None:
    points = estimates.load_pcb()
    few, many = sorted((one, other))
    each_few, each_many = (estimates.pcb_usd(points, boards, 768) for boards in (few, many))
    assert each_many <= each_few + 1e-9
    assert many * each_many >= few * each_few - 1e-9


def test_two_pcb_points_of_the_same_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two or more lines with different numbers of boards"):
        estimates.load_pcb(edited(estimates.PCB_FILE, tmp_path, "\n1000,", "\n100,"))


def test_an_estimate_without_a_price_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r":2: unit_price_usd is ''"):
        estimates.load_parts(edited(estimates.PARTS_FILE, tmp_path, "CR2032,0.20", "CR2032,"))
