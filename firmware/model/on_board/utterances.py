"""Sound: clips of words, each played to the microphone of a board of its own, with silence before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firmware.console import Console, parse
from firmware.model.data.recording import Sound
from firmware.model.features_sound import SoundFeatures
from firmware.model.on_board import drawing, listener
from firmware.model.on_board.comparison import Compared, Played
from firmware.model.on_board.host_model import Answer, HostModel
from firmware.model.on_board.image import BOOT_S, Image, circuit
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.sound import DEFAULT_DB_SPL, Recording, rms_pa
from hardware.virtual_board.ticks import to_seconds

SETTINGS = {"listen_ms": 60000}  # always; all others as they are at first
SILENCE_S = 0.7  # heard before a clip: microphone and background have settled by then
BEACON_S = 2.0  # a clip begins anywhere between two of them
AFTER_S = 0.8  # the gate closes and the model has said its word
WATCH_S = 3600


@dataclass(frozen=True, eq=False)
class Clip:
    """`begins_s`: on the board's clock."""

    sound: Sound
    begins_s: float

    def pressure(self) -> Recording:
        """As loud as a voice at 0.3 m."""
        samples = self.sound.samples.astype(float)
        spoken = samples * (rms_pa(DEFAULT_DB_SPL) / np.sqrt(np.mean(samples**2)))
        rate_hz = self.sound.rate_hz
        silence = np.zeros(round(self.begins_s * rate_hz)), np.zeros(round(2 * AFTER_S * rate_hz))
        return Recording(np.concatenate((silence[0], spoken, silence[1])), rate_hz)

    @property
    def ends_s(self) -> float:
        return self.begins_s + self.sound.seconds


def drawn(sounds: Sequence[Sound], words: int) -> list[Clip]:
    """So many, fewer if there are no more: at random, each word of each speaker in its share."""
    groups = sorted({(sound.label, sound.subject) for sound in sounds})
    order = drawing.in_shares([groups.index((sound.label, sound.subject)) for sound in sounds])
    moments = BOOT_S + SILENCE_S + BEACON_S * np.random.default_rng(drawing.SEED).random(len(sounds))
    return [Clip(sounds[index], float(moments[index])) for index in order[:words]]


def compare(clip: Clip, image: Image) -> Played:
    """What a board said of the clip, and what this machine says. A word that the gate took for none, or for two, is missed."""
    samples = Samples()
    board = VirtualBoard(circuit(), image.path, sound=clip.pressure(), samples=samples)
    threshold = _listen(board)
    board.run(max(0, clip.ends_s + AFTER_S - to_seconds(board.now)))
    model = HostModel("sound", image.kind, image.folder)
    said, expected = _said(board), _expected(samples, threshold, model)
    of_data = model.answer(SoundFeatures().clip(clip.sound.samples))
    heard = len(said) == 1
    one = Compared(
        truth=clip.sound.label,
        said=said[0] if heard else None,
        expected=expected[0] if len(expected) == 1 else None,
        of_data=of_data,
        others_differ=not heard and said != expected,
    )
    return Played((one,), to_seconds(board.now))


def _listen(board: VirtualBoard) -> int:
    """From now on; the threshold of the gate. Begun later, no beacon would come near the clip: new settings send one at once."""
    board.run(BOOT_S)
    console = Console(board.serial())
    console.request("watch", WATCH_S)
    for key, value in SETTINGS.items():
        console.request("config", "set", key, value)
    return int(console.request("config", "get", "sound_threshold").values["sound_threshold"])


def _said(board: VirtualBoard) -> list[Answer]:
    lines = [parse(line.encode()).values for line in board.console.splitlines() if line.startswith("window task=sound ")]
    return [Answer(int(one["likeliest"]) - 1, int(one["share"])) for one in lines]


def _expected(samples: Samples, threshold: int, model: HostModel) -> list[Answer]:
    ears = listener.Listener(threshold)
    return [model.answer(word) for stretch in listener.stretches(samples.sound) for word in ears.words(stretch)]
