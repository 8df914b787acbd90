"""The audio block as the ADC sees it: microphone and amplifier, from the sound to the voltage at the analogue input.

ngspice simulates the block of the very netlist at the supply in question (`hardware.spice.preamp`): gain and phase over
frequency, noise, and the transient after switching on. Here these become filters, so that a stretch of samples costs a
convolution and no simulation. Signal, noise and transient are added, then clipped where the amplifier's output stops.

Not modelled: distortion below clipping, recovery from clipping, the microphone's own start-up (up to 100 ms by a
sibling's data sheet) and ripple of the supply.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from hardware.netlist import Netlist
from hardware.parts.audio import LMA2718, LMV321
from hardware.spice import preamp
from hardware.spice.deck import NOMINAL
from hardware.spice.models import microphone_sensitivity_v
from hardware.virtual_board.sound import SoundSource
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

Volts = NDArray[np.float64]

_RATE_HZ = 32_000  # of the filters: four times the sampling rate, so that what folds in is there to fold
_STEP = TICKS_PER_SECOND // _RATE_HZ
_TAPS = 2048  # 64 ms: the high-pass at 150 Hz has died away
_AHEAD = 64  # samples of future sound that the response may use: its spectrum ends below 16 kHz, so it rings both ways
_FADE_HZ = (12_000.0, 15_500.0)  # the band of no interest to a converter at 8 kHz is faded out
_BLOCK = 8192
_TRANSIENT_S = 0.15
_SUPPLY_GRID_V = 0.1  # the block is simulated at the nearest tenth of a volt
_MOST_KEPT = 256  # a campaign's good boards have 16 blocks at 9 voltages; 70 kB each


@dataclass(frozen=True, eq=False)
class Characteristic:
    """The block at one supply voltage, sampled at 32 kHz. Volts at the analogue input."""

    response: Volts  # to a pulse of the microphone's open output at sample _AHEAD
    noise: Volts  # filter that makes its noise of white noise with variance 1
    switch_on: Volts  # from the moment that the supplying pin rises
    lowest_v: float
    highest_v: float


def characterise(netlist: Netlist, supply_v: float) -> Characteristic:
    """Simulate the block. InputError if ngspice is missing or the amplifier is not fitted."""
    bias = preamp.operating_point(netlist, supply_v)
    found = preamp.response(netlist, supply_v, bias_v=bias)
    start = preamp.switch_on(netlist, preamp.ideal_supply(netlist, supply_v), NOMINAL, bias, until_s=_TRANSIENT_S)
    frequency = np.fft.rfftfreq(_TAPS, 1 / _RATE_HZ)
    gain = np.interp(frequency, found.frequency_hz, found.gain.real) + 1j * np.interp(
        frequency, found.frequency_hz, found.gain.imag
    )
    fade = np.clip((_FADE_HZ[1] - frequency) / (_FADE_HZ[1] - _FADE_HZ[0]), 0, 1)
    gain *= np.sin(fade * np.pi / 2) ** 2
    density = np.interp(frequency, found.frequency_hz, found.noise_v_per_rthz)
    times = preamp.SWITCH_ON_S + np.arange(round((_TRANSIENT_S - preamp.SWITCH_ON_S) * _RATE_HZ)) / _RATE_HZ
    gap_v = float(LMV321.facts["output_gap_v"])
    return Characteristic(
        response=np.roll(np.fft.irfft(gain, _TAPS), _AHEAD),
        noise=np.fft.fftshift(np.fft.irfft(density * (_RATE_HZ / 2) ** 0.5, _TAPS)),
        switch_on=np.interp(times, start.time_s, start.output_v),
        lowest_v=gap_v,
        highest_v=start.settled_supply_v - gap_v,
    )


@dataclass(frozen=True)
class AudioBlock:
    """That of a circuit. Circuits may differ elsewhere: equal blocks are simulated once in a process."""

    deck: tuple[str, ...]
    netlist: Netlist = field(compare=False)

    def at(self, supply_v: float) -> Characteristic:
        return _simulated(self, round(supply_v / _SUPPLY_GRID_V))


def audio_block(netlist: Netlist) -> AudioBlock:
    return AudioBlock(preamp.audio_deck(netlist), netlist)


@lru_cache(maxsize=_MOST_KEPT)
def _simulated(block: AudioBlock, tenths: int) -> Characteristic:
    return characterise(block.netlist, tenths * _SUPPLY_GRID_V)


class Preamp:
    """The block between MCU pin and analogue input. Off at first; off, the input is at 0 V."""

    def __init__(self, netlist: Netlist, sound: SoundSource, seed: int = 0) -> None:
        self._netlist = netlist
        self._sound = sound
        self._seed = seed
        self._now: Characteristic | None = None
        self._since: Ticks = 0

    def __deepcopy__(self, memo: dict[int, object]) -> "Preamp":
        """What changes is references only: netlist, sound and what was simulated are never written to."""
        copied = object.__new__(type(self))
        copied.__dict__ = dict(self.__dict__)
        return copied

    def switch(self, supply_v: float | None, now: Ticks) -> None:
        """The supplying pin goes high from a supply of so many volts, or low (None)."""
        self._since = now
        self._now = None if supply_v is None else self._block.at(supply_v)

    @cached_property
    def _block(self) -> AudioBlock:
        return audio_block(self._netlist)

    def volts(self, first: Ticks, step: Ticks, count: int) -> Volts:
        """Voltage at `count` moments from `first`, `step` ticks apart; none before the last `switch`."""
        found = self._now
        if found is None:
            return np.zeros(count)
        moments = first + step * np.arange(count, dtype=np.int64)
        places = moments / _STEP
        start = int(places[0])
        samples = self._samples(found, start, int(places[-1]) - start + 2)
        since = (moments - self._since) / _STEP
        transient = np.interp(since, np.arange(len(found.switch_on)), found.switch_on)
        total = np.interp(places - start, np.arange(len(samples)), samples) + transient
        clipped: Volts = np.clip(total, found.lowest_v, found.highest_v)
        return clipped

    def _samples(self, found: Characteristic, start: int, count: int) -> Volts:
        """Signal and noise at samples `start` to `start + count` of the 32 kHz grid, which begins at tick 0."""
        sensitivity = microphone_sensitivity_v(LMA2718.facts)
        first = start - _TAPS + 1
        sound = sensitivity * self._sound.pascal((first + _AHEAD) * _STEP, _STEP, count + _TAPS - 1)
        return _filtered(found.response, sound) + _filtered(found.noise, self._white(first, count + _TAPS - 1))

    def _white(self, first: int, count: int) -> Volts:
        """White noise with variance 1 that depends on the sample's number alone, so any stretch comes out the same."""
        blocks = range(first // _BLOCK, (first + count - 1) // _BLOCK + 1)
        noise = np.concatenate([np.random.default_rng((self._seed, block % 2**32)).standard_normal(_BLOCK) for block in blocks])
        offset = first - blocks[0] * _BLOCK
        return noise[offset : offset + count]


def _filtered(taps: Volts, samples: Volts) -> Volts:
    """The part of the convolution in which all taps meet samples."""
    size = len(taps) + len(samples) - 1
    size = 1 << (size - 1).bit_length()
    full = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(taps, size), size)
    return full[len(taps) - 1 : len(samples)]
