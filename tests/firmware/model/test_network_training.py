"""Training: gradients, what the integers keep of it, and what is refused."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from firmware.model.network import training
from firmware.model.network.conversion import converted
from firmware.model.network.dense import WIDTHS
from firmware.model.network.optimiser import AdamW, one_cycle
from firmware.model.network.rounding import best_common_step, best_steps, codes
from firmware.model.network.scaling import unscaled
from firmware.model.network.settings import Settings
from firmware.model.network.trained import Trained

CLASSES = ("a", "b", "c")
QUICK = Settings(hidden=(12,), bits=(4, 8), epochs=15, batch=64, dropout=(0.0, 0.0), learning_rate=1e-2)


def rings(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Three classes by the distance from a centre in two of six features: no linear classifier tells them apart."""
    rng = np.random.default_rng(seed)
    plain = rng.normal(0, 1, (count, 6))
    distance = np.hypot(plain[:, 0], plain[:, 1])
    labels = np.digitize(distance, [0.8, 1.5])
    return np.rint(plain * [40, 900, 5, 100, 100, 2] + [7, -3000, 0, 0, 0, 100]).astype(np.int16), labels


def loss(network: Trained, given: np.ndarray, labels: np.ndarray, smoothing: float, dropout: tuple) -> float:
    logits = network.forward(given.copy(), dropout)
    logits = logits - logits.max(axis=1, keepdims=True)
    likely = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    target = np.full(likely.shape, smoothing / likely.shape[1])
    target[np.arange(len(labels)), labels] += 1 - smoothing
    return float(-(target * likely).sum(axis=1).mean())


@pytest.mark.parametrize("normalised", [False, True])
@pytest.mark.parametrize("hidden", [(), (7,), (7, 4)])
def test_gradients_are_those_of_finite_differences(hidden: tuple[int, ...], normalised: bool) -> None:
    rng = np.random.default_rng(3)
    sizes = (6, *hidden, 3)
    bits = (None,) * (len(sizes) - 1)
    network = Trained(sizes, bits, normalised, 1.0, rng, np.float64)
    given, labels = rng.normal(0, 1, (20, 6)), rng.integers(0, 3, 20)
    dropout = tuple(rng.choice([0.0, 1.25], (20, size)) for size in sizes[:-1])
    network.backward(training.loss_gradient(network.forward(given.copy(), dropout), labels, 0.1))
    found = network.gradient.copy()
    expected = np.empty_like(found)
    for index in range(len(found)):
        value, step = network.parameters[index], 1e-6
        ends = []
        for sign in (1, -1):
            network.parameters[index] = value + sign * step
            ends.append(loss(network, given, labels, 0.1, dropout))
        network.parameters[index] = value
        expected[index] = (ends[0] - ends[1]) / (2 * step)
    assert np.abs(expected).max() > 0.01
    assert found == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("normalised", [False, True])
@pytest.mark.parametrize(("bits", "least"), [((8, 8), 0.93), ((4, 8), 0.93), ((4, 4), 0.84), ((2, 4), 0.6)])
def test_the_integers_tell_apart_what_was_trained(bits: tuple[int, int], least: float, normalised: bool) -> None:
    features, labels = rings(1, 3000)
    model = training.fit_arrays(features, labels, CLASSES, replace(QUICK, bits=bits, batch_norm=normalised), 0)
    unseen, expected = rings(2, 3000)
    assert (model.predict(unseen) == expected).mean() > least  # 0.4 are in the most frequent class
    assert [layer.bits for layer in model.layers] == list(bits)


@pytest.mark.parametrize("normalised", [False, True])
def test_integers_agree_with_the_rounded_floating_point(normalised: bool) -> None:
    rng = np.random.default_rng(5)
    network = Trained((20, 16, 8, 4), (8, 4, 8), normalised, 1 / 64, rng)
    features = rng.integers(-128, 128, (4000, 20)).astype(np.int16)
    real = ((features.astype(np.float32)) * 1 / 64).astype(np.float32)
    for layer in network.layers:
        layer.bias[:] = rng.normal(0, 0.5, layer.bias.shape)
    network.settle(real)
    logits = network.forward(real)
    model = converted(network, unscaled(20), ("a", "b", "c", "d"))
    hidden = model.layers[0].activations(model.scaling.levels(features))
    in_training = network.layers[1].taken / network.layers[0].level
    assert abs((hidden - in_training).mean()) < 0.02  # to nearest, as in training
    assert np.abs(hidden - in_training).max() < 1.5
    octaves = model.logits(features) / 256 * np.log(2)
    assert (octaves.argmax(axis=1) == logits.argmax(axis=1)).mean() > 0.99
    assert np.abs(octaves - logits).mean() < 0.01
    assert logits.std() > 0.1


def test_a_unit_whose_weights_are_next_to_nothing_still_converts() -> None:
    rng = np.random.default_rng(5)
    network = Trained((20, 4, 3), (4, 4), False, 1 / 64, rng)
    network.layers[0].weights[:, 0] = 1e-12
    network.layers[0].weights[:, 1] = 0
    network.layers[0].bias[:2] = 1, -1
    real = rng.normal(0, 1, (100, 20)).astype(np.float32)
    network.settle(real)
    network.forward(real)
    assert network.layers[0].shift < 8
    levels = converted(network, unscaled(20), CLASSES).layers[0].activations(np.full((1, 20), 128, np.uint8))
    assert levels[0, :2].tolist() == [255, 0]


