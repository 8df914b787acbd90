"""What is allowed, and why. Limits that are ratings of a part come from the part's definition."""

from dataclasses import dataclass
from typing import Literal

from hardware.parts.audio import LMV321
from hardware.parts.cell import CR2032, CUTOFF_V
from hardware.parts.mcu import PY32F003

SAMPLE_RATE_HZ = 8000.0  # of the firmware, without oversampling
BAND_HZ = (100.0, 3800.0)  # lowest and highest edge of the mel bands

Unit = Literal["dB", "Hz", "V", "ms", "mA", "dB SPL", "ohm"]


@dataclass(frozen=True)
class Limit:
    """Allowed range of one quantity. A missing end is open; both missing: for information."""

    name: str
    text: str
    unit: Unit
    minimum: float | None
    maximum: float | None
    reason: str

    def holds(self, value: float) -> bool:
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


_PIN_MAX_MA = PY32F003.pin("PA12").current_max_ma
_OP_AMP_MIN_V = LMV321.supplies["V+"].operating_min_v

AUDIO = (
    Limit("gain_1khz", "gain at 1 kHz", "dB", 38.0, 41.0, "quiet rooms above the converter's step, voices below clipping"),
    Limit("lower_corner", "lower -3 dB corner", "Hz", 90.0, 250.0, "wind and rumble out, the lowest voices' harmonics in"),
    Limit("upper_corner", "upper -3 dB corner", "Hz", 2200.0, SAMPLE_RATE_HZ / 2, "second formants in, the folding band out"),
    Limit(
        "gain_band_edge",
        "gain at 3.8 kHz against 1 kHz",
        "dB",
        -6.5,
        None,
        "in the highest mel band the microphone's noise still covers the converter's",
    ),
    Limit(
        "folding",
        "noise folded from above 4 kHz, loss of signal-to-noise ratio",
        "dB",
        None,
        2.5,
        "sampled at 8 kHz without oversampling; the amplifier without a capacitor across it would lose 6 dB",
    ),
    Limit(
        "preamp_noise",
        "amplifier's noise at the input against the microphone's, 100 Hz to 4 kHz",
        "dB",
        None,
        -10.0,
        "then it costs less than 0.4 dB of signal-to-noise ratio",
    ),
    Limit(
        "converter_noise",
        "12 bit converter's noise against the microphone's at the input, 100 Hz to 4 kHz",
        "dB",
        None,
        -4.0,
        "it costs less than 1.5 dB of signal-to-noise ratio with the least sensitive microphone",
    ),
    Limit("rest", "output at rest", "V", 0.4, 1.2, "within the converter's range, away from both rails at 2.1 V"),
    Limit("loudest", "loudest tone before clipping", "dB SPL", 80.0, None, "a voice of 70 dB SPL at 0.3 m with peaks 12 dB up"),
    Limit(
        "start_up",
        "supply pin high until output within 20 mV",
        "ms",
        None,
        100.0,
        "with up to 100 ms of the microphone itself, samples are good 200 ms after switching on",
    ),
    Limit(
        "rejection_100hz",
        "supply to analogue input at 100 Hz",
        "dB",
        None,
        -12.0,
        "less than the converter adds, whose reference is the supply: 0.75 V at rest of 3 V is -12 dB",
    ),
    Limit("rejection_1khz", "supply to analogue input at 1 kHz", "dB", None, -20.0, "in the voice band, out of reach of ripple"),
    Limit("inrush", "peak current of the supplying pin", "mA", None, _PIN_MAX_MA, "absolute maximum of the MCU's pin"),
    Limit(
        "block_supply",
        "supply of microphone and op-amp",
        "V",
        _OP_AMP_MIN_V,
        None,
        "the op-amp's minimum; the microphone's is 1.6 V",
    ),
)

_CELL = f"{CR2032.facts['aged_ohm']:g} ohm cell of {CR2032.facts['aged_v']:g} V"

SUPPLY = (
    Limit("beacon_fresh", "lowest supply during a beacon, fresh cell", "V", CUTOFF_V, None, "below it radio and op-amp may fail"),
    Limit("beacon_aged", "lowest supply during a beacon, aged cell", "V", CUTOFF_V, None, "below it radio and op-amp may fail"),
    Limit(
        "switch_on_aged",
        "lowest supply as the microphone is switched on, aged cell",
        "V",
        CUTOFF_V,
        None,
        "the inrush must not reset the board or spoil a running conversion",
    ),
    Limit(
        "most_ohm",
        f"highest cell resistance for a beacon at {CR2032.facts['aged_v']:g} V",
        "ohm",
        float(CR2032.facts["aged_ohm"]),
        None,
        f"the {_CELL} is the worst that the board is made for",
    ),
    Limit(
        "least_open_circuit",
        f"lowest open-circuit voltage for a beacon at {CR2032.facts['aged_ohm']:g} ohm",
        "V",
        None,
        float(CR2032.facts["aged_v"]),
        f"the {_CELL} is the worst that the board is made for",
    ),
)
