"""Under which conditions a clip is heard: pitch of the voice, gain, noise. They act on the sound itself, before the converter."""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.signal import firwin, resample_poly

from firmware.model.features_sound import HOP, RATE_HZ

LEAD = 1600  # samples of noise before and behind the clip: the chip knows how loud it is when nobody speaks
PITCH_STEPS = 40  # a pitch is so many more of these to one
COLOURS = {"white": 0.0, "pink": 0.5, "brown": 1.0}  # by which power of the frequency the amplitude falls
LOWEST_NOISE_HZ = 20  # where the fall begins

Sound = NDArray[np.float64]


@dataclass(frozen=True)
class Noise:
    """`colour`: one of COLOURS. The ratio is that of the clip's mean power to the noise's."""

    colour: str
    snr_db: float


@dataclass(frozen=True)
class Condition:
    """`pitch`: 1/40 higher for 1, as if the whole vocal tract were smaller; it is quicker, too. `skipped`: samples at the
    beginning, so that frames lie elsewhere."""

    pitch: int = 0
    skipped: int = 0
    gain_db: float = 0.0
    noise: Noise | None = None


AS_RECORDED = Condition()


def drawn(rng: np.random.Generator) -> Condition:
    """A noisy one, for training."""
    return Condition(
        pitch=int(rng.integers(-4, 5)),
        skipped=int(rng.integers(HOP)),
        gain_db=float(rng.uniform(-14, 8)),
        noise=Noise(str(rng.choice(sorted(COLOURS))), float(rng.uniform(5, 30))),
    )


def heard(samples: NDArray[np.int16], condition: Condition, rng: np.random.Generator) -> Sound:
    """In the samples' units, but neither rounded nor clipped. `rng` is for the noise."""
    sound = samples.astype(np.float64)
    if condition.pitch:
        down = PITCH_STEPS + condition.pitch
        sound = resample_poly(sound, PITCH_STEPS, down, window=_low_pass(max(PITCH_STEPS, down)))
    if condition.noise:
        sound = with_noise(sound, condition.noise, rng)
    return sound[condition.skipped :] * 10 ** (condition.gain_db / 20)


def with_noise(sound: Sound, noise: Noise, rng: np.random.Generator) -> Sound:
    found = coloured(len(sound) + 2 * LEAD, noise.colour, rng)
    found *= np.sqrt(np.mean(sound**2) / 10 ** (noise.snr_db / 10))
    found[LEAD:-LEAD] += sound
    return found


def coloured(samples: int, colour: str, rng: np.random.Generator) -> Sound:
    """Noise of mean power 1."""
    length = next_fast_len(samples, real=True)
    white = rng.standard_normal(length)
    frequency = np.fft.rfftfreq(length, 1 / RATE_HZ)
    spectrum = np.fft.rfft(white) / np.maximum(frequency, LOWEST_NOISE_HZ) ** COLOURS[colour]
    noise: Sound = np.fft.irfft(spectrum, length)[:samples]
    noise /= np.sqrt(np.mean(noise**2))
    return noise


@functools.cache
def _low_pass(factor: int) -> Sound:
    """resample_poly's own, which it would compute for each clip anew."""
    found: Sound = firwin(20 * factor + 1, 1 / factor, window=("kaiser", 5.0))
    return found