def test_the_same_seed_gives_the_same_network() -> None:
    features, labels = rings(1, 500)
    settings = replace(QUICK, epochs=2, dropout=(0.1, 0.2), batch_norm=True)
    first, second, other = (training.fit_arrays(features, labels, CLASSES, settings, seed) for seed in (1, 1, 2))
    assert all(
        (a.weights == b.weights).all() and (a.bias == b.bias).all() for a, b in zip(first.layers, second.layers, strict=True)
    )
    assert not (first.layers[0].weights == other.layers[0].weights).all()


def test_each_epoch_draws_afresh() -> None:
    drawn: list[np.ndarray] = []

    def draw(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        features, labels = rings(int(rng.integers(2**31)), 1000)
        drawn.append(features)
        return features.astype(np.float32) + 0.25, labels

    model = training.fit(draw, rings(0, 300)[0], CLASSES, replace(QUICK, epochs=40), 0)
    unseen, expected = rings(99, 2000)
    assert len(drawn) == 40
    assert not (drawn[0] == drawn[1]).any(axis=1).all()
    assert (model.predict(unseen) == expected).mean() > 0.85


def test_a_linear_classifier_needs_no_hidden_layer() -> None:
    features, _ = rings(1, 2000)
    labels = np.digitize(features[:, 3].astype(int) + features[:, 4], [-80, 80])
    model = training.fit_arrays(features, labels, CLASSES, replace(QUICK, hidden=(), bits=(8,), dropout=(0.0,)), 0)
    assert len(model.layers) == 1
    assert (model.predict(features) == labels).mean() > 0.88


@pytest.mark.parametrize("bits", [8, 4, 2])
def test_weights_are_rounded_to_the_nearest_code_with_little_error(bits: int) -> None:
    weights = np.random.default_rng(1).normal(0, [0.1, 1, 30], (6000, 3))
    for steps in (
        best_steps(weights, WIDTHS[bits]).of(weights),
        best_common_step(weights[:, :1], WIDTHS[bits]).of(weights[:, :1]),
    ):
        some = weights[:, : len(steps)]
        found = codes(some, steps, WIDTHS[bits])
        assert np.isin(found, WIDTHS[bits].values).all()
        every = WIDTHS[bits].values[None, None].astype(float)
        every = every[every >= -np.abs(found).max()]  # the range is even about 0
        nearest = np.abs(some[..., None] - every * steps[:, None]).min(axis=-1)
        assert np.abs(some - found * steps) == pytest.approx(nearest)
    least = {8: 0.0001, 4: 0.02, 2: 0.125}[bits]  # of the variance; Max 1960: 0.0115 for 16 levels, 0.119 for 4
    steps = best_steps(weights, WIDTHS[bits]).of(weights)
    lost = weights - codes(weights, steps, WIDTHS[bits]) * steps
    assert (lost.var(axis=0) / weights.var(axis=0)).max() < least


def test_the_optimiser_takes_the_first_step_as_adamw_says() -> None:
    parameters = np.array([1.0, -2.0, 3.0])
    optimiser = AdamW(parameters, np.array([0.0, 0.5, 0.0]))
    optimiser.step(np.array([0.3, -0.1, 0.0]), 0.01, 0.9)
    assert parameters == pytest.approx([1 - 0.01, -2 * (1 - 0.005) + 0.01, 3.0])


def test_the_learning_rate_rises_and_falls_once() -> None:
    rates, momenta = zip(*[one_cycle(step / 100, 0.3, 1.0) for step in range(101)], strict=True)
    assert (rates[0], rates[30], momenta[0], momenta[30]) == pytest.approx((0.04, 1.0, 0.95, 0.85))
    assert (np.diff(rates[:31]) > 0).all()
    assert (np.diff(rates[30:]) < 0).all()
    assert rates[100] < 1e-5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x, y: (x[:, :5], y), r"\(n, 6\)"),
        (lambda x, y: (x, y[:-1]), "one for each of 200"),
        (lambda x, y: (x, y + 1), "from 0 to 2"),
        (lambda x, y: (x[:0], y[:0]), "at least 1"),
        (lambda x, y: (x * np.float32(np.nan), y), "no number"),
    ],
)
def test_examples_that_cannot_be_trained_with_are_refused(change: Callable, message: str) -> None:
    features, labels = rings(1, 200)
    drawn = change(features, labels)
    with pytest.raises(ValueError, match=message):
        training.fit(lambda _: drawn, features, CLASSES, QUICK, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"bits": (8,)},
        {"bits": (8, 3)},
        {"dropout": (0.1,)},
        {"dropout": (0.1, 1.0)},
        {"hidden": (0,)},
        {"epochs": 0},
        {"batch": 0},
        {"label_smoothing": -0.1},
        {"rise": 1.0},
        {"learning_rate": 0.0},
        {"weight_decay": -1.0},
    ],
)
def test_settings_that_no_training_can_have_are_refused(changed: dict) -> None:
    with pytest.raises(ValueError, match=r"must be|need one value|weights have"):
        replace(QUICK, **changed)
