"""Motion: stretches of recordings, played to the accelerometer of a board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.console import Console, parse
from firmware.model import features_motion
from firmware.model.data.recording import Motion
from firmware.model.on_board import drawing
from firmware.model.on_board.comparison import Compared, Played
from firmware.model.on_board.host_model import Answer, HostModel
from firmware.model.on_board.image import BOOT_S, Image, circuit
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import MotionSource, Rest, Vector
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.ticks import Ticks, to_seconds

RUN = 4  # windows in a row that are looked at
WATCH_S = 3600
STEP_S = 0.1
LATE_S = 2.0  # samples wait in the FIFO for up to 0.5 s, and then for the serial port


@dataclass(frozen=True, eq=False)
class Stretch:
    """`wanted`: numbers of windows in the recording. It is played from `first` on, from where on a window is as in the whole."""

    recording: Motion
    wanted: range

    @property
    def first(self) -> int:
        return max(0, self.wanted.start - features_motion.constant("PAST_WINDOWS"))


@dataclass(frozen=True, eq=False)
class Worn:
    """The board is moved as the recording says, from its second `from_s` on. The tick `begins` is that moment."""

    recording: Motion
    from_s: float
    begins: Ticks

    def acceleration_g(self, now: Ticks) -> Vector:
        at_s = self.from_s + to_seconds(max(0, now - self.begins))
        x, y, z = (float(np.interp(at_s, self.recording.time_s, axis)) for axis in self.recording.samples_g.T)
        return x, y, z


@dataclass(frozen=True, eq=False)
class Heard:
    """By one board. `counts[n, 3]`: what its sensor gave from the first window on. `said`: by the number of a window, from 1."""

    counts: NDArray[np.int16]
    said: Mapping[int, Answer]
    board_s: float


def labels_of(recording: Motion) -> NDArray[np.intp]:
    return features_motion.labels_of_windows(features_motion.labels_of_samples(recording.label, recording.time_s))


def drawn(recordings: Sequence[Motion], windows: int) -> list[Stretch]:
    """So many windows in all, fewer if there are no more: runs at random, each class in its share."""
    runs, strata = [], []
    for recording in recordings:
        labels = labels_of(recording)
        for start in range(0, len(labels), RUN):
            runs.append(Stretch(recording, range(start, min(start + RUN, len(labels)))))
            strata.append(int(labels[start]))
    chosen: list[Stretch] = []
    for index in drawing.in_shares(strata):
        if windows <= 0:
            break
        run = runs[index]
        chosen.append(Stretch(run.recording, run.wanted[:windows]))
        windows -= len(chosen[-1].wanted)
    return chosen


def begin(image: Image) -> Ticks:
    """When the sensor takes the first sample of a board's first window: the same on every board."""
    board, samples = _booted(image, Rest())
    known = len(samples.motion)
    board.run(STEP_S)
    return samples.motion[known][0]


def play(stretch: Stretch, image: Image, begins: Ticks) -> Heard:
    hop, rate_hz = features_motion.constant("HOP"), features_motion.constant("RATE_HZ")
    board, samples = _booted(image, Worn(stretch.recording, stretch.first * hop / rate_hz, begins))
    known, windows = len(samples.motion), stretch.wanted.stop - stretch.first
    Console(board.serial()).request("watch", WATCH_S)
    needed = features_motion.constant("WINDOW") + (windows - 1) * hop
    board.run_for(lambda: len(_said(board)) >= windows, needed / rate_hz + LATE_S, STEP_S)
    counts = [counts for _, counts in samples.motion[known : known + needed]]
    return Heard(np.array(counts, np.int16), _said(board), to_seconds(board.now))


def compare(stretch: Stretch, image: Image, begins: Ticks) -> Played:
    """What a board said of the stretch, and what this machine says."""
    heard = play(stretch, image, begins)
    recording, model = stretch.recording, HostModel("motion", image.kind, image.folder)
    expected = features_motion.windows(heard.counts, context=True)
    of_data = features_motion.windows(features_motion.as_sensor(recording.samples_g, recording.time_s), context=True)
    labels = labels_of(recording)
    return Played(
        tuple(
            Compared(
                truth=int(labels[number]),
                said=heard.said.get(number - stretch.first + 1),
                expected=model.answer(expected[number - stretch.first]) if number - stretch.first < len(expected) else None,
                of_data=model.answer(of_data[number]),
            )
            for number in stretch.wanted
        ),
        heard.board_s,
    )


def _booted(image: Image, motion: MotionSource) -> tuple[VirtualBoard, Samples]:
    """A board that begins anew just now, and never rests."""
    samples = Samples()
    board = VirtualBoard(circuit(), image.path, motion=motion, samples=samples)
    board.run(BOOT_S)
    Console(board.serial()).request("config", "set", "rest_after_s", 0)
    return board, samples


def _said(board: VirtualBoard) -> dict[int, Answer]:
    lines = [parse(line.encode()).values for line in board.console.splitlines() if line.startswith("window task=motion ")]
    return {int(one["window"]): Answer(int(one["likeliest"]) - 1, int(one["share"])) for one in lines}
