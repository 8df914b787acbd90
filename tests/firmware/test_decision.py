"""From a model's probabilities to the answer that is told."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.model import native
from firmware.model.classifier import CERTAIN

FFI, C = native.load("decision", ("model/decision",))
UNKNOWN = 0
ALL = 2**31 - 1


class Decider:
    def __init__(self, share_percent: int = 60, windows: int = 1, classes: int = ALL, own_windows: int = 0) -> None:
        self.state = FFI.new("struct decision *")
        self.rules = FFI.new("struct decision_rules *", (share_percent, windows, classes, own_windows))

    def add(self, shares: Sequence[float]) -> int:
        """The answer after a window with these probabilities. Whether it changed is what was said."""
        before = self.state.answer
        changed = C.decision_add(self.state, self.rules, [round(share * CERTAIN) for share in shares], len(shares))
        assert changed == (self.state.answer != before)
        return int(self.state.answer)

    def after(self, said: Sequence[int], classes: int = 4) -> list[int]:
        """The answers after windows that are sure of these classes, 0 where none is likely enough."""
        return [self.add([1.0 if n == one else 0.0 for n in range(1, classes + 1)]) for one in said]


def test_a_class_that_is_not_likely_enough_is_unknown() -> None:
    decider = Decider(share_percent=60)
    assert decider.add([0.39, 0.61, 0]) == 2
    assert decider.add([0.41, 0.59, 0]) == UNKNOWN
    assert (decider.state.likeliest, decider.state.share) == (2, round(0.59 * CERTAIN))


@pytest.mark.parametrize("percent", [1, 60, 99, 100])
def test_the_threshold_is_exact(percent: int) -> None:
    least = -(-CERTAIN * percent // 100)
    for share, answer in ((least, 1), (least - 1, UNKNOWN)):
        decider = Decider(share_percent=percent)
        C.decision_add(decider.state, decider.rules, [share, 0], 2)
        assert decider.state.answer == answer


def test_a_threshold_of_0_knows_always() -> None:
    assert Decider(share_percent=0).add([0.2, 0.3, 0.3, 0.2]) == 2  # the first of the likeliest


def test_an_answer_needs_its_windows_in_a_row() -> None:
    assert Decider(windows=3).after([1, 1, 1, 2, 2, 1, 2, 2, 2, 0, 0, 0]) == [0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 0]
    assert Decider(windows=2).after([1, 2, 1, 2, 3, 3]) == [0, 0, 0, 0, 0, 3]


def test_a_class_may_have_a_number_of_its_own() -> None:
    own = 0o403  # classes 1 and 3; 2 has none
    assert Decider(windows=2, own_windows=own).after([1, 1, 1, 2, 2, 3, 3, 3, 3]) == [0, 0, 1, 1, 2, 2, 2, 2, 3]
    assert Decider(windows=2, own_windows=0o1 << 27).after([11, 10, 11, 11, 0, 0], 12) == [0, 10, 10, 11, 11, 0]


def test_only_wanted_classes_are_told() -> None:
    decider = Decider(share_percent=30, classes=0b0110)
    assert decider.add([0.2, 0.5, 0.1, 0.2]) == 2
    assert decider.add([0.6, 0.4, 0, 0]) == UNKNOWN
    assert decider.state.likeliest == 1
    assert decider.add([0.3, 0.4, 0, 0.3]) == UNKNOWN  # together the others are likelier
    assert decider.add([0, 0, 0.5, 0.5]) == 3
    assert Decider(classes=0).after([1, 2]) == [UNKNOWN, UNKNOWN]
    assert Decider(classes=0).after([32], 40) == [32]  # there is no bit for it


def test_a_gap_breaks_the_row_and_keeps_the_answer() -> None:
    decider = Decider(windows=2)
    assert decider.after([1, 1, 2]) == [0, 1, 1]
    assert decider.state.windows == 3
    C.decision_gap(decider.state)
    assert decider.after([2]) == [1]
    assert decider.state.windows == 1
    assert decider.after([2]) == [2]


def test_what_is_forgotten_is_unknown() -> None:
    decider = Decider(windows=2)
    decider.after([1, 1])
    C.decision_forget(decider.state)
    assert (decider.state.answer, decider.state.windows, decider.state.likeliest) == (UNKNOWN, 0, 0)
    assert decider.after([1]) == [UNKNOWN]


@given(st.lists(st.integers(0, 3), max_size=600), st.integers(1, 16))
def test_the_answer_is_what_so_many_windows_before_said(said: list[int], windows: int) -> None:
    expected, answers = UNKNOWN, Decider(windows=windows).after(said)
    for index, answer in enumerate(answers):
        last = said[max(0, index + 1 - windows) : index + 1]
        if len(last) == windows and len(set(last)) == 1:
            expected = last[0]
        assert answer == expected
