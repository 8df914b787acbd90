"""Plots of the study as SVG: quantities with units, corners as bands, limits as red lines."""

import io
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, NullFormatter

from hardware.analogue import droop
from hardware.analogue.audio import REFERENCE_HZ, SETTLED_V, Run, corners_hz, decibel, noise, start_up_ms
from hardware.analogue.limits import AUDIO, BAND_HZ, SAMPLE_RATE_HZ
from hardware.analogue.study import SUPPLIES_V, Study
from hardware.parts.cell import CUTOFF_V
from hardware.spice import preamp

_BLUE, _ORANGE, _GREEN, _RED, _GREY = "#1f5fa8", "#d9822b", "#3a8f5c", "#c0392b", "#7a7a7a"
_COLOURS = dict(zip(SUPPLIES_V, (_BLUE, _ORANGE), strict=True))
_STYLE = {
    "svg.hashsalt": "dollar-tinyml",  # ids that do not change from run to run
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.grid": True,
    "axes.grid.which": "both",
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.5,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "legend.frameon": False,
    "lines.linewidth": 1.6,
}
_SIZE_INCH = (7.2, 4.5)
_CELLS = {"fresh": droop.FRESH, "aged": droop.AGED}
_LIMITS = {limit.name: limit for limit in AUDIO}


def draw(study: Study) -> dict[str, bytes]:
    """Each plot's file name and SVG; the same bytes for the same study."""
    return {f"{name}.svg": _svg(study, plot) for name, plot in _PLOTS.items()}


def _svg(study: Study, plot: Callable[[Study, Figure], None]) -> bytes:
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=_SIZE_INCH, layout="constrained")
        plot(study, figure)
        figure.legend(loc="outside lower center", ncols=2)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _gain(study: Study, figure: Figure) -> None:
    axes = figure.subplots()
    nominal, runs = study.nominal[SUPPLIES_V[0]], [run for volt in SUPPLIES_V for run in study.corners[volt]]
    frequency = nominal.response.frequency_hz
    curves = np.array([decibel(run.response.gain) for run in runs])
    axes.fill_between(frequency, curves.min(0), curves.max(0), color=_BLUE, alpha=0.18, lw=0, label="tolerance, 2.2 to 3.0 V")
    axes.plot(frequency, decibel(nominal.response.gain), color=_BLUE, label="nominal, 3.0 V")
    axes.axvline(SAMPLE_RATE_HZ / 2, color=_GREY, lw=1, ls="--")
    axes.text(SAMPLE_RATE_HZ / 2 * 1.05, 2, "half the sample rate", color=_GREY, va="bottom")
    limit = _LIMITS["gain_1khz"]
    axes.vlines(REFERENCE_HZ, limit.minimum or 0, limit.maximum or 0, color=_RED, lw=3, label="limits of gain and -3 dB corners")
    level = float(decibel(nominal.response.gain).max()) - 3.0
    for name in ("lower_corner", "upper_corner"):
        axes.hlines(level, _LIMITS[name].minimum or 0, _LIMITS[name].maximum or 0, color=_RED, lw=3)
    lower, upper = corners_hz(nominal.response)
    axes.plot([lower, upper], [level, level], "o", color=_BLUE, ms=4)
    axes.set(xlim=(10, 100e3), ylim=(0, 44), ylabel="gain, microphone to converter (dB)")
    _frequency_axis(axes)
    axes.set_title("Microphone amplifier: frequency response")


def _noise(study: Study, figure: Figure) -> None:
    axes = figure.subplots()
    run = study.nominal[SUPPLIES_V[0]]
    frequency, densities = run.response.frequency_hz, noise(run)
    axes.plot(frequency, densities.microphone * 1e9, color=_GREEN, label="microphone (55 dB A)")
    axes.plot(frequency, densities.amplifier * 1e9, color=_BLUE, label="amplifier and its resistors")
    axes.plot(frequency, densities.converter * 1e9, color=_ORANGE, label="12 bit converter at 8 kHz")
    middle = np.sqrt(BAND_HZ[0] * SAMPLE_RATE_HZ / 2)
    for name, text in (("preamp_noise", "amplifier's limit (band mean)"), ("converter_noise", "converter's limit (band mean)")):
        level = densities.microphone[0] * 10 ** ((_LIMITS[name].maximum or 0.0) / 20) * 1e9
        axes.hlines(level, BAND_HZ[0], SAMPLE_RATE_HZ / 2, color=_RED, lw=1.2, ls="--")
        axes.text(middle, level * 1.02, text, color=_RED, ha="center", va="bottom")
    axes.axvspan(BAND_HZ[0], SAMPLE_RATE_HZ / 2, color=_GREY, alpha=0.08, lw=0, label="band, 100 Hz to 4 kHz")
    axes.set(xlim=(20, 20e3), yscale="log", ylim=(10, 400), ylabel="noise at the input (nV/√Hz)")
    axes.yaxis.set_major_formatter(EngFormatter(places=0, sep=""))
    axes.yaxis.set_minor_formatter(NullFormatter())
    _frequency_axis(axes)
    axes.set_title("Microphone amplifier: input-referred noise, nominal, 3.0 V")


