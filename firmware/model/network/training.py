"""From examples to a network in integers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from firmware.model.network import scaling
from firmware.model.network.conversion import converted
from firmware.model.network.optimiser import AdamW, one_cycle
from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.network.rounding import Float
from firmware.model.network.scaling import Levels, Scaling
from firmware.model.network.settings import Settings
from firmware.model.network.trained import Trained

INPUT_SIZE = 0.8  # deviation of what the first layer takes in, as the training sees it
SETTLED_ON = 4096  # examples, at the start of each epoch

Features = NDArray[np.int16] | NDArray[np.float32] | NDArray[np.float64]
Labels = NDArray[np.integer]
Draw = Callable[[np.random.Generator], tuple[Features, Labels]]


def fit(draw: Draw, calibration: Features, classes: tuple[str, ...], settings: Settings, seed: int) -> QuantisedNetwork:
    """`draw(rng)`: features (n, inputs) and labels (n) of one epoch, so that each can have augmentation of its own.

    `calibration`: features (n, inputs) that the scaling is chosen by. What is in floating point is rounded to int16. The same
    arguments give the same network. Raises ValueError for features or labels that no network can be trained with.
    """
    rng = np.random.default_rng(seed)
    calibration = as_int16(calibration)
    inputs = calibration.shape[1]
    scaled = scaling.fit(calibration, settings.runs) if settings.scaled else scaling.unscaled(inputs)
    usual = scaled.levels(calibration)
    input_level = INPUT_SIZE / max(1.0, float(np.sqrt(usual.var(axis=0).mean())))
    network = Trained((inputs, *settings.hidden, len(classes)), settings.bits, settings.batch_norm, input_level, rng)
    network.centres[:] = usual.mean(axis=0)
    optimiser = AdamW(network.parameters, network.is_weight * np.float32(settings.weight_decay))
    last: tuple[Features, Labels] | None = None
    for epoch in range(settings.epochs):
        drawn = draw(rng)
        if last is None or drawn[0] is not last[0]:
            levels, labels = _checked(drawn, scaled, len(classes))
        last = drawn
        order = rng.permutation(len(levels))
        network.settle(network.taken_in(levels[order[:SETTLED_ON]]))
        _train_epoch(network, optimiser, levels, labels, order, settings, epoch, rng)
    network.forward(network.taken_in(levels))  # mean and deviation of all, where the layers are normalised
    return converted(network, scaled, classes)


def fit_arrays(features: Features, labels: Labels, classes: tuple[str, ...], settings: Settings, seed: int) -> QuantisedNetwork:
    """The same with the same examples in each epoch."""
    return fit(lambda rng: (features, labels), features, classes, settings, seed)  # noqa: ARG005


def as_int16(features: Features) -> NDArray[np.int16]:
    if features.ndim != 2 or not len(features):
        raise ValueError(f"features must be (n, inputs) with n at least 1, not {features.shape}")
    if features.dtype == np.int16:
        return features  # type: ignore[return-value]
    if not np.isfinite(features).all():
        raise ValueError("a feature is no number")
    return np.clip(np.rint(features), -(2**15), 2**15 - 1).astype(np.int16)


def _checked(drawn: tuple[Features, Labels], scaled: Scaling, classes: int) -> tuple[Levels, NDArray[np.intp]]:
    features, labels = drawn
    if features.ndim != 2 or features.shape[1] != scaled.features:
        raise ValueError(f"features must be (n, {scaled.features}), not {features.shape}")
    if not len(features):
        raise ValueError("an epoch needs at least 1 example")
    if labels.shape != (len(features),) or labels.min() < 0 or labels.max() >= classes:
        raise ValueError(f"labels must be one for each of {len(features)} examples, from 0 to {classes - 1}")
    return scaled.levels(as_int16(features)), labels.astype(np.intp)


def _train_epoch(
    network: Trained,
    optimiser: AdamW,
    levels: Levels,
    labels: NDArray[np.intp],
    order: NDArray[np.intp],
    settings: Settings,
    epoch: int,
    rng: np.random.Generator,
) -> None:
    """Batches of one size; what is left over waits for another epoch."""
    batch = min(settings.batch, len(order))
    batches = len(order) // batch
    sizes = (levels.shape[1], *settings.hidden)
    for number in range(batches):
        rows = order[number * batch :][:batch]
        rate, momentum = one_cycle((epoch + number / batches) / settings.epochs, settings.rise, settings.learning_rate)
        dropout = tuple(_dropout(rng, (batch, size), share) for size, share in zip(sizes, settings.dropout, strict=True))
        logits = network.forward(network.taken_in(levels[rows]), dropout)
        network.backward(loss_gradient(logits, labels[rows], settings.label_smoothing))
        optimiser.step(network.gradient, rate, momentum)


def _dropout(rng: np.random.Generator, shape: tuple[int, int], share: float) -> Float | None:
    """Factors of 0 or above 1, one on average; the share in 1/256."""
    left_out = round(share * 256)
    if not left_out:
        return None
    kept = rng.integers(0, 256, shape, np.uint8) >= left_out
    factors: Float = np.multiply(kept, np.float32(256 / (256 - left_out)), dtype=np.float32)
    return factors


def loss_gradient(logits: Float, labels: NDArray[np.intp], smoothing: float) -> Float:
    """Of the mean cross-entropy with label smoothing."""
    gradient: Float = logits - logits.max(axis=1, keepdims=True)
    np.exp(gradient, out=gradient)
    gradient /= gradient.sum(axis=1, keepdims=True)
    gradient -= smoothing / gradient.shape[1]
    gradient[np.arange(len(labels)), labels] -= 1 - smoothing
    gradient /= len(labels)
    return gradient
