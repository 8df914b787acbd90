"""How good answers are, in numbers. Of several seeds: the mean over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from firmware.model.classifier import Labels
from firmware.model.evaluation.results import Answers


@dataclass(frozen=True)
class OfClass:
    precision: float
    recall: float
    f1: float
    windows: int


@dataclass(frozen=True)
class Scores:
    """`spread`: standard deviation of the accuracy over seeds, 0 of one. `confusion[truth][predicted]`: windows."""

    accuracy: float
    spread: float
    f1: float
    per_seed: tuple[float, ...]
    per_class: tuple[OfClass, ...]
    per_group: dict[str, float]
    confusion: NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """If answers below some confidence are left out: the share that is left, and how much of it is right. Falling coverage."""

    least_confidence: NDArray[np.float64]
    coverage: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    def accuracy_at(self, coverage: float) -> float:
        """With the highest threshold that leaves at least this share."""
        return float(self.accuracy[np.flatnonzero(self.coverage >= coverage)[-1]])


def scores(answers: Answers, classes: int) -> Scores:
    each = [_of_one(answers.truth, predicted, classes) for predicted in answers.predicted]
    accuracies = [accuracy for accuracy, _, _, _ in each]
    windows = np.bincount(answers.truth, minlength=classes)
    by_class = np.mean([measures for _, _, measures, _ in each], axis=0)
    return Scores(
        accuracy=float(np.mean(accuracies)),
        spread=float(np.std(accuracies, ddof=1)) if len(accuracies) > 1 else 0.0,
        f1=float(np.mean([f1 for _, f1, _, _ in each])),
        per_seed=tuple(accuracies),
        per_class=tuple(
            OfClass(float(precision), float(recall), float(f1), int(count))
            for (precision, recall, f1), count in zip(by_class.T, windows, strict=True)
        ),
        per_group={str(group): _in_group(answers, group) for group in sorted(np.unique(answers.groups), key=_numbers_first)},
        confusion=np.mean([matrix for _, _, _, matrix in each], axis=0),
    )


def accuracy_and_f1(truth: Labels, predicted: Labels) -> tuple[float, float]:
    """F1 is the mean over the classes that occur."""
    return float(accuracy_score(truth, predicted)), float(
        f1_score(truth, predicted, average="macro", labels=np.unique(truth), zero_division=0)
    )


def coverage(answers: Answers) -> Coverage:
    """Over all seeds together. Answers of one confidence are kept or left out together, as a threshold would."""
    confidence = answers.confidence.ravel()
    right = (answers.predicted == answers.truth).ravel()
    order = np.argsort(-confidence, kind="stable")
    confidence, right = confidence[order], right[order]
    kept = np.arange(1, len(right) + 1)
    ends = np.append(confidence[1:] != confidence[:-1], True)
    return Coverage(confidence[ends][::-1], (kept / len(right))[ends][::-1], (np.cumsum(right) / kept)[ends][::-1])


def _of_one(truth: Labels, predicted: Labels, classes: int) -> tuple[float, float, NDArray[np.float64], NDArray[np.int64]]:
    accuracy, f1 = accuracy_and_f1(truth, predicted)
    labels = range(classes)
    measures = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)[:3]
    return accuracy, f1, np.array(measures), confusion_matrix(truth, predicted, labels=labels)


def _numbers_first(group: str) -> tuple[bool, int, str]:
    """Subject 2 before 10."""
    return not group.isdigit(), int(group) if group.isdigit() else 0, group


def _in_group(answers: Answers, group: str) -> float:
    of_group = answers.groups == group
    return float((answers.predicted[:, of_group] == answers.truth[of_group]).mean())
