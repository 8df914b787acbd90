"""What the firmware should hear in the samples that its converter gave: app/words.c again, with the firmware's own C below it."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model import native
from firmware.model.classifier import Features
from firmware.model.features_sound import FEATURES, HOP, MODULES, RATE_HZ
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

Counts = NDArray[np.uint16]


def stretches(samples: Sequence[tuple[Ticks, int]]) -> Iterator[Counts]:
    """Those that were recorded without a break: at one, the firmware begins anew."""
    times = np.array([time for time, _ in samples])
    counts = np.array([count for _, count in samples], np.uint16)
    yield from np.split(counts, np.flatnonzero(np.diff(times) > 2 * TICKS_PER_SECOND // RATE_HZ) + 1)


class Listener:
    """`threshold`: the setting sound_threshold."""

    def __init__(self, threshold: int) -> None:
        self._ffi, self._lib = native.load("listener", (*MODULES, "model/word_gate"))
        self._gate, self._ring = self._ffi.new("word_gate *"), self._ffi.new("frame_ring *")
        self._points = self._ffi.new("uint32_t[128]")
        self._threshold, self._background = threshold, 0

    def words(self, counts: Counts) -> Iterator[Features]:
        """What the model would get of each word in one stretch, which comes after the one before."""
        self._lib.frame_ring_clear(self._ring)
        self._lib.word_gate_close(self._gate)
        sound: Any = self._ffi.from_buffer("uint16_t[]", counts)
        for hop in range(len(counts) // HOP):
            at = sound + hop * HOP
            if hop:
                self._lib.log_mel_frame(at - HOP, at, self._points, self._lib.frame_ring_push(self._ring))
            event = self._lib.word_gate_add(self._gate, self._lib.hop_power(at), self._threshold**2)
            if event == self._lib.WORD_HEARD:
                yield self._map()
            if not self._lib.word_gate_is_open(self._gate):
                if event == self._lib.WORD_NONE and hop:
                    self._follow_background()
                self._lib.frame_ring_keep(self._ring, self._lib.WORD_BEFORE)

    def _map(self) -> Features:
        found = np.zeros(FEATURES, np.int16)
        word = self._lib.endpoints_find(self._ring, self._background)
        self._lib.sound_map_make(self._ring, word, self._ffi.from_buffer("int16_t[]", found))
        return found

    def _follow_background(self) -> None:
        level = self._lib.frame_level(self._lib.frame_ring_at(self._ring, self._ring.count - 1))
        self._background = self._background + ((level - self._background) >> 3) if self._background else level
