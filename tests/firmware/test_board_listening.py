"""Words, noise and silence at the wired board's microphone, for an image with the models by hand, which listens."""

import re
from itertools import pairwise

import images
import numpy as np
import pytest
from boards import new

from firmware.console import Console
from firmware.model.data import place, sets, sound_sets
from firmware.model.on_board.host_model import Answer, HostModel
from firmware.model.on_board.listener import Listener, stretches
from firmware.stream import record
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import MotionSource, Walking
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.sound import Recording, SoundSource, Tone, rms_pa
from hardware.virtual_board.ticks import to_seconds

RATE_HZ = 8000
ALWAYS = {"listen_ms": 60000}
THRESHOLD = 40  # sound_threshold, as it is at first
BEGIN_S = 1.5  # of the first word: the settings are made by then
WINDOW = re.compile(r"^window task=sound name=(\w+) class=(\d+) likeliest=(\d+) share=(\d+) window=(\d+)", re.MULTILINE)


def spoken(*words: np.ndarray, gap_s: float = 0.6) -> Recording:
    """At 75 dB SPL each, after a silence."""
    parts = [np.zeros(int(BEGIN_S * RATE_HZ))]
    for word in words:
        parts += [word * (rms_pa(75) / np.sqrt(np.mean(word**2))), np.zeros(int(gap_s * RATE_HZ))]
    parts.append(np.zeros(20 * RATE_HZ))  # a recording begins again at its end
    return Recording(np.concatenate(parts), float(RATE_HZ))


