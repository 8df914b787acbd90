"""The audio block's model against ngspice's own figures."""

import copy
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from faults import define, exchange, remove

from hardware.netlist import Netlist, read
from hardware.parts import PARTS
from hardware.parts.audio import LMA2718
from hardware.spice.models import microphone_sensitivity_v
from hardware.spice.preamp import response
from hardware.virtual_board.parts import preamp as model
from hardware.virtual_board.parts.preamp import Preamp
from hardware.virtual_board.sound import Silence, SoundSource, Tone, rms_pa
from hardware.virtual_board.ticks import TICKS_PER_SECOND, from_seconds

RATE = 8000
STEP = TICKS_PER_SECOND // RATE
SETTLED = from_seconds(0.5)


def running(sound: SoundSource, wired: Netlist | None = None, supply_v: float = 3.0) -> Preamp:
    preamp = Preamp(wired or read(), sound, seed=1)
    preamp.switch(supply_v, 0)
    return preamp


@pytest.mark.parametrize("hertz", [300, 1000, 3000])
def test_a_tone_comes_out_with_the_gain_that_ngspice_finds(hertz: int) -> None:
    found = response(read(), 3.0)
    gain = float(np.interp(hertz, found.frequency_hz, np.abs(found.gain)))
    output = running(Tone(hertz, 70.0)).volts(SETTLED, STEP, RATE)
    expected = gain * microphone_sensitivity_v(LMA2718.facts) * rms_pa(70.0)
    level = np.abs(np.fft.rfft(output))[hertz] * 2**0.5 / RATE
    assert level == pytest.approx(expected, rel=0.02)


def test_silence_leaves_the_noise_that_ngspice_finds() -> None:
    found = response(read(), 3.0)
    band = np.linspace(50.0, 15_000.0, 50_000)
    density = np.interp(band, found.frequency_hz, found.noise_v_per_rthz)
    expected = float(np.trapezoid(density**2, band)) ** 0.5
    assert running(Silence()).volts(SETTLED, STEP, 4 * RATE).std() == pytest.approx(expected, rel=0.05)


def test_it_rests_at_the_microphones_level_once_it_has_started() -> None:
    preamp = running(Silence())
    bias = float(LMA2718.facts["bias_v"])
    assert preamp.volts(SETTLED, STEP, RATE).mean() == pytest.approx(bias, abs=0.01)
    assert abs(preamp.volts(from_seconds(5e-3), STEP, 8).mean() - bias) > 0.3


def test_a_loud_tone_clips_where_the_amplifier_stops() -> None:
    output = running(Tone(1000, 110.0)).volts(SETTLED, STEP, RATE)
    assert output.min() == pytest.approx(0.06)
    assert 2.8 < output.max() < 2.95


def test_off_there_is_nothing() -> None:
    preamp = running(Tone(1000, 90.0))
    preamp.switch(None, SETTLED)
    assert not preamp.volts(SETTLED, STEP, 100).any()


def test_any_stretch_comes_out_the_same() -> None:
    preamp = running(Tone(440, 70.0))
    other = copy.deepcopy(preamp)
    whole = preamp.volts(SETTLED, STEP, 1000)
    parts = [other.volts(SETTLED + i * 100 * STEP, STEP, 100) for i in range(10)]
    assert np.allclose(np.concatenate(parts), whole, atol=1e-9)


def test_the_circuits_own_values_count() -> None:
    wrong = define(read(), "R5", PARTS["R_4.7k"])
    right = running(Tone(1000, 70.0)).volts(SETTLED, STEP, RATE).std()
    assert running(Tone(1000, 70.0), wrong).volts(SETTLED, STEP, RATE).std() < right / 5


def with_fact(ref: str, fact: str, value: float) -> Netlist:
    part = read().components[ref].part
    return define(read(), ref, replace(part, facts={**part.facts, fact: value}))


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Supply voltage of each simulation from now on; nothing is known yet."""
    seen: list[float] = []

    def counted(wired: Netlist, supply_v: float) -> model.Characteristic:
        seen.append(round(supply_v, 3))
        return characterise(wired, supply_v)

    characterise = model.characterise
    monkeypatch.setattr(model, "characterise", counted)
    model._simulated.cache_clear()
    return seen


def test_boards_of_one_audio_block_simulate_it_once_at_a_tenth_of_a_volt(simulated: list[float]) -> None:
    for wired, supply_v in ((read(), 3.0), (read(), 3.04), (remove(read(), "D1"), 2.96), (read(), 2.9), (read(), 2.91)):
        running(Silence(), wired, supply_v)
    assert simulated == [3.0, 2.9]


@pytest.mark.parametrize(
    "other",
    [
        lambda: define(read(), "R5", PARTS["R_4.7k"]),
        lambda: exchange(read(), "U1", "PA12", "PA1"),
        lambda: exchange(read(), "U1", "PA0", "PA1"),
        lambda: with_fact("U1", "pin_output_ohm", 100.0),
        lambda: with_fact("C11", "share_of_capacitance_at_3v", 0.8),
    ],
    ids=["a value", "the feeding pin", "the listening pin", "the feeding pin's resistance", "what a capacitor keeps under bias"],
)
def test_another_audio_block_is_simulated_anew(simulated: list[float], other: Callable[[], Netlist]) -> None:
    running(Silence())
    running(Silence(), other())
    running(Silence())
    assert simulated == [3.0, 3.0]
