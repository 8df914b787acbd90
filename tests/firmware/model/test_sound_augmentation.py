"""Maps of many words in NumPy against those of the chip's C, and what changes do to them."""

import numpy as np
import pytest
from spoken import recordings

from firmware.model.features_sound import SoundFeatures
from firmware.model.sound import augmentation, clips, word_maps
from firmware.model.sound.augmentation import Changes
from firmware.model.sound.clips import Clips
from firmware.model.sound.conditions import AS_RECORDED, Condition, Noise

CONDITIONS = (AS_RECORDED, Condition(skipped=64), Condition(gain_db=-12), Condition(noise=Noise("white", 10)), None)
SAMPLES = [recording.samples for recording in recordings().recordings]


@pytest.fixture(scope="module")
def words() -> Clips:
    return clips.computed(SAMPLES, CONDITIONS, 1)


def changed(words: Clips, seed: int = 0, condition: int = 0, **changes: float) -> np.ndarray:
    chosen = np.full(len(words), condition)
    return augmentation.changed(words, chosen, Changes(**changes), np.random.default_rng(seed)).astype(int)


def test_without_changes_it_is_the_chips_map(words: Clips) -> None:
    front_end = SoundFeatures()
    expected = np.stack([front_end.clip(samples) for samples in SAMPLES])
    assert (changed(words) == expected).all()
    assert (word_maps.features(words.levels, words.under(0)) == expected).all()


@pytest.mark.parametrize("seed", range(20))
def test_any_levels_and_endpoints_give_the_chips_map(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 65))
    levels = (rng.integers(0, 256, (count, 12)) * rng.uniform(0, 1, (count, 1))).astype(np.uint8)
    front_end = SoundFeatures()
    first, end = front_end.endpoints(levels)
    behind = np.full((1, 12), 255, np.uint8)  # of the next clip: it must not be seen
    place = clips.Words(*(np.array([value]) for value in (0, count, first, end)))
    assert (word_maps.features(np.concatenate((levels, behind)), place)[0] == front_end.word(levels)).all()


def test_noise_that_the_chip_knows_moves_the_endpoints(words: Clips) -> None:
    front_end = SoundFeatures()
    noisy = words.under(3)
    for clip in range(len(words)):
        levels = words.levels[noisy.start[clip] :][: noisy.frames[clip]]
        silence = int(levels[:8].sum(1, dtype=int).mean())
        assert (noisy.first[clip], noisy.end[clip]) == front_end.endpoints(levels, silence)
    assert (noisy.first[1:] >= 8).all()  # the first clip is but a click


def test_each_clip_has_its_own_condition(words: Clips) -> None:
    condition = np.arange(len(words)) % words.conditions
    found = augmentation.changed(words, condition, Changes(), np.random.default_rng(0))
    for clip, number in enumerate(condition):
        assert (found[clip] == changed(words, condition=int(number))[clip]).all()


def test_a_part_keeps_its_words(words: Clips) -> None:
    chosen = np.arange(len(words)) % 3 == 1
    assert (changed(words.where(chosen), condition=4) == changed(words, condition=4)[chosen]).all()


@pytest.mark.parametrize("change", ["endpoints", "tempo", "tilt", "noise", "length"])
def test_each_change_differs_from_epoch_to_epoch_and_repeats_by_seed(words: Clips, change: str) -> None:
    size = {"tempo": 0.3}.get(change, 3)
    found = changed(words, 5, **{change: size})
    assert (found == changed(words, 5, **{change: size})).all()
    assert (found != changed(words, 6, **{change: size})).any()
    length_moves = (found[:, 96] != changed(words)[:, 96]).any()
    map_moves = (found[:, :96] != changed(words)[:, :96]).any()
    assert (map_moves, length_moves) == {"endpoints": (True, True), "length": (False, True)}.get(change, (True, False))


def test_tilt_is_the_same_at_all_times(words: Clips) -> None:
    def above_mean(features: np.ndarray) -> np.ndarray:
        return features[:, :96].reshape(-1, 8, 12)

    loud = (above_mean(changed(words)) > above_mean(changed(words)).max((1, 2), keepdims=True) - 100).all((1, 2))
    moved = above_mean(changed(words, tilt=1)) - above_mean(changed(words))
    assert loud.sum() > 2  # of others, silence is cut off at another level
    assert np.ptp(moved[loud], axis=1).max() <= 2  # both are rounded
    assert np.ptp(moved[loud], axis=2).max() > 2


def test_tempo_keeps_begin_and_end() -> None:
    way = augmentation._warped(1000, 0.5, np.random.default_rng(0))
    still = word_maps.WAY
    assert np.abs(way - still).max() > 0.1
    assert np.abs(way[:, 0] - still[0]).max() < 0.07
    assert np.abs(way[:, -1] - still[-1]).max() < 0.07
    assert way.mean(0) == pytest.approx(still, abs=0.02)


def test_words_stay_at_least_three_frames_long(words: Clips) -> None:
    assert changed(words, endpoints=30)[:, 96].min() >= 16 * np.log2(3 / 16) - 2


def test_the_same_seed_gives_the_same_clips(words: Clips) -> None:
    again, other = clips.computed(SAMPLES, CONDITIONS, 1), clips.computed(SAMPLES, CONDITIONS, 2)
    assert (again.levels == words.levels).all()
    assert not np.array_equal(other.levels, words.levels)
    noisy = words.under(4)
    assert not np.array_equal(words.levels[noisy.start[3] :][:8], words.levels[noisy.start[4] :][:8])  # each its own noise
