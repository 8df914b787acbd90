"""Behavioural models of op-amp and microphone, built from the figures of their definitions.

Op-amp: one pole at gain-bandwidth over open-loop gain, slew limit, output that stops short of the rails and has a
resistance, white input noise, offset, finite supply rejection at the input, supply current that carries half the load
current at rest and all of it when sourcing (class AB). Not modelled: input current, common-mode range, 1/f noise,
distortion, temperature.

Microphone: source with DC level, resistance and white noise from its signal-to-noise ratio, supply rejection, constant
supply current. Its frequency response is flat; start-up of the part itself is not modelled. The sound is the
voltage of node "sound", in volts of open output, which the simulation drives.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from hardware.parts.audio import LMA2718, LMV321

_FOUR_KT = 4 * 1.380649e-23 * 300.15  # ngspice simulates at 27 degrees Celsius
_REFERENCE_V = 3.0  # supply at which offset and DC level are as stated
_POLE_F = 1e-9  # any value: sets the scale of the op-amp's inner node
_CLAMP_S = 10.0  # conductance that holds the inner node at the rails: far above the first stage's
_FULL_CURRENT_V = 1.0  # supply above which the parts draw their stated current
_SOUND_PA_RMS = 1.0  # 94 dB SPL, at which sensitivity and signal-to-noise ratio are stated

Facts = Mapping[str, float | str]
Nodes = Mapping[str, str]


def a_weighting(frequency_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amplitude weight of each frequency, 1 at 1 kHz (IEC 61672-1, annex E)."""

    def weight(f: NDArray[np.float64]) -> NDArray[np.float64]:
        low = (f**2 + 20.598997**2) * np.sqrt((f**2 + 107.65265**2) * (f**2 + 737.86223**2))
        response: NDArray[np.float64] = 12194.217**2 * f**4 / (low * (f**2 + 12194.217**2))
        return response

    return np.divide(weight(frequency_hz), weight(np.array([1000.0])))


def microphone_sensitivity_v(facts: Facts) -> float:
    """Open output at 94 dB SPL, in V rms."""
    return float(10 ** (float(facts["sensitivity_dbv_per_pa"]) / 20)) * _SOUND_PA_RMS


def microphone_noise_v_per_rthz(facts: Facts) -> float:
    """White noise density that makes the stated A-weighted ratio, in V/sqrt(Hz), over 20 Hz to 20 kHz."""
    frequency = np.linspace(20.0, 20e3, 20_000)
    bandwidth = float(np.trapezoid(a_weighting(frequency) ** 2, frequency))
    return float(microphone_sensitivity_v(facts) / _ratio(facts["snr_db"]) / bandwidth**0.5)


def _noise_ohm(density_v_per_rthz: float) -> float:
    """The resistor with that thermal noise."""
    return density_v_per_rthz**2 / _FOUR_KT


def _ratio(db: float | str) -> float:
    return float(10 ** (float(db) / 20))


def _alive(supply: str) -> str:
    """An expression that goes from 0 without supply to 1."""
    return f"min(1,max(0,{supply}/{_FULL_CURRENT_V}))"


def op_amp(ref: str, nodes: Nodes, facts: Facts) -> list[str]:
    plus, minus, high, low, out = (nodes[name] for name in ("IN+", "IN-", "V+", "V-", "OUT"))
    x = ref.lower()
    transconductance = 2 * np.pi * float(facts["gain_bandwidth_hz"]) * _POLE_F
    first_stage_ohm = _ratio(facts["open_loop_gain_db"]) / transconductance
    most_a = float(facts["slew_v_per_s"]) * _POLE_F
    rejection = 1 / _ratio(facts["supply_rejection_db"])
    supply = f"(v({high})-v({low}))"
    error = (
        f"(v({plus})-v({minus})+v({x}_noise)+{float(facts.get('offset_v', 0.0)):.9g}+{rejection:.9g}*({supply}-{_REFERENCE_V}))"
    )
    gap = float(facts["output_gap_v"])
    return [
        f"R{x}_noise {x}_noise 0 {_noise_ohm(float(facts['noise_v_per_rthz'])):.9g}",
        f"B{x}_gain 0 {x}_inner I={most_a:.9g}*tanh({transconductance / most_a:.9g}*{error})",
        f"R{x}_gain {x}_inner 0 {first_stage_ohm:.9g}",
        f"C{x}_gain {x}_inner 0 {_POLE_F:.9g}",
        f"B{x}_rails {x}_inner 0 I={_CLAMP_S}*(max(0,v({x}_inner)-v({high})+{gap})+min(0,v({x}_inner)-v({low})-{gap}))",
        f"E{x}_out {x}_drive 0 {x}_inner 0 1",
        f"V{x}_load {x}_drive {x}_out 0",
        f"R{x}_out {x}_out {out} {float(facts['output_ohm']):.9g}",
        f"B{x}_supply {high} {low} I={_alive(supply)}*({float(facts['supply_ua']) * 1e-6:.9g}"
        f"+0.5*(i(V{x}_load)+sqrt(i(V{x}_load)^2+1e-14)))",
    ]


def microphone(ref: str, nodes: Nodes, facts: Facts) -> list[str]:
    high, low, out = nodes["VDD"], nodes["GND"], nodes["OUT"]
    x = ref.lower()
    supply = f"(v({high})-v({low}))"
    alive = _alive(supply)
    rejection = 1 / _ratio(facts["supply_rejection_db"])
    return [
        f"R{x}_noise {x}_noise 0 {_noise_ohm(microphone_noise_v_per_rthz(facts)):.9g}",
        f"B{x}_out {x}_out {low} V={alive}*({float(facts['bias_v']):.9g}+v(sound)+v({x}_noise)"
        f"+{rejection:.9g}*({supply}-{_REFERENCE_V}))",
        f"R{x}_out {x}_out {out} {float(facts['output_ohm']):.9g}",
        f"B{x}_supply {high} {low} I={float(facts['supply_ua']) * 1e-6:.9g}*{alive}",
    ]


MODELS: dict[str, Callable[[str, Nodes, Facts], list[str]]] = {LMV321.name: op_amp, LMA2718.name: microphone}