def syllables(seed: int) -> np.ndarray:
    """Something like a word: harmonics of a gliding pitch, in two humps, under a changing spectrum."""
    rng = np.random.default_rng(seed)
    seconds = np.arange(int(0.4 * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * (120 * seconds + 60 * rng.uniform(-1, 1) * seconds**2)
    voice = sum(rng.uniform(0.2, 1) / k * np.sin(k * phase + rng.uniform(0, 6)) for k in range(1, 25))
    humps: np.ndarray = np.sin(2 * np.pi * seconds / seconds[-1]) ** 2 * voice
    return humps


def after_a_click(word: np.ndarray) -> np.ndarray:
    """By 0.3 s: within what the ring of frames would hold."""
    click = np.random.default_rng(1).normal(0, word.std(), 80)
    return np.concatenate((click, np.zeros(int(0.3 * RATE_HZ)), word))


def listening(
    sound: SoundSource | None = None, motion: MotionSource | None = None, samples: Samples | None = None, **settings: int
) -> VirtualBoard:
    """A board a moment after these settings were made, that says each word for an hour."""
    board = new(firmware=images.with_models_by_hand(), sound=sound, motion=motion, samples=samples)
    board.run(0.3)
    console = Console(board.serial())
    console.request("watch", "3600")
    for key, value in settings.items():
        console.request("config", "set", key, value)
    return board


def words(board: VirtualBoard) -> list[tuple[str, int, int, int]]:
    """Name, class, likeliest class and its share of each word that was heard."""
    return [(name, *map(int, numbers[:-1])) for name, *numbers in WINDOW.findall(board.console)]


def is_on(board: VirtualBoard) -> bool:
    return board._assembly.inputs.microphone_on


def watched(board: VirtualBoard, seconds: float, step_s: float = 0.005) -> list[bool]:
    """Whether the microphone was on, at each step. No packet may leave while it is."""
    found = []
    sent = len(board.beacons)
    for _ in range(round(seconds / step_s)):
        before = is_on(board)
        board.run(step_s)
        found.append(is_on(board))
        assert not (before and is_on(board) and len(board.beacons) > sent)
        sent = len(board.beacons)
    return found


def pauses_between_events(board: VirtualBoard, from_s: float) -> list[float]:
    times = [packet.time_s for packet in board.beacons if packet.channel == 37 and packet.time_s > from_s]
    return [after - before for before, after in pairwise(times)]


def beaconed(board: VirtualBoard) -> object:
    """The class of sound, which comes behind that of motion."""
    *_, last = [value for key, value in board.beacons[-1].decoded.items() if key.startswith("count")]
    return last


def check_against_host(board: VirtualBoard, samples: Samples) -> None:
    """Class and share of each word are those that the same samples give here."""
    ears, model = Listener(THRESHOLD), HostModel("sound", "network", images.BY_HAND)
    expected = [model.answer(word) for stretch in stretches(samples.sound) for word in ears.words(stretch)]
    assert [Answer(likeliest - 1, share) for _, _, likeliest, share in words(board)] == expected


def test_at_first_nobody_listens() -> None:
    board = listening(Tone(1000, 90))
    assert not any(watched(board, 5))
    assert words(board) == []


def test_silence_opens_nothing_and_beacons_go_on() -> None:
    board = listening(**ALWAYS)
    start_s = to_seconds(board.now)
    on = watched(board, 9)
    assert words(board) == []
    assert 0.97 < np.mean(on) < 0.995  # but for the beacons
    assert all(1.9 < pause < 2.2 for pause in pauses_between_events(board, start_s + 1))
    assert len(pauses_between_events(board, start_s + 1)) >= 3
    assert board.faults == []
    assert "\nfault " not in board.console


def test_each_word_is_recognised_as_on_the_host_while_motion_is_too() -> None:
    samples = Samples()
    board = listening(
        spoken(syllables(0), *(after_a_click(syllables(seed)) for seed in range(1, 5))), Walking(), samples=samples, **ALWAYS
    )
    board.run(BEGIN_S + 6.2)
    assert len(words(board)) == 5
    assert len({share for _, _, _, share in words(board)}) == 5  # so that a share tells the map
    assert board.console.count("window task=motion") >= 9  # one each 0.64 s
    check_against_host(board, samples)


@pytest.mark.skipif(
    not (place.folder() / sets.FSDD.file).is_file(), reason=f"fsdd is not in {place.folder()}: dollar data fetch fsdd_8k"
)
def test_digits_are_recognised_as_on_the_host() -> None:
    clips = sound_sets.fsdd().recordings[7::250]
    samples = Samples()
    board = listening(spoken(*(clip.samples.astype(float) for clip in clips)), samples=samples, **ALWAYS)
    board.run(BEGIN_S + sum(len(clip.samples) / RATE_HZ + 0.6 for clip in clips))
    assert len(words(board)) == pytest.approx(len(clips), abs=1)  # a beacon may have come between
    check_against_host(board, samples)


def test_the_class_is_in_the_beacon_for_some_seconds() -> None:
    board = listening(spoken(syllables(1)), **ALWAYS, sound_share_percent=0, beacon_interval_ms=1000)
    board.run(BEGIN_S + 3)
    ((_, told, _, _),) = words(board)
    assert told > 0
    assert beaconed(board) == told
    board.run(6)
    assert beaconed(board) == 0


def test_only_wanted_words_are_told() -> None:
    first = listening(spoken(syllables(1)), **ALWAYS, sound_share_percent=0)
    first.run(BEGIN_S + 1)
    ((_, told, _, _),) = words(first)
    others = 0x7FFFFFFF & ~(1 << (told - 1))
    second = listening(spoken(syllables(1)), **ALWAYS, sound_share_percent=100, sound_classes=others)
    second.run(BEGIN_S + 1)
    assert [(name, number) for name, number, _, _ in words(second)] == [("unknown", 0)]


def test_a_higher_threshold_hears_less() -> None:
    board = listening(spoken(syllables(1)), **ALWAYS, sound_threshold=2000)
    board.run(BEGIN_S + 1)
    assert words(board) == []


def test_long_noise_blocks_no_beacon_and_is_no_word() -> None:
    noise = np.random.default_rng(1).normal(0, 1, 6 * RATE_HZ)
    samples = Samples()
    board = listening(spoken(noise, syllables(1)), samples=samples, **ALWAYS)
    board.run(BEGIN_S + 6)
    assert words(board) == []
    assert all(1.9 < pause < 3.3 for pause in pauses_between_events(board, 1))
    board.run(1.5)
    assert len(words(board)) == 1  # after it
    check_against_host(board, samples)


def test_listening_now_and_then() -> None:
    board = listening(listen_ms=500, listen_period_ms=2000, beacon_interval_ms=10000)
    board.run(3)
    on = watched(board, 10)
    assert np.mean(on) == pytest.approx((500 + 200) / 2000, abs=0.04)
    edges = [i for i, (before, after) in enumerate(pairwise(on)) if after and not before]
    assert len(edges) == 5
    assert np.diff(edges) * 0.005 == pytest.approx(2.0, abs=0.05)


def test_between_two_stretches_the_chip_stops() -> None:
    board = listening(listen_ms=500, listen_period_ms=10000)
    assert board.run_for(lambda: not is_on(board), 5)
    board.run(4)  # the serial port keeps it awake for 3 s
    assert board.run_for(lambda: "STOP" in board.chip.mode.name, 0.1)


@pytest.mark.parametrize("use", ["test microphone", "test supply", "stream sound", "stream motion", "info"])
def test_the_console_comes_first_and_listening_goes_on(use: str) -> None:
    board = listening(spoken(syllables(1), syllables(2), gap_s=2.5), **ALWAYS)
    console = Console(board.serial(), timeout_s=3)
    verb, *rest = use.split()
    if verb == "stream":
        recording = record(console, rest[0], 1)
        assert recording.whole
        assert rest[0] == "motion" or len(recording.samples) == RATE_HZ
    else:
        values = console.request(verb, *rest).values
        assert int(values.get("supply_mv", 3000)) > 2500
    known = len(words(board))
    board.run(6 - to_seconds(board.now))
    assert len(words(board)) > known  # the second one comes at 4.4 s
    assert "\nfault " not in board.console


def test_settings_begin_anew() -> None:
    board = listening(**ALWAYS)
    board.run(1)
    assert is_on(board)
    Console(board.serial()).request("config", "set", "listen_ms", 0)
    assert not any(watched(board, 2))


def test_a_converter_that_stops_is_a_fault_and_is_tried_again() -> None:
    board = listening(**ALWAYS)
    board.run(1)
    timer_control = 0x4000_0400
    board.chip.machine.access(timer_control, 4, 0)  # TIM3 triggers no more
    board.run(1)
    assert "fault converter=timeout" in board.console
    board.run(11)
    assert is_on(board)
