import numpy as np
import pytest

from hardware.parts.audio import LMA2718, LMV321
from hardware.spice import models, program

NODES = {"IN+": "in", "IN-": "fb", "V+": "vcc", "V-": "0", "OUT": "out"}
GAIN_OF_11 = ["Vcc vcc 0 3", "Rf out fb 1meg", "Rg fb mid 100k", "Vmid mid 0 1.5", *models.op_amp("U1", NODES, LMV321.facts)]
BANDWIDTH_HZ = float(LMV321.facts["gain_bandwidth_hz"])


def test_a_non_inverting_stage_has_the_gain_of_its_resistors() -> None:
    (found,) = program.run(["Vin in 0 DC 1.5 AC 1", *GAIN_OF_11], ["ac lin 1 100 100"])
    assert abs(found["v(out)"][0]) == pytest.approx(11.0, rel=1e-3)


def test_its_bandwidth_is_gain_bandwidth_over_gain() -> None:
    corner = BANDWIDTH_HZ / 11
    (found,) = program.run(["Vin in 0 DC 1.5 AC 1", *GAIN_OF_11], [f"ac lin 1 {corner} {corner}"])
    assert abs(found["v(out)"][0]) == pytest.approx(11 / np.sqrt(2), rel=0.01)


@pytest.mark.parametrize(("input_v", "output_v"), [(2.0, 3.0 - 0.06), (1.0, 0.06)])
def test_the_output_stops_short_of_the_rails(input_v: float, output_v: float) -> None:
    (found,) = program.run([f"Vin in 0 DC {input_v}", *GAIN_OF_11], ["op"])
    assert found["v(out)"][0].real == pytest.approx(output_v, abs=0.02)


def test_the_output_slews_no_faster_than_stated() -> None:
    step = "Vin in 0 PWL(0 1.42 10u 1.42 10.01u 1.58)"
    (found,) = program.run([step, *GAIN_OF_11], ["tran 10n 20u 0 10n"])
    slope = np.diff(found["v(out)"].real) / np.diff(found["time"].real)
    assert slope.max() == pytest.approx(float(LMV321.facts["slew_v_per_s"]), rel=0.05)


def test_its_noise_at_the_input_is_as_stated() -> None:
    quiet = ["Rf out fb 1", "Rg fb 0 1meg", "Vcc vcc 0 3", "Vin in 0 DC 1 AC 1", *models.op_amp("U1", NODES, LMV321.facts)]
    (found,) = program.run(quiet, ["noise v(out) vin dec 5 100 1000"])
    assert found["onoise_spectrum"].real[0] == pytest.approx(float(LMV321.facts["noise_v_per_rthz"]), rel=0.01)


def test_a_weighting_is_that_of_the_standard() -> None:
    weights_db = 20 * np.log10(models.a_weighting(np.array([100.0, 1000.0, 10_000.0])))
    assert weights_db == pytest.approx([-19.1, 0.0, -2.5], abs=0.1)


def test_microphone_noise_gives_back_its_signal_to_noise_ratio() -> None:
    frequency = np.geomspace(20.0, 20e3, 5000)
    density = models.microphone_noise_v_per_rthz(LMA2718.facts)
    weighted = np.sqrt(np.trapezoid((density * models.a_weighting(frequency)) ** 2, frequency))
    ratio = models.microphone_sensitivity_v(LMA2718.facts) / weighted
    assert 20 * np.log10(ratio) == pytest.approx(float(LMA2718.facts["snr_db"]), abs=0.05)


def test_the_microphone_rests_at_its_bias_behind_its_resistance() -> None:
    nodes = {"VDD": "vcc", "GND": "0", "OUT": "out"}
    deck = ["Vcc vcc 0 3", "Vsound sound 0 0", "Rload out 0 300", *models.microphone("MK1", nodes, LMA2718.facts)]
    (found,) = program.run(deck, ["op"])
    assert found["v(out)"][0].real == pytest.approx(float(LMA2718.facts["bias_v"]) / 2, rel=1e-3)
    assert -found["i(vcc)"][0].real == pytest.approx(float(LMA2718.facts["supply_ua"]) * 1e-6, rel=1e-3)
