"""A committed model on this machine: the very C that the firmware is built of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from firmware import models
from firmware.model import native
from firmware.model.classifier import Features


@dataclass(frozen=True)
class Answer:
    """`likeliest`: the class, from 0. `share`: its probability in 1/65535."""

    likeliest: int
    share: int


class HostModel:
    """`folder` has its C, the committed one if not said. Raises as native.load."""

    def __init__(self, task: str, kind: str, folder: Path | None = None) -> None:
        self._name = f"{task}_{kind}"
        source = (folder or native.SOURCES / models.GENERATED) / self._name
        self._ffi, self._lib = native.load(self._name, (str(source),))
        self.inputs = int(self._its("FEATURES"))
        names = self._its("class_names")
        self.classes = tuple(self._ffi.string(names[number]).decode() for number in range(self._its("CLASSES")))

    def answer(self, features: Features) -> Answer:
        """Of one window or word; of more features than the model has, it takes the first."""
        given = np.ascontiguousarray(features[: self.inputs], np.int16)
        out = np.zeros(len(self.classes), np.uint16)
        buffers = self._ffi.from_buffer("int16_t[]", given), self._ffi.from_buffer("uint16_t[]", out)
        self._its("predict_proba")(buffers[0], len(given), buffers[1], len(out))
        return Answer(int(out.argmax()), int(out.max()))

    def _its(self, name: str) -> Any:
        return getattr(self._lib, f"{self._name}_{name}")
