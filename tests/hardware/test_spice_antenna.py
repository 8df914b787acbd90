"""What of the radio's power arrives at the antenna."""

import functools
from dataclasses import replace
from math import pi

import numpy as np
import pytest
from faults import define, reconnect, remove

from hardware import netlist as netlists
from hardware.netlist import Netlist
from hardware.parts.board_features import ANTENNA
from hardware.parts.passives import PASSIVES
from hardware.parts.radio import CI24R1
from hardware.spice import antenna

ADVERTISING = [2, 26, 80]  # of the radio's channels: 2402, 2426 and 2480 MHz


@functools.cache
def board() -> Netlist:
    return netlists.read()


def gain_db(wired: Netlist) -> list[float]:
    share = antenna.delivered(wired)[ADVERTISING]
    return [float(db) for db in 10 * np.log10(np.maximum(share, 1e-12))]


def loss_db(wired: Netlist) -> float:
    """Against the whole board, on the channel where it is least."""
    return min(whole - found for whole, found in zip(gain_db(board()), gain_db(wired), strict=True))


def through() -> Netlist:
    """The antenna at the radio's pin, and nothing between."""
    return reconnect(remove(remove(remove(remove(board(), "C8"), "C9"), "C10"), "L1"), "AE1", "FEED", "RF_OUT")


def by_hand(hertz: float) -> float:
    """The ladder of the circuit, its parts with their parasitics, between 50 ohm and 50 ohm: by chain matrices."""
    w, facts = 2 * pi * hertz, {part.name: part.facts for part in PASSIVES}

    def capacitor(name: str, farad: float) -> complex:
        of_it = facts[name]
        return float(of_it["series_ohm"]) + 1j * w * float(of_it["series_h"]) + 1 / (1j * w * farad)

    coil = 3.9e-9 * (1j * w + 2 * pi * 2.45e9 / float(facts["L_3.9n"]["quality"]))
    shunt = np.array([[1, 0], [1 / capacitor("C_1.5p", 1.5e-12), 1]])
    series = [np.array([[1, z], [0, 1]]) for z in (1 / (1 / coil + 1j * w * float(facts["L_3.9n"]["parallel_f"])),)]
    (a, b), (c, d) = shunt @ series[0] @ shunt @ np.array([[1, capacitor("C_470p", 470e-12)], [0, 1]])
    return float(20 * np.log10(2 / abs(a + b / 50 + c * 50 + d)))


def test_nothing_is_lost_between_equal_impedances() -> None:
    assert gain_db(through()) == pytest.approx([0.0] * 3, abs=0.01)


def test_an_antenna_of_another_impedance_reflects_what_theory_says() -> None:
    double = replace(ANTENNA, facts={**ANTENNA.facts, "feed_ohm": 100.0})
    assert gain_db(define(through(), "AE1", double)) == pytest.approx([10 * np.log10(8 / 9)] * 3, abs=0.01)


def test_the_loss_is_that_of_the_ladder_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antenna, "STRAY_F", 1e-18)
    assert gain_db(board()) == pytest.approx([by_hand(hertz) for hertz in (2.402e9, 2.426e9, 2.480e9)], abs=1e-3)


@pytest.mark.parametrize(("ref", "pin"), [("L1", "1"), ("L1", "2"), ("C10", "1"), ("C10", "2"), ("U3", "ANT"), ("AE1", "FEED")])
def test_an_open_in_the_way_is_a_loss_but_not_of_everything(ref: str, pin: str) -> None:
    assert 19 < loss_db(reconnect(board(), ref, pin, None)) < 60


@pytest.mark.parametrize("ref", ["L1", "C10"])
def test_a_part_that_is_missing_in_the_way_is_a_loss_but_not_of_everything(ref: str) -> None:
    assert 20 < loss_db(remove(board(), ref)) < 60


def test_a_shorted_antenna_gets_nothing() -> None:
    assert loss_db(reconnect(board(), "AE1", "FEED", "GND")) > 60
    assert loss_db(reconnect(board(), "U3", "ANT", "GND")) > 60


def test_an_antenna_whose_ground_is_open_gets_little() -> None:
    assert loss_db(reconnect(board(), "AE1", "GND", None)) > 12


@pytest.mark.parametrize("ref", ["C8", "C9"])
def test_a_large_capacitor_to_ground_shorts_what_a_small_one_tunes(ref: str) -> None:
    assert loss_db(define(board(), ref, "C_100n")) > 12


def test_any_large_capacitor_leads_to_the_antenna() -> None:
    assert abs(loss_db(define(board(), "C10", "C_100n"))) < 0.1


def test_without_radio_or_antenna_nothing_arrives() -> None:
    for part in (CI24R1, ANTENNA):
        (found,) = board().of_part(part.name)
        assert not antenna.delivered(remove(board(), found.ref)).any()


def test_boards_of_equal_ways_are_simulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    antenna.delivered(board())
    monkeypatch.setenv("PATH", "/nowhere")
    antenna.delivered(define(board(), "C1", "C_10u"))  # of the supply, beside the way
