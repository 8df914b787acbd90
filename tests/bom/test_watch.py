from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bom import quotes, stress, watch
from bom.assembly import Mode
from bom.bill import Item, bill
from bom.cost import Basis, Cost, Line, cost, load_basis
from bom.purchase import NO_LOSS, Purchase
from bom.quotes import Break, Quote, Snapshot
from bom.watch import Stock
from hardware import netlist as netlists
from hardware.parts import catalogue

SEEN = date(2026, 5, 21)


@pytest.fixture
def items() -> tuple[Item, ...]:
    return bill(netlists.read(), catalogue.load())


@pytest.fixture
def basis(items: tuple[Item, ...]) -> Basis:
    return load_basis(items, quotes.load_all(), SEEN)


def line(items: tuple[Item, ...], stock: int | None, bought: int = 1000) -> Line:
    return Line(items[0], 1000, Purchase(bought, 0.01), stock, SEEN, "list", verified=True, loss=NO_LOSS)


@pytest.mark.parametrize(("today", "stale"), [(date(2026, 8, 19), False), (date(2026, 8, 20), True)])
def test_a_price_is_old_after_90_days(items: tuple[Item, ...], today: date, stale: bool) -> None:
    assert watch.is_stale(line(items, 1), today) is stale


@pytest.mark.parametrize(
    ("stock", "state"),
    [(999, Stock.SHORT), (1000, Stock.THIN), (2999, Stock.THIN), (3000, Stock.OK), (0, Stock.SHORT), (None, Stock.UNKNOWN)],
)
def test_stock_is_set_against_what_is_bought(items: tuple[Item, ...], stock: int | None, state: Stock) -> None:
    assert watch.stock(line(items, stock)) is state


def test_ten_thousand_boards_find_the_radio_short(items: tuple[Item, ...], basis: Basis) -> None:
    short = {found.item.part.name for found in cost(items, basis, 10000).lines if watch.stock(found) is Stock.SHORT}
    assert "Ci24R1" in short
    assert "C_100n" not in short


def test_a_dearer_newer_quote_is_told_with_what_it_adds(items: tuple[Item, ...], basis: Basis) -> None:
    rises = watch.rises(cost(items, basis, 1000), basis, quotes.load_all())
    first = rises[0]
    assert (first.lcsc, first.day, first.was_usd, first.now_usd) == ("C15525", date(2026, 9, 4), 0.0053, 0.0192)
    assert first.adds_usd == pytest.approx(1.01 * (0.0192 - 0.0053))  # 1010 pieces for 1000 boards


def quoted(day: date, code: str, quantity: int, usd: float) -> Snapshot:
    return Snapshot(day, Path("x.csv"), {code: Quote((Break(quantity, usd),), None, "a seller", verified=True)})


def test_a_rise_at_another_quantity_adds_nothing_known(items: tuple[Item, ...], basis: Basis) -> None:
    (rise,) = watch.rises(cost(items, basis, 1000), basis, [quoted(date(2026, 6, 1), "C15525", 1, 0.02)])
    assert rise.adds_usd is None


@pytest.mark.parametrize(
    "snapshot",
    [
        quoted(date(2026, 5, 20), "C15525", 1000, 0.02),  # older than the snapshot
        quoted(date(2026, 6, 1), "C15525", 1000, 0.0055),  # drift
        quoted(date(2026, 6, 1), "C999", 1000, 9.0),  # of another board
    ],
)
def test_what_is_no_rise_is_not_told(items: tuple[Item, ...], basis: Basis, snapshot: Snapshot) -> None:
    assert watch.rises(cost(items, basis, 1000), basis, [snapshot]) == []


def test_every_unconfirmed_figure_is_listed_with_its_mend(items: tuple[Item, ...], basis: Basis) -> None:
    found = watch.unverified(cost(items, basis, 1000), basis)
    assert {"CR2032", "bare board"} <= {item.item for item in found}
    assert all(item.before_paying and item.source for item in found)
    economic = {item.item for item in watch.unverified(cost(items, basis, 1000, Mode.ECONOMIC), basis)}
    assert "Economic assembly of 1000 boards" in economic
    assert "feeders of preferred parts" in economic


def test_an_unverified_quote_is_listed(items: tuple[Item, ...], basis: Basis) -> None:
    prices = dict(basis.snapshot.quotes)
    prices["C1525"] = replace(prices["C1525"], verified=False)
    doubtful = replace(basis, snapshot=replace(basis.snapshot, quotes=prices))
    assert "C_100n" in {item.item for item in watch.unverified(cost(items, doubtful, 1000), doubtful)}


class TestStress:
    @pytest.fixture
    def base(self, items: tuple[Item, ...], basis: Basis) -> Cost:
        return cost(items, basis, 1000)

    def cases(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> dict[str, stress.Case]:
        rises = watch.rises(base, basis, quotes.load_all())
        return {case.name: case for case in stress.cases(items, basis, base, catalogue.load(), rises)}

    def test_a_shock_adds_its_factor_to_the_capacitors_only(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> None:
        cases = self.cases(items, basis, base)
        capacitors = [found for found in base.lines if found.item.part.reference == "C"]
        small = sum(found.extended_usd for found in capacitors if "_0402_" in found.item.part.footprint)
        every = sum(found.extended_usd for found in capacitors)
        assert cases["small MLCC x3.6"].components_usd == pytest.approx(base.components_usd + 2.6 * small)
        assert cases["all MLCC x3.6"].components_usd == pytest.approx(base.components_usd + 2.6 * every)
        assert every > small > 0

    def test_newer_quotes_add_what_the_rises_say(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> None:
        adds = sum(rise.adds_usd or 0 for rise in watch.rises(base, basis, quotes.load_all()))
        assert self.cases(items, basis, base)["newer single quotes"].components_usd == pytest.approx(base.components_usd + adds)

    def test_each_alternate_of_each_part_is_a_case(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> None:
        cases = self.cases(items, basis, base)
        for item in items:
            for alternate in item.part.alternates:
                assert cases[f"{item.part.name} -> {alternate.mpn}"].drop_in is alternate.drop_in

    def test_a_swap_costs_the_difference_of_the_two_lines(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> None:
        case = self.cases(items, basis, base)["LMV321IDBVR -> LMV321-TR"]
        # 1004 of either at the break of 300: 0.0488 and 0.0361
        assert case.components_usd == pytest.approx(base.components_usd + 1.004 * (0.0488 - 0.0361))
        assert case.drop_in is True

    def test_an_alternate_without_a_price_says_so(self, items: tuple[Item, ...], basis: Basis, base: Cost) -> None:
        case = self.cases(items, basis, base)["Ci24R1 -> PAN2110"]
        assert case.total_usd is None
        assert case.note.startswith("no price")
