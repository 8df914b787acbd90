import numpy as np
import pytest
from faults import define, reconnect, remove

from hardware import netlist as netlists
from hardware.netlist import Netlist
from hardware.spice import preamp
from hardware.spice.deck import NOMINAL


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def gain_at(netlist: Netlist, frequency_hz: float) -> float:
    frequency, gain = preamp.preamp_response(netlist, 3.0)
    return float(np.interp(frequency_hz, frequency, np.abs(gain)))


def test_gain_in_band_is_that_of_the_resistors(board: Netlist) -> None:
    """Between its corners at 159 Hz and 3.4 kHz, both of first order, at their geometric mean."""
    low, high, loop = 159.2 / 0.9625, 1 / (2 * np.pi * 100e3 * 470e-12), 1e6 / 101
    middle = np.sqrt(low * high)
    expected = 101 / abs(1 + low / (1j * middle)) / abs(1 + 1j * middle / high) / abs(1 + 1j * middle / loop)
    assert gain_at(board, float(middle)) == pytest.approx(expected, rel=0.02)


def test_a_wrong_feedback_resistor_shows(board: Netlist) -> None:
    assert gain_at(define(board, "R5", "R_4.7k"), 1000) == pytest.approx(5.7, rel=0.03)


def test_faults_give_an_answer_and_not_a_singular_matrix(board: Netlist) -> None:
    assert gain_at(remove(board, "U4"), 1000) == 0.0
    assert gain_at(reconnect(board, "MK1", "OUT", None), 1000) < 0.01
    assert gain_at(remove(board, "C14"), 1000) == pytest.approx(1.0, rel=0.02)  # gain leg open: a follower
    assert gain_at(remove(board, "MK1"), 1000) < 0.01


def test_one_of_two_ground_pins_is_enough(board: Netlist) -> None:
    whole = gain_at(board, 1000)
    for pin in ("2", "3"):
        assert gain_at(reconnect(board, "MK1", pin, None), 1000) == pytest.approx(whole, rel=1e-3)


def test_the_block_is_off_without_its_supply_resistor(board: Netlist) -> None:
    assert preamp.operating_point(remove(board, "R4"), 3.0)["vmic"] == pytest.approx(0.0, abs=0.01)


def test_the_supply_drops_by_the_current_through_pin_and_resistor(board: Netlist) -> None:
    found = preamp.operating_point(board, 3.0)
    assert 3.0 - found["vmic"] == pytest.approx(165e-6 * (220 + 50), rel=0.02)
    assert found["mic_adc"] == pytest.approx(0.75, abs=0.005)


def test_inrush_is_the_supply_over_pin_and_resistor(board: Netlist) -> None:
    on = preamp.switch_on(board, preamp.ideal_supply(board, 3.0), NOMINAL, {})
    assert on.pin_a.max() == pytest.approx(3.0 / 270, rel=0.02)
    assert on.pin_a[on.time_s < preamp.SWITCH_ON_S].max() < 1e-6
    assert on.output_v.max() > 2.5  # at the rail while C14 charges
    assert on.output_v[-1] == pytest.approx(0.75, abs=0.005)
