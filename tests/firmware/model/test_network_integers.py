"""The network's integers in Python: probabilities, scaling, and what is refused."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from random_networks import features, network

from firmware.model.network import scaling, softmax
from firmware.model.network.dense import Dense
from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.network.scaling import Scaling

LOGIT = st.one_of(st.integers(-3000, 3000), st.integers(-(2**30), 2**30))


@given(st.lists(LOGIT, min_size=2, max_size=softmax.MOST_CLASSES))
@example([-(2**30), 2**30])
@example([0] * softmax.MOST_CLASSES)
def test_probabilities_are_those_of_a_softmax(values: list[int]) -> None:
    logits = np.array([values], np.int32)
    found = softmax.probabilities(logits)[0].astype(float)
    with np.errstate(under="ignore"):  # to 0, which is what is meant
        exact = 2.0 ** ((logits[0] - logits.max()).astype(float) / 256)
    assert np.abs(found / 65535 - exact / exact.sum()).max() <= 0.0033
    assert 65535 - 2 * len(values) <= found.sum() <= 65535


@given(st.lists(LOGIT, min_size=2, max_size=softmax.MOST_CLASSES))
@example([1] + [0] * (softmax.MOST_CLASSES - 1))
def test_the_order_of_logits_is_that_of_probabilities(values: list[int]) -> None:
    found = softmax.probabilities(np.array([values], np.int32))[0].astype(int)
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= 0).all()
    assert found.argmax() == np.argmax(values)


def test_each_step_below_the_largest_is_less_likely_and_right_to_a_third_of_a_percent() -> None:
    below = np.arange(16 * softmax.OCTAVE)
    found = np.array([softmax.exponentials(np.array([0, -step], np.int32))[1] for step in below]).astype(float)
    assert (np.diff(found) <= 0).all()
    assert (np.diff(found[:1024]) < 0).all()
    assert np.abs(np.diff(found[:4], 2)).max() < 4  # no jump at the end of an octave
    octave = below[:256]
    assert np.abs(found[octave] / 65536 / 2 ** (-octave / 256) - 1).max() < 0.0033
    assert (np.abs(found[octave + 256] - found[octave] / 2) < 1).all()


def test_features_are_scaled_to_levels_about_128() -> None:
    rng = np.random.default_rng(1)
    deviation = np.array([0.0, 1, 10, 100, 1000, 5000])
    calibration = (
        np.rint(rng.normal([0, -50, 300, 0, 2000, -3000], deviation, (5000, 6))).clip(-(2**15), 2**15 - 1).astype(np.int16)
    )
    levels = scaling.fit(calibration).levels(calibration).astype(float)
    assert levels[:, 0].tolist() == [128] * 5000
    assert levels.mean(axis=0) == pytest.approx(128, abs=3)
    assert ((levels[:, 1:].std(axis=0) > 50 / 2**0.5) & (levels[:, 1:].std(axis=0) < 50 * 2**0.5)).all()
    assert levels.max() == 255
    assert levels.min() == 0


def test_runs_share_their_scaling_from_the_first_on() -> None:
    rng = np.random.default_rng(2)
    own = rng.normal(5, [1, 10, 100], (500, 3))
    rows = np.rint(np.concatenate([own, own[:, :2] * 3], axis=1)).astype(np.int16)
    shared = scaling.fit(rows, (3, 2))
    assert shared.offsets.tolist() == scaling.fit(rows[:, :3]).offsets.tolist()
    assert (shared.levels(rows)[:, 3:] == scaling.fit(rows[:, :3]).levels(rows[:, [3, 4, 2]])[:, :2]).all()


def test_of_runs_of_which_a_later_one_is_longer_each_entry_is_chosen_by_its_first_feature() -> None:
    rows = np.rint(np.random.default_rng(3).normal([10, 20, 30, 40, 50], [1, 10, 100, 1000, 10000], (500, 5))).astype(np.int16)
    assert scaling.fit(rows, (2, 3)).offsets.tolist() == scaling.fit(rows[:, [0, 1, 4]]).offsets.tolist()


def test_unscaled_features_are_only_moved() -> None:
    rows = np.array([[-(2**15), -128, 0, 127, 2**15 - 1]], np.int16)
    assert scaling.unscaled(5).levels(rows).tolist() == [[0, 0, 128, 255, 255]]


def test_batches_are_the_same_as_rows() -> None:
    model = network(1, (20, 8, 3), (4, 8))
    rows = features(model, 1, 5000)
    assert (
        model.predict_proba(rows)[4090:4100] == np.concatenate([model.predict_proba(row[None]) for row in rows[4090:4100]])
    ).all()


def test_the_package_needs_nothing_of_the_project() -> None:
    package = Path(softmax.__file__).parent
    allowed = (*sys.stdlib_module_names, "numpy", "jinja2")
    imported = set()
    for path in package.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    assert "numpy" in imported
    outside = {name for name in imported if name.split(".")[0] not in allowed and not name.startswith("firmware.model.network")}
    assert outside == set()


def dense(**changed: object) -> Dense:
    plain = {"weights": np.zeros((3, 4), np.int8), "bias": np.zeros(3, np.int16), "bits": 8, "bias_shift": 0, "shift": 0}
    return Dense(**{**plain, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weights": np.zeros((3, 4))}, "must be int8"),
        ({"bias": np.zeros(4, np.int16)}, "must be int8"),
        ({"bits": 3}, "are not among 8, 4, 2"),
        ({"weights": np.full((3, 4), 8, np.int8), "bits": 4}, "more than 4 bits"),
        ({"bits": 2}, "more than 2 bits"),  # they have no zero
        ({"shift": 32}, "beyond"),
        ({"bias_shift": 16}, "beyond"),
        ({"weights": np.zeros((1, 12000), np.int8), "bias": np.zeros(1, np.int16)}, "exceed 30 bits"),
        ({"bias": np.full(3, -(2**15), np.int16), "bias_shift": 15}, "exceed 30 bits"),
        ({"shift": -15}, "exceed 30 bits"),
    ],
)
def test_a_layer_that_the_c_code_cannot_have_is_refused(changed: dict[str, object], message: str) -> None:
    dense()
    with pytest.raises(ValueError, match=message):
        dense(**changed)


@pytest.mark.parametrize(
    ("offsets", "shifts", "runs", "message"),
    [
        (np.zeros(3), np.zeros(3, np.int8), (3,), "offsets must be int16"),
        (np.zeros(3, np.int16), np.zeros(4, np.int8), (3,), "offsets must be int16"),
        (np.zeros(3, np.int16), np.zeros(3, np.int8), (2, 2), "do not go with 3"),
        (np.zeros(3, np.int16), np.zeros(3, np.int8), (), "do not go with 3"),
        (np.zeros(3, np.int16), np.array([0, 7, 0], np.int8), (3,), "beyond -8 to 6"),
    ],
)
def test_a_scaling_that_the_c_code_cannot_have_is_refused(
    offsets: np.ndarray, shifts: np.ndarray, runs: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Scaling(offsets, shifts, runs)


def test_parts_that_do_not_go_together_are_refused() -> None:
    model = network(1, (6, 4, 3), (4, 4))
    with pytest.raises(ValueError, match="3 units for 2 classes"):
        QuantisedNetwork(("a", "b"), model.scaling, model.layers)
    with pytest.raises(ValueError, match="units before it"):
        QuantisedNetwork(model.classes, model.scaling, model.layers[1:])
    with pytest.raises(ValueError, match="int16"):
        model.predict_proba(np.zeros((2, 6), np.int32))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\(n, 6\)"):
        model.predict_proba(np.zeros((2, 7), np.int16))
