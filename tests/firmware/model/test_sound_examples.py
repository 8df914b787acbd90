"""Examples of words: whose they are, what they sound like, what is held out."""

import numpy as np
import pytest
from spoken import recordings

from firmware.model.evaluation import folds
from firmware.model.evaluation.task import Data
from firmware.model.features_sound import SoundFeatures
from firmware.model.network.settings import Settings
from firmware.model.sound import clips, examples, recipes
from firmware.model.sound.conditions import Condition, Noise
from firmware.model.sound.examples import STRESS, WordExamples
from hardware.errors import InputError

SET = recordings()


@pytest.fixture(scope="module")
def data() -> Data:
    return examples.data(SET)


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "under", clips.computed)


def test_words_keep_their_labels_and_speakers(data: Data) -> None:
    assert data.classes == ("low", "high")
    for found in (data.test, data.training, *data.stress.values()):
        assert found.labels.tolist() == [recording.label for recording in SET.recordings]
        assert found.groups.tolist() == [recording.subject for recording in SET.recordings]
    front_end = SoundFeatures()
    assert (data.test.features == [front_end.clip(recording.samples) for recording in SET.recordings]).all()


def test_no_speaker_is_on_both_sides(data: Data) -> None:
    """Nor are the changed words of a speaker, which the clips hold."""
    for fold in folds.split(data.test, None):
        training, test = fold.training(data.training), fold.test(data.test)
        assert len(fold.held_out) == 1
        assert set(test.groups) == fold.held_out
        assert set(training.groups).isdisjoint(fold.held_out)
        assert isinstance(training, WordExamples)
        assert len(training.clips) == len(training) == len(SET.recordings) - len(test)
        kept = [place for place, recording in enumerate(SET.recordings) if recording.subject not in fold.held_out]
        assert isinstance(data.training, WordExamples)
        assert (training.clips.words.start == data.training.clips.words.start[:, kept]).all()


@pytest.mark.parametrize("name", STRESS)
def test_stress_does_what_its_name_says(name: str, data: Data) -> None:
    condition = {
        "white noise 20 dB": Condition(noise=Noise("white", 20)),
        "white noise 10 dB": Condition(noise=Noise("white", 10)),
        "pink noise 20 dB": Condition(noise=Noise("pink", 20)),
        "pink noise 10 dB": Condition(noise=Noise("pink", 10)),
        "gain +12 dB": Condition(gain_db=12),
        "gain -12 dB": Condition(gain_db=-12),
    }[name]
    assert STRESS[name] == condition
    heard = clips.computed([recording.samples for recording in SET.recordings], (condition,), examples.SEED + 1)
    assert (data.stress[name].features == examples._features(heard)).all()
    assert (data.stress[name].features != data.test.features).any()


def test_without_a_sensor_the_length_is_known(data: Data) -> None:
    assert data.sensorless is not None
    assert (data.sensorless[:, 0] == data.test.features[:, 96]).all()


@pytest.mark.parametrize("rate_hz", [16000.0, 7800.0])
def test_another_rate_is_refused(rate_hz: float) -> None:
    with pytest.raises(InputError, match=rf"0_0.wav has {rate_hz:g} samples a second, and the chip hears 8000"):
        examples.data(recordings(rate_hz=rate_hz))


def test_half_of_an_epochs_words_are_noisy(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[np.ndarray] = []
    monkeypatch.setattr(recipes.augmentation, "changed", lambda _clips, condition, _changes, _rng: chosen.append(condition))
    assert isinstance(data.training, WordExamples)
    for seed in range(100):
        recipes.epoch(data.training.clips, recipes.CHANGES, 0.5, np.random.default_rng(seed))
    found = np.concatenate(chosen)
    assert set(found) == set(range(data.training.clips.conditions))
    assert (found >= len(examples.QUIET)).mean() == pytest.approx(0.5, abs=0.05)


def test_a_network_learns_low_and_high_hums(data: Data) -> None:
    """Of a speaker whom it has not heard."""
    (fold, *_) = folds.split(data.test, None)
    settings = Settings((8,), (4, 4), scaled=False, epochs=30, batch=8, dropout=(0.0, 0.0), batch_norm=True)
    training, test = fold.training(data.training), fold.test(data.test)
    assert isinstance(training, WordExamples)
    fit = [recipes.fit_network(training, data.classes, 0, settings, recipes.CHANGES, 0.5) for _ in range(2)]
    said = [model.predict_proba(test.features) for model in fit]
    assert (said[0] == said[1]).all()
    assert (said[0].argmax(1) == test.labels).mean() > 0.7


def test_levels_are_kept_for_the_same_samples_only() -> None:
    samples = [recording.samples for recording in SET.recordings[:2]]
    assert clips._made_of(samples) == clips._made_of(samples)
    assert clips._made_of(samples) != clips._made_of(samples[:1])
    assert clips._made_of(samples) != clips._made_of([samples[0], samples[1] + 1])
