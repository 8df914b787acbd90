"""What the chip should make of the samples that its converter gave: the firmware's own C, on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from images import BY_HAND
from numpy.typing import NDArray

from firmware.model import native
from firmware.model.features_sound import HOP, MODULES
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

KEEP, HEARD = 5, 1  # WORD_BEFORE, WORD_HEARD
SAMPLE = TICKS_PER_SECOND // 8000


@dataclass
class Converter:
    """Notes each result of the microphone's channel."""

    board: VirtualBoard

    def __post_init__(self) -> None:
        inputs = self.board._assembly.inputs
        self.results: list[tuple[Ticks, int]] = []
        counts = inputs.counts

        def noted(channel: int, supply_v: float, now: Ticks) -> int:
            found = counts(channel, supply_v, now)
            if inputs.microphone_on:
                self.results.append((now, found))
            return found

        inputs.counts = noted  # type: ignore[method-assign]

    def stretches(self) -> Iterator[NDArray[np.uint16]]:
        """Samples that were recorded without a break."""
        times = np.array([time for time, _ in self.results])
        counts = np.array([count for _, count in self.results], np.uint16)
        yield from np.split(counts, np.flatnonzero(np.diff(times) > 2 * SAMPLE) + 1)


class Listener:
    """app/words.c in Python, hop by hop."""

    def __init__(self, threshold: int) -> None:
        self.ffi, self.lib = native.load("listener", (*MODULES, "model/word_gate", str(BY_HAND / "sound_network")))
        self.classes = self.lib.sound_network_CLASSES
        self.gate, self.ring = self.ffi.new("word_gate *"), self.ffi.new("frame_ring *")
        self.points = self.ffi.new("uint32_t[128]")
        self.threshold, self.background = threshold, 0

    def words(self, counts: NDArray[np.uint16]) -> Iterator[list[int]]:
        """Probabilities of each word in these samples."""
        self.lib.frame_ring_clear(self.ring)
        self.lib.word_gate_close(self.gate)
        sound: Any = self.ffi.from_buffer("uint16_t[]", counts)
        for hop in range(len(counts) // HOP):
            at = sound + hop * HOP
            if hop:
                self.lib.log_mel_frame(at - HOP, at, self.points, self.lib.frame_ring_push(self.ring))
            event = self.lib.word_gate_add(self.gate, self.lib.hop_power(at), self.threshold**2)
            if event == HEARD:
                yield self._recognised()
            if not self.lib.word_gate_is_open(self.gate):
                if not event and hop:
                    self._follow_background()
                self.lib.frame_ring_keep(self.ring, KEEP)

    def _recognised(self) -> list[int]:
        features = self.ffi.new("int16_t[]", self.lib.SOUND_MAP_FEATURES)
        found = self.ffi.new("uint16_t[]", self.classes)
        self.lib.sound_map_make(self.ring, self.lib.endpoints_find(self.ring, self.background), features)
        self.lib.sound_network_predict_proba(features, len(features), found, self.classes)
        return list(found)

    def _follow_background(self) -> None:
        level = self.lib.frame_level(self.lib.frame_ring_at(self.ring, self.ring.count - 1))
        self.background = self.background + ((level - self.background) >> 3) if self.background else level
