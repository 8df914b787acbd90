"""A forest on the emulated core: the same bits as on this machine, and what it takes."""

from pathlib import Path

import numpy as np
from forests import CLASSES, examples, on_thresholds, trained

from firmware.model.forest import ForestSettings, fit
from firmware.model.target import Target

# 16 trees of 32 leaves, 120 features, 16 distributions of 3 classes: 2,120 bytes, 197 of them code, 3,948 cycles, 36 bytes of
# stack measured
FLASH_LIMIT, CYCLES_LIMIT, STACK_LIMIT = 2_150, 4_200, 48


def test_the_core_decides_as_this_machine(tmp_path: Path) -> None:
    forest = trained()
    forest.save(tmp_path / "some", "some")
    target = Target((tmp_path / "some",), ("some_predict", "some_predict_proba"))
    features = np.concatenate([examples(40, seed=3)[0], on_thresholds(forest, 100)])
    out = np.zeros(len(CLASSES), np.uint16)
    for row, expected in zip(features, forest.predict_proba(features), strict=True):
        assert target.call("some_predict_proba", row, len(row), out, len(out)).result == np.argmax(expected)
        assert out.tolist() == expected.tolist()
        assert target.call("some_predict", row, len(row)).result == np.argmax(expected)
    refused = target.call("some_predict", features[0], features.shape[1] - 1).result
    assert np.int32(np.uint32(refused)) == -1


def test_a_forest_of_the_size_for_motion_is_small_and_quick(tmp_path: Path) -> None:
    features, labels = examples(2000, 120)
    forest = fit(features, labels, CLASSES, ForestSettings(trees=16, leaves=32, distributions=16, tried_features=0.1), 1)
    assert sum(each.get_n_leaves() for each in forest.estimator.estimators_) == 16 * 32
    forest.save(tmp_path / "some", "some")
    target = Target((tmp_path / "some",), ("some_predict",))
    calls = [target.call("some_predict", row, len(row)) for row in examples(50, 120, seed=2)[0]]
    assert target.flash_bytes <= FLASH_LIMIT
    assert target.static_ram_bytes == 0
    assert max(call.cycles for call in calls) <= CYCLES_LIMIT
    assert max(call.stack_bytes for call in calls) <= STACK_LIMIT
