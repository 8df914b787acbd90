"""Features of a sound clip by the firmware's own C: levels of mel bands, endpoints, the map that the model sees."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model import native
from firmware.model.classifier import Features

MODULES = (
    *("model/sound_tables", "model/log2_fixed", "model/fft_q15", "model/hann_window", "model/log_mel"),
    *("model/frame_ring", "model/endpoints", "model/sound_map"),
)
RATE_HZ = 8000
HOP = 128  # samples
FRAME = 2 * HOP
BANDS = 12
STEPS = 8
FEATURES = STEPS * BANDS + 1
RING_FRAMES = 64
MIDDLE = 2048  # of the converter's 12 bits

Counts = NDArray[np.uint16]
Levels = NDArray[np.uint8]


def converter_counts(samples: NDArray[np.int16] | NDArray[np.float64]) -> Counts:
    """16 bit samples as the 12 bit converter would give them, clipped where it would clip."""
    return (np.clip(np.round(samples / 16), -MIDDLE, MIDDLE - 1) + MIDDLE).astype(np.uint16)


class SoundFeatures:
    """The C front end; `options` choose another build of it."""

    def __init__(self, options: tuple[str, ...] = native.OPTIMISED) -> None:
        self.ffi, self.lib = native.load("sound", MODULES, options)
        self._points = self.ffi.new("uint32_t[128]")
        self._ring = self.ffi.new("frame_ring *")

    def levels(self, counts: Counts) -> Levels:
        """(frames, 12) of converter counts at 8 kHz: a frame each 128 samples, 1/8 octave of power. A clip that is shorter
        than a frame is one frame, with silence after it; what is left over at the end is not used."""
        if len(counts) < FRAME:
            counts = np.pad(counts, (0, FRAME - len(counts)), constant_values=MIDDLE)
        counts = np.ascontiguousarray(counts, dtype=np.uint16)
        found = np.zeros((len(counts) // HOP - 1, BANDS), np.uint8)
        sound = self.ffi.from_buffer("uint16_t[]", counts)
        for frame, levels in enumerate(found):
            at = sound + frame * HOP
            self.lib.log_mel_frame(at, at + HOP, self._points, self.ffi.from_buffer("uint8_t[]", levels))
        return found

    def word(self, levels: Levels, noise: int = 0) -> Features:
        """(97,) what the models see of the word in the frames, of which there is at least one: the levels of 8 steps in time by
        12 bands, in 1/8 octave of power about their mean, then log2(frames / 16), in 1/16. `noise`: level of silence, summed
        over the bands, 0 if unknown. Of more frames than the chip keeps, the loudest stretch is taken, as its gate would."""
        ring = self._filled(loudest_stretch(levels))
        found = np.zeros(FEATURES, np.int16)
        self.lib.sound_map_make(ring, self.lib.endpoints_find(ring, noise), self.ffi.from_buffer("int16_t[]", found))
        return found

    def clip(self, samples: NDArray[np.int16]) -> Features:
        """(97,) of the word in 16 bit samples at 8 kHz."""
        return self.word(self.levels(converter_counts(samples)))

    def endpoints(self, levels: Levels, noise: int = 0) -> tuple[int, int]:
        """First frame of the word and the one behind its last, among the last 64 frames."""
        found = self.lib.endpoints_find(self._filled(levels), noise)
        return int(found.first), int(found.end)

    def _filled(self, levels: Iterable[NDArray[np.uint8]]) -> Any:
        self.lib.frame_ring_clear(self._ring)
        for frame in levels:
            self.ffi.memmove(self.lib.frame_ring_push(self._ring), np.ascontiguousarray(frame), BANDS)
        return self._ring


def loudest_stretch(levels: Levels) -> Levels:
    """As many frames as the chip keeps."""
    if len(levels) <= RING_FRAMES:
        return levels
    sums = np.cumsum(np.concatenate(([0], levels.sum(1, dtype=np.int64))))
    at = int(np.argmax(sums[RING_FRAMES:] - sums[:-RING_FRAMES]))
    return levels[at : at + RING_FRAMES]