def _start_up(study: Study, figure: Figure) -> None:
    axes = figure.subplots()
    for volt in SUPPLIES_V:
        on = study.nominal[volt].switch_on
        slowest = _slowest(study, volt)
        time_ms = (on.time_s - preamp.SWITCH_ON_S) * 1e3
        axes.plot(time_ms, on.supply_v, color=_COLOURS[volt], lw=0.9, ls=":", label=f"microphone's supply, {volt:.1f} V")
        axes.plot(time_ms, on.output_v, color=_COLOURS[volt], label=f"output, nominal, {volt:.1f} V")
        slow_ms = (slowest.switch_on.time_s - preamp.SWITCH_ON_S) * 1e3
        axes.plot(
            slow_ms, slowest.switch_on.output_v, color=_COLOURS[volt], lw=0.9, ls="--", label=f"output, slowest, {volt:.1f} V"
        )
    limit_ms = _LIMITS["start_up"].maximum or 0.0
    axes.axvline(limit_ms, color=_RED, lw=1.2)
    axes.text(limit_ms + 1, 0.1, f"limit\n{limit_ms:g} ms", color=_RED)
    axes.set(xlim=(-2, 120), ylim=(0, 3.3), xlabel="time after the supply pin rises (ms)", ylabel="voltage (V)")
    axes.set_title(f"Microphone amplifier: start-up, settled within {SETTLED_V * 1e3:g} mV")


def _rejection(study: Study, figure: Figure) -> None:
    axes = figure.subplots()
    for volt in SUPPLIES_V:
        response = study.nominal[volt].response
        curves = np.array([decibel(run.response.supply_gain) for run in study.corners[volt]])
        colour = _COLOURS[volt]
        axes.fill_between(response.frequency_hz, curves.min(0), curves.max(0), color=colour, alpha=0.15, lw=0)
        axes.plot(
            response.frequency_hz, decibel(response.supply_gain), color=colour, label=f"nominal and tolerance, {volt:.1f} V"
        )
    for name, frequency in (("rejection_100hz", 100.0), ("rejection_1khz", 1000.0)):
        axes.plot(frequency, _LIMITS[name].maximum or 0.0, "v", color=_RED, ms=8)
        axes.text(frequency * 1.12, (_LIMITS[name].maximum or 0.0) + 0.5, "limit", color=_RED, va="bottom")
    axes.set(xlim=(10, 20e3), ylim=(-80, 0), ylabel="supply ripple at the converter (dB)")
    _frequency_axis(axes)
    axes.set_title("Microphone amplifier: supply rejection, VBAT to converter")


def _droop(study: Study, figure: Figure) -> None:
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    for cell, colour in (("fresh", _GREEN), ("aged", _ORANGE)):
        for corner, style in (("", "-"), (" worst", "--")):
            pulse = study.beacons[cell + corner]
            cell_text = f"{cell} cell ({_CELLS[cell].volt:g} V, {_CELLS[cell].ohm:g} Ω)"
            text = f"{cell_text}, capacitors {'at their least' if corner else 'nominal'}"
            above.plot(pulse.time_s * 1e3, pulse.supply_v, color=colour, ls=style, lw=1.3, label=text)
    above.axhline(CUTOFF_V, color=_RED, lw=1.2)
    above.text(0.1, CUTOFF_V + 0.01, f"cut-off {CUTOFF_V:g} V", color=_RED, va="bottom")
    above.set(ylim=(2.1, 3.05), ylabel="supply (V)")
    above.set_title("Supply during a beacon: three packets")
    load = study.beacons["fresh"]
    below.fill_between(load.time_s * 1e3, load.load_a * 1e3, color=_GREY, alpha=0.5, lw=0)
    below.set(xlabel="time (ms)", ylabel="load (mA)", ylim=(0, 22), xlim=(0, load.time_s[-1] * 1e3))


def _frequency_axis(axes: Axes) -> None:
    axes.set(xscale="log", xlabel="frequency (Hz)")
    axes.xaxis.set_major_formatter(EngFormatter(places=0, sep=""))


_PLOTS: dict[str, Callable[[Study, Figure], None]] = {
    "preamp-gain": _gain,
    "preamp-noise": _noise,
    "preamp-start-up": _start_up,
    "preamp-supply-rejection": _rejection,
    "supply-droop": _droop,
}


def _slowest(study: Study, volt: float) -> Run:
    return max(study.corners[volt], key=lambda run: start_up_ms(run.switch_on))
