"""A folder of somebody's own recordings, made up: people who shake, who sway, who sit."""

from pathlib import Path

import numpy as np

from firmware.model.data import write_folder
from firmware.model.data.sidecar import Sidecar

RATE_HZ = 50
SWING_HZ = {"shaking": 6.0, "swaying": 0.7, "sitting": 0.0}


def motion(seconds: float, label: str, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    swing = 0.5 * np.sin(2 * np.pi * SWING_HZ[label] * time + rng.uniform(0, 6))
    samples = np.stack([swing, 0.3 * swing, np.ones(len(time))], axis=1)
    return samples + rng.normal(0, 0.02, samples.shape)


def fill(
    folder: Path,
    labels: tuple[str, ...] = ("shaking", "swaying", "sitting"),
    people: tuple[str, ...] = ("ann", "bob", "cem"),
    session: str = "",
    seconds: float = 12,
    each: int = 1,
) -> Path:
    for index, label in enumerate(labels):
        for number, subject in enumerate(people * each):
            samples = motion(seconds, label, 100 * index + number)
            write_folder.motion(folder, label, samples, Sidecar(RATE_HZ, subject, session=session))
    return folder
