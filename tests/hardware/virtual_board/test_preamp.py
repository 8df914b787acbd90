"""The audio block's model against ngspice's own figures."""

import copy

import numpy as np
import pytest
from faults import define

from hardware.netlist import read
from hardware.parts import PARTS
from hardware.parts.audio import LMA2718
from hardware.spice.models import microphone_sensitivity_v
from hardware.spice.preamp import response
from hardware.virtual_board.parts.preamp import Characteristics, Preamp
from hardware.virtual_board.sound import Silence, Tone, rms_pa
from hardware.virtual_board.ticks import TICKS_PER_SECOND, from_seconds

RATE = 8000
STEP = TICKS_PER_SECOND // RATE
SETTLED = from_seconds(0.5)


@pytest.fixture(scope="module")
def characteristics() -> Characteristics:
    return Characteristics(read())


def running(characteristics: Characteristics, sound: object, seed: int = 1) -> Preamp:
    preamp = Preamp(characteristics, sound, seed)  # type: ignore[arg-type]
    preamp.switch(3.0, 0)
    return preamp


@pytest.mark.parametrize("hertz", [300, 1000, 3000])
def test_a_tone_comes_out_with_the_gain_that_ngspice_finds(characteristics: Characteristics, hertz: int) -> None:
    found = response(read(), 3.0)
    gain = float(np.interp(hertz, found.frequency_hz, np.abs(found.gain)))
    output = running(characteristics, Tone(hertz, 70.0)).volts(SETTLED, STEP, RATE)
    expected = gain * microphone_sensitivity_v(LMA2718.facts) * rms_pa(70.0)
    level = np.abs(np.fft.rfft(output))[hertz] * 2**0.5 / RATE
    assert level == pytest.approx(expected, rel=0.02)


def test_silence_leaves_the_noise_that_ngspice_finds(characteristics: Characteristics) -> None:
    found = response(read(), 3.0)
    band = np.linspace(50.0, 15_000.0, 50_000)
    density = np.interp(band, found.frequency_hz, found.noise_v_per_rthz)
    expected = float(np.trapezoid(density**2, band)) ** 0.5
    assert running(characteristics, Silence()).volts(SETTLED, STEP, 4 * RATE).std() == pytest.approx(expected, rel=0.05)


def test_it_rests_at_the_microphones_level_once_it_has_started(characteristics: Characteristics) -> None:
    preamp = running(characteristics, Silence())
    bias = float(LMA2718.facts["bias_v"])
    assert preamp.volts(SETTLED, STEP, RATE).mean() == pytest.approx(bias, abs=0.01)
    assert abs(preamp.volts(from_seconds(5e-3), STEP, 8).mean() - bias) > 0.3


def test_a_loud_tone_clips_where_the_amplifier_stops(characteristics: Characteristics) -> None:
    output = running(characteristics, Tone(1000, 110.0)).volts(SETTLED, STEP, RATE)
    assert output.min() == pytest.approx(0.06)
    assert 2.8 < output.max() < 2.95


def test_off_there_is_nothing(characteristics: Characteristics) -> None:
    preamp = running(characteristics, Tone(1000, 90.0))
    preamp.switch(None, SETTLED)
    assert not preamp.volts(SETTLED, STEP, 100).any()


def test_any_stretch_comes_out_the_same(characteristics: Characteristics) -> None:
    preamp = running(characteristics, Tone(440, 70.0))
    other = copy.deepcopy(preamp)
    whole = preamp.volts(SETTLED, STEP, 1000)
    parts = [other.volts(SETTLED + i * 100 * STEP, STEP, 100) for i in range(10)]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-9)


def test_the_circuits_own_values_count() -> None:
    wrong = Characteristics(define(read(), "R5", PARTS["R_4.7k"]))
    right = running(Characteristics(read()), Tone(1000, 70.0)).volts(SETTLED, STEP, RATE).std()
    assert running(wrong, Tone(1000, 70.0)).volts(SETTLED, STEP, RATE).std() < right / 5
