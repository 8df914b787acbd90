"""What is open before paying, and who may order all the same."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hardware import netlist
from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.parts.part import Source
from manufacturing import readiness


@pytest.fixture(scope="module")
def circuit() -> Netlist:
    return netlist.read()


def verified(circuit: Netlist) -> Netlist:
    """The circuit with every fact confirmed."""
    return Netlist(
        {
            ref: replace(c, part=replace(c.part, sources={g: Source(s.text, verified=True) for g, s in c.part.sources.items()}))
            for ref, c in circuit.components.items()
        },
        circuit.nets,
    )


def test_every_unverified_fact_has_its_line_with_what_to_do(circuit: Netlist) -> None:
    text = readiness.text(readiness.assess(circuit, 5))

    for component in circuit.components.values():
        for group, source in component.part.unverified.items():
            (line,) = [x for x in text.splitlines() if f"({component.part.name}" in x and f"), {group.replace('_', ' ')}**" in x]
            assert component.ref in line
            assert source.text in line
            assert source.before_paying in line


def test_ten_boards_need_no_consent_and_eleven_do(circuit: Netlist, tmp_path: Path) -> None:
    readiness.require(readiness.assess(circuit, 10), tmp_path / "open.md", accepted=False)
    eleven = readiness.assess(circuit, 11)
    readiness.require(eleven, tmp_path / "open.md", accepted=True)

    count = len(eleven.facts)
    assert count > 5
    with pytest.raises(InputError, match=rf"^{count} facts .* work through .*open\.md, or add --accept-unverified$"):
        readiness.require(eleven, tmp_path / "open.md", accepted=False)


def test_nothing_to_accept_once_all_is_verified(circuit: Netlist, tmp_path: Path) -> None:
    state = readiness.assess(verified(circuit), 1000)

    assert state.facts == ()
    readiness.require(state, tmp_path / "open.md", accepted=False)


def test_stock_below_the_need_is_listed_with_both_figures(circuit: Netlist) -> None:
    text = readiness.text(readiness.assess(circuit, 10_000_000))

    assert re.search(r"U1 \(PY32F003F18P6TU, C5379864\)\*\*: short: 10\d+ needed, \d+ in stock on 20\d\d-", text)
    assert "PY32F003F18P6TU, C5379864)**: short" not in readiness.text(readiness.assess(circuit, 5))


def test_prices_carry_the_day_until_which_they_hold(circuit: Netlist) -> None:
    state = readiness.assess(circuit, 5)
    day = state.basis.snapshot.day

    assert f"**Prices of {day}**: taken as good for 90 days, until 2026-08-19" in readiness.text(state)


def test_the_list_counts_its_open_points(circuit: Netlist) -> None:
    text = readiness.text(readiness.assess(circuit, 5))
    boxes = text.split("## At the upload")[0].count("- [ ]")

    assert f"{boxes} points are open" in text


def test_no_boards_is_an_input_error(circuit: Netlist) -> None:
    with pytest.raises(InputError, match="order at least one"):
        readiness.assess(circuit, 0)
