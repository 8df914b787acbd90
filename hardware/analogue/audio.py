"""Quantities of the audio block, measured on simulations."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.analogue.limits import BAND_HZ, SAMPLE_RATE_HZ
from hardware.netlist import Netlist
from hardware.parts.audio import LMA2718, LMV321
from hardware.parts.mcu import PY32F003
from hardware.spice import models, preamp
from hardware.spice.deck import Corner, the_only
from hardware.spice.preamp import Response, SwitchOn

SETTLED_V = 20e-3
REFERENCE_HZ = 1000.0
_SPL_OF_PASCAL = 94.0

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """The simulations of the block at one supply voltage and corner."""

    supply_v: float
    corner: Corner
    response: Response
    switch_on: SwitchOn
    microphone: dict[str, float | str]  # facts of the microphone in this corner
    output_gap_v: float


def run(netlist: Netlist, supply_v: float, corner: Corner, bias_v: Mapping[str, float]) -> Run:
    """`bias_v`: node voltages at which the capacitors are taken."""
    microphone, amplifier = the_only(netlist, LMA2718), the_only(netlist, LMV321)
    return Run(
        supply_v=supply_v,
        corner=corner,
        response=preamp.response(netlist, supply_v, corner, bias_v),
        switch_on=preamp.switch_on(netlist, preamp.ideal_supply(netlist, supply_v), corner, bias_v),
        microphone={name: corner.facts.get((microphone.ref, name), value) for name, value in microphone.part.facts.items()},
        output_gap_v=corner.fact(amplifier, "output_gap_v"),
    )


def quantities(found: Run) -> dict[str, float]:
    """All quantities of `limits.AUDIO`, by name, in their units."""
    response, on = found.response, found.switch_on
    gain_db = decibel(response.gain)
    reference_db = at(response, gain_db, REFERENCE_HZ)
    lower, upper = corners_hz(response)
    densities = noise(found)
    amplifier, microphone, converter = (
        _in_band(response, density) for density in (densities.amplifier, densities.microphone, densities.converter)
    )
    rest = on.settled_output_v
    headroom_v = min(rest - found.output_gap_v, on.settled_supply_v - found.output_gap_v - rest)
    full_pa = headroom_v / np.sqrt(2) / 10 ** (reference_db / 20) / models.microphone_sensitivity_v(found.microphone)
    return {
        "gain_1khz": reference_db,
        "lower_corner": lower,
        "upper_corner": upper,
        "gain_band_edge": at(response, gain_db, BAND_HZ[1]) - reference_db,
        "folding": folding_db(response),
        "preamp_noise": 20 * float(np.log10(amplifier / microphone)),
        "converter_noise": 20 * float(np.log10(converter / microphone)),
        "rest": rest,
        "loudest": _SPL_OF_PASCAL + 20 * float(np.log10(max(full_pa, 1e-9))),
        "start_up": start_up_ms(on),
        "rejection_100hz": at(response, decibel(response.supply_gain), 100.0),
        "rejection_1khz": at(response, decibel(response.supply_gain), 1000.0),
        "inrush": float(on.pin_a.max()) * 1e3,
        "block_supply": on.settled_supply_v,
    }


def decibel(ratio: NDArray[np.complex128] | Real) -> Real:
    return np.asarray(20 * np.log10(np.maximum(np.abs(ratio), 1e-12)), dtype=np.float64)


def at(response: Response, curve: Real, frequency_hz: float) -> float:
    return float(np.interp(np.log(frequency_hz), np.log(response.frequency_hz), curve))


def corners_hz(response: Response) -> tuple[float, float]:
    """The frequencies at which gain is 3 dB below its highest value; the ends of the sweep where it never is."""
    gain_db = decibel(response.gain)
    peak = int(gain_db.argmax())
    frequency, level = np.log(response.frequency_hz), gain_db[peak] - 3.0
    lower = np.interp(level, gain_db[: peak + 1], frequency[: peak + 1])
    upper = np.interp(-level, -gain_db[peak:], frequency[peak:])
    return float(np.exp(lower)), float(np.exp(upper))


@dataclass(frozen=True)
class Noise:
    """Noise densities at the input in V/sqrt(Hz), over the frequencies of the response."""

    microphone: Real
    amplifier: Real  # with its resistors
    converter: Real  # its steps, sampled without oversampling


def noise(found: Run) -> Noise:
    response = found.response
    gain = np.maximum(np.abs(response.gain), 1e-12)
    own = models.microphone_noise_v_per_rthz(found.microphone)
    step_v = found.supply_v / 2 ** int(PY32F003.facts["adc_bits"])
    return Noise(
        microphone=np.full_like(gain, own),
        # What the microphone's own noise does not explain is the amplifier's.
        amplifier=np.sqrt(np.maximum((response.noise_v_per_rthz / gain) ** 2 - own**2, 0.0)),
        converter=step_v / np.sqrt(12) / np.sqrt(SAMPLE_RATE_HZ / 2) / gain,
    )


def _in_band(response: Response, density: Real) -> float:
    """Between 100 Hz and half the sample rate, in V rms."""
    band = (response.frequency_hz >= BAND_HZ[0]) & (response.frequency_hz <= SAMPLE_RATE_HZ / 2)
    return float(np.sqrt(np.trapezoid(density[band] ** 2, response.frequency_hz[band])))


def folding_db(response: Response) -> float:
    """How much the noise above half the sample rate adds to the noise in band, once sampled."""
    power, frequency = response.noise_v_per_rthz**2, response.frequency_hz
    inside = (frequency >= BAND_HZ[0]) & (frequency <= SAMPLE_RATE_HZ / 2)
    above = frequency >= SAMPLE_RATE_HZ / 2
    in_band, folded = (float(np.trapezoid(power[part], frequency[part])) for part in (inside, above))
    return float(10 * np.log10((in_band + folded) / in_band))


def start_up_ms(on: SwitchOn) -> float:
    """From the supplying pin's edge to the last moment at which the output is off its final value.

    If it has not settled by the end of the simulation, the time simulated, which is more than is allowed.
    """
    unsettled = np.abs(on.output_v - on.settled_output_v) > SETTLED_V
    last = float(on.time_s[unsettled][-1]) if unsettled.any() else preamp.SWITCH_ON_S
    return (last - preamp.SWITCH_ON_S) * 1e3
