import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bom.purchase import NO_LOSS, Loss, Purchase, cheapest, load_losses, loss_of, needed
from bom.quotes import Break

MCU = (Break(1, 0.30), Break(48, 0.20), Break(480, 0.15), Break(1008, 0.14))


@st.composite
def breaks(draw: st.DrawFn) -> tuple[Break, ...]:
    """Falling prices from quantity 1 on, as every price list has them."""
    quantities = [1, *sorted(draw(st.sets(st.integers(2, 5000), max_size=5)))]
    prices = sorted(draw(st.lists(st.integers(1, 10**6), min_size=len(quantities), max_size=len(quantities))), reverse=True)
    return tuple(Break(quantity, price / 1e4) for quantity, price in zip(quantities, prices, strict=True))


def naive_total(offer: tuple[Break, ...], pieces: int) -> float:
    return pieces * [b.unit_usd for b in offer if b.quantity <= pieces][-1]


@pytest.mark.parametrize(
    ("pieces", "bought", "unit"),
    [
        (1, 1, 0.30),
        (47, 48, 0.20),  # 47 x 0.30 = 14.10, 48 x 0.20 = 9.60
        (30, 30, 0.30),  # 30 x 0.30 = 9.00, still below 9.60
        (33, 48, 0.20),  # 33 x 0.30 = 9.90
        (48, 48, 0.20),
        (1000, 1008, 0.14),  # 150.00 against 141.12
        (900, 900, 0.15),  # 135.00 against 141.12
        (2000, 2000, 0.14),
    ],
)
def test_more_is_bought_where_it_is_cheaper_in_total(pieces: int, bought: int, unit: float) -> None:
    assert cheapest(MCU, pieces) == Purchase(bought, unit)


def test_of_equal_totals_the_smaller_quantity_is_bought() -> None:
    assert cheapest((Break(1, 0.2), Break(20, 0.1)), 10).quantity == 10


def test_a_seller_of_reels_sells_no_less_than_a_reel() -> None:
    assert cheapest((Break(1000, 0.02),), 10) == Purchase(1000, 0.02)


@given(breaks(), st.integers(1, 20_000))
def test_enough_is_bought_and_never_dearer_than_just_enough(offer: tuple[Break, ...], pieces: int) -> None:
    bought = cheapest(offer, pieces)
    assert bought.quantity >= pieces
    assert bought.total_usd <= naive_total(offer, pieces) + 1e-6
    assert math.isclose(bought.total_usd, naive_total(offer, bought.quantity))


@given(breaks(), st.integers(1, 20_000), st.integers(1, 20_000))
def test_more_pieces_never_cost_less_in_total(offer: tuple[Break, ...], one: int, other: int) -> None:
    assume(one <= other)
    assert cheapest(offer, one).total_usd <= cheapest(offer, other).total_usd + 1e-6


def test_spares_are_added_and_the_minimum_order_kept() -> None:
    loss = Loss(minimum_order=20, spare=10, source="", verified=True)
    assert [needed(2, boards, loss) for boards in (1, 5, 6, 1000)] == [20, 20, 22, 2010]
    assert needed(3, 7, NO_LOSS) == 21


def test_a_package_without_its_own_row_is_taken_pessimistically() -> None:
    losses = load_losses()
    unknown = loss_of("LGA-12(2x2)", losses)
    assert not unknown.verified
    assert unknown.spare >= loss_of("SOIC-8", losses).spare
    assert loss_of("0402", losses) == losses["0402"]
