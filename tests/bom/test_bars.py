"""The bars of the project on the real board, at the prices of 2026-05-21."""

from datetime import date

import pytest

from bom import quotes, stress
from bom.assembly import Mode
from bom.bill import Item, bill
from bom.cost import Basis, Cost, cost, load_basis
from bom.estimates import load_parts
from hardware import netlist as netlists
from hardware.parts import catalogue

SEEN = date(2026, 5, 21)


@pytest.fixture
def board() -> tuple[Item, ...]:
    return bill(netlists.read(), catalogue.load())


@pytest.fixture
def prices(board: tuple[Item, ...]) -> Basis:
    return load_basis(board, quotes.load_all(), SEEN)


@pytest.fixture
def thousand(board: tuple[Item, ...], prices: Basis) -> Cost:
    return cost(board, prices, 1000)


def test_components_cost_at_most_92_cents(thousand: Cost) -> None:
    assert 0.5 < thousand.components_usd <= 0.92


def test_the_cell_is_taken_at_20_cents(thousand: Cost) -> None:
    (cell,) = (line for line in thousand.lines if line.item.part.name == "CR2032")
    assert cell.extended_usd == pytest.approx(0.20)
    assert load_parts()["CR2032"].before_paying


def test_everything_costs_at_most_130_cents(thousand: Cost) -> None:
    assert thousand.total_usd <= 1.30


def test_components_stay_below_a_dollar_when_small_capacitors_rise(
    board: tuple[Item, ...], prices: Basis, thousand: Cost
) -> None:
    cases = stress.cases(board, prices, thousand, catalogue.load(), [])
    (shock,) = (case for case in cases if case.name.startswith("small MLCC"))
    assert shock.components_usd is not None
    assert thousand.components_usd + 0.03 < shock.components_usd <= 1.00


def test_a_board_never_gets_dearer_in_a_larger_order(board: tuple[Item, ...], prices: Basis) -> None:
    for mode in Mode:
        totals = [cost(board, prices, boards, mode).total_usd for boards in (5, 30, 100, 1000, 10000)]
        assert totals == sorted(totals, reverse=True)


def test_every_part_that_is_placed_and_bought_is_a_line(thousand: Cost) -> None:
    priced = {ref for line in thousand.lines for ref in line.item.refs}
    assert priced == {c.ref for c in netlists.read().components.values() if c.part.is_bought}
