"""Known answers, worked out by hand, for a board of a few parts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bom import assembly
from bom.assembly import Mode
from bom.bill import Item, bill, with_alternate
from bom.cost import Basis, cost
from bom.estimates import PcbPoint
from bom.purchase import Loss, Purchase
from bom.quotes import Break, Quote, Snapshot
from hardware.errors import InputError
from hardware.netlist import Component, Netlist
from hardware.parts import PARTS
from hardware.parts.catalogue import Entry

SEEN = date(2026, 5, 21)
LOSSES = {
    "0402": Loss(minimum_order=20, spare=10, source="", verified=True),
    "other": Loss(minimum_order=1, spare=2, source="", verified=False),
}
PRICES = {
    "R_1k": (Break(1, 0.002), Break(1000, 0.001)),
    "SC7A20HTR": (Break(1, 0.30), Break(100, 0.20)),
    "BS-02-A1AJ010": (Break(1, 0.05),),
}


def entry(part: str, package: str, joints: int, library_class: str) -> Entry:
    lcsc = PARTS[part].lcsc
    return Entry(lcsc, PARTS[part].mpn, "maker", package, library_class, joints, "text", SEEN, "list")


ENTRIES = {
    e.lcsc: e
    for e in (
        entry("R_1k", "0402", 2, "Basic"),
        entry("SC7A20HTR", "LGA-12(2x2)", 12, "Extended"),
        entry("BS-02-A1AJ010", "-", 2, "Extended"),
    )
}


def placed(**refs: str) -> Netlist:
    components = {
        ref: Component(ref, PARTS[name], PARTS[name].value, PARTS[name].footprint, PARTS[name].lcsc, PARTS[name].mpn, "", ref)
        for ref, name in refs.items()
    }
    return Netlist(components, {})


@pytest.fixture
def items() -> tuple[Item, ...]:
    return bill(placed(R1="R_1k", R2="R_1k", U1="SC7A20HTR", BT1="BS-02-A1AJ010", TP1="test_point"), ENTRIES)


@pytest.fixture
def basis() -> Basis:
    found = {PARTS[name].lcsc: Quote(breaks, 5000, "list", verified=True) for name, breaks in PRICES.items()}
    pcb = (PcbPoint(100, 0.45 / 750, "", verified=False), PcbPoint(1000, 0.15 / 750, "", verified=False))
    return Basis(Snapshot(SEEN, Path("2026-05-21.csv"), found), pcb=pcb, losses=LOSSES, area_mm2=750.0)


def test_the_bill_groups_parts_leaves_copper_out_and_adds_the_cell(items: tuple[Item, ...]) -> None:
    assert [(item.part.name, item.refs) for item in items] == [
        ("R_1k", ("R1", "R2")),
        ("SC7A20HTR", ("U1",)),
        ("BS-02-A1AJ010", ("BT1",)),
        ("CR2032", ("BT1",)),
    ]


def test_a_board_without_a_holder_needs_no_cell() -> None:
    assert [item.part.name for item in bill(placed(R1="R_1k"), ENTRIES)] == ["R_1k"]


def test_ten_boards_by_hand(items: tuple[Item, ...], basis: Basis) -> None:
    result = cost(items, basis, 10)
    # resistors 2 x 10 + 10; sensor 10 + 2; holder 10 + 2; cells 10
    assert [line.purchase for line in result.lines] == [
        Purchase(30, 0.002),
        Purchase(12, 0.30),
        Purchase(12, 0.05),
        Purchase(10, 0.20),
    ]
    assert result.components_usd == pytest.approx((30 * 0.002 + 12 * 0.30 + 12 * 0.05 + 10 * 0.20) / 10)
    # Standard: set-up, stencil, two feeders, 16 SMT joints a board; by hand two joints a board
    assert result.assembly_usd == pytest.approx((25.40 + 7.80 + 2 * 1.52 + 160 * 0.0016 + 3.55 + 20 * 0.0163) / 10)
    assert result.pcb_usd == pytest.approx(0.45 * 3.0)  # one decade below 100 boards, as from 1000 to 100
    assert result.total_usd == pytest.approx(result.components_usd + result.assembly_usd + result.pcb_usd)


def test_economic_pays_for_extended_parts_only(items: tuple[Item, ...], basis: Basis) -> None:
    economic = cost(items, basis, 10, Mode.ECONOMIC)
    assert economic.assembly_usd == pytest.approx((8.12 + 1.52 + 3.04 + 160 * 0.0016 + 3.55 + 20 * 0.0163) / 10)


def test_a_thousand_boards_reach_the_price_break(items: tuple[Item, ...], basis: Basis) -> None:
    lines = cost(items, basis, 1000).lines
    assert lines[0].purchase == Purchase(2010, 0.001)
    assert lines[1].purchase == Purchase(1002, 0.20)


def test_a_holder_that_the_user_fits_costs_no_assembly_and_no_spares(basis: Basis) -> None:
    items = bill(placed(U1="SC7A20HTR", BT1="BS-02-A1AJ010"), ENTRIES)
    by_hand = tuple(
        replace(item, part=replace(item.part, fitted_by_user=True)) if item.part.reference == "BT" else item for item in items
    )
    result = cost(by_hand, basis, 10)
    assert result.work.tht_joints == 0
    assert result.assembly["through_hole"] == 0
    assert result.lines[1].purchase == Purchase(10, 0.05)


def test_an_smt_holder_on_the_back_opens_a_second_side(basis: Basis) -> None:
    items = bill(placed(U1="SC7A20HTR", BT1="BS-02-A1AJ010"), ENTRIES)
    smt = tuple(replace(item, part=replace(item.part, through_hole_joints=0)) for item in items)
    result = cost(smt, basis, 10)
    assert result.work.smt_sides == 2
    assert result.assembly["setup"] == pytest.approx(2 * 25.40 / 10)
    assert not assembly.accepts(result.work, basis.fees[Mode.ECONOMIC], 10)


def test_no_board_is_no_order(items: tuple[Item, ...], basis: Basis) -> None:
    with pytest.raises(InputError, match="--boards is 0"):
        cost(items, basis, 0)


def test_an_order_code_that_the_catalogue_lacks_is_named() -> None:
    with pytest.raises(InputError, match=r"catalogue.csv has no row for C25741, the order code of R_100k \(R1\)"):
        bill(placed(R1="R_100k"), ENTRIES)


def test_a_swap_changes_the_code_that_is_priced(items: tuple[Item, ...], basis: Basis) -> None:
    sensor = items[1]
    alternate = sensor.part.alternates[0]
    entries = {**ENTRIES, alternate.lcsc: entry("SC7A20HTR", "LGA-12(2x2)", 12, "Extended")}
    swapped = with_alternate(items, sensor, alternate, entries)
    with pytest.raises(InputError, match=f"no price of {alternate.lcsc}"):
        cost(swapped, basis, 10)
    assert items[1].part.lcsc == PARTS["SC7A20HTR"].lcsc
