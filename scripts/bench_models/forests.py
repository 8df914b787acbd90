"""The same forest by each generator, every one as it comes: what scikit-learn would say is what is right."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import emlearn
import m2cgen
import micromlgen
import numpy as np
from numpy.typing import NDArray

from firmware import compiler
from firmware.model.classifier import Features
from firmware.model.forest import Forest
from firmware.model.target import FLASH_BYTES, Call, Target
from hardware.errors import ToolError
from scripts.bench_models.measured import TOO_LARGE, Measured

WINDOWS = 300  # that are predicted on the emulated core
AS_IT_COMES = "-Wno-error", "-w"
DEEP = 10_000  # m2cgen recurses into the trees

# micromlgen's C++ includes <cstdarg>, and Debian packs no C++ library with the compiler; it needs nothing else of one.
CSTDARG = "#include <stdarg.h>\n#include <stdint.h>\n"
MICROMLGEN = """#include "forest.h"
extern "C" int bench_predict(float *features) { return Eloquent::ML::Port::RandomForest().predict(features); }
"""
M2CGEN = "\nvoid bench_predict(double *features, double *out) { score(features, out); }\n"


@dataclass(frozen=True)
class Generated:
    """`predict` asks for the class of a window and says what that call cost."""

    target: Target
    predict: Callable[[Features], tuple[int, Call]]


Generate = Callable[[Forest, Path], Generated]


def compare(forest: Forest, windows: Features) -> list[Measured]:
    return [_measured(name, generate, note, forest, windows[:WINDOWS]) for name, (generate, note) in GENERATORS.items()]


def _measured(name: str, generate: Generate, note: str, forest: Forest, windows: Features) -> Measured:
    try:
        with tempfile.TemporaryDirectory() as scratch:
            generated = generate(forest, Path(scratch))
    except ToolError as refused:
        return Measured(name, note=str(refused).splitlines()[-1])
    if generated.target.flash_bytes > FLASH_BYTES:
        return Measured(name, generated.target.flash_bytes, note=TOO_LARGE)
    truth = forest.estimator.predict(windows)
    answers = [generated.predict(window) for window in windows]
    calls = [call for _, call in answers]
    return Measured(
        name,
        flash_bytes=generated.target.flash_bytes,
        ram_bytes=generated.target.static_ram_bytes + max(call.stack_bytes for call in calls),
        cycles_mean=round(float(np.mean([call.cycles for call in calls]))),
        cycles_worst=max(call.cycles for call in calls),
        wrong=float(np.mean(np.array([answer for answer, _ in answers]) != truth)),
        note=note,
    )


def _ours(forest: Forest, folder: Path) -> Generated:
    forest.save(folder / "forest", "forest")
    target = Target((folder / "forest",), ("forest_predict",))
    return Generated(target, lambda window: _result(target.call("forest_predict", window, len(window))))


def _emlearn(method: str, leaf_bits: int) -> Generate:
    def generate(forest: Forest, folder: Path) -> Generated:
        wrapper = emlearn.convert(forest.estimator, method=method, dtype="int16_t", leaf_bits=leaf_bits)
        wrapper.save(file=str(folder / "forest.c"), name="forest", include_proba=leaf_bits > 0)
        include = Path(emlearn.__file__).parent
        target = Target((folder / "forest",), ("forest_predict",), (f"-I{include}", *AS_IT_COMES, "-lm"))
        return Generated(target, lambda window: _result(target.call("forest_predict", window, len(window))))

    return generate


def _micromlgen(forest: Forest, folder: Path) -> Generated:
    (folder / "forest.h").write_text(micromlgen.port(forest.estimator))
    (folder / "cstdarg").write_text(CSTDARG)
    (folder / "forest.cpp").write_text(MICROMLGEN)
    unit = folder / "forest.o"
    flags = [*compiler.CPU, *compiler.OPTIMISE, *AS_IT_COMES, "-fno-exceptions", "-fno-rtti", f"-I{folder}"]
    subprocess.run([f"{compiler.PREFIX}g++", *flags, "-c", folder / "forest.cpp", "-o", unit], check=True)
    target = Target((), ("bench_predict",), (str(unit),))
    return Generated(target, lambda window: _result(target.call("bench_predict", window.astype(np.float32))))


def _m2cgen(forest: Forest, folder: Path) -> Generated:
    with _recursion(DEEP):
        (folder / "forest.c").write_text(m2cgen.export_to_c(forest.estimator) + M2CGEN)
    target = Target((folder / "forest",), ("bench_predict",), AS_IT_COMES)

    def predict(window: Features) -> tuple[int, Call]:
        out: NDArray[np.float64] = np.zeros(len(forest.classes))
        call = target.call("bench_predict", window.astype(np.float64), out)
        return int(np.argmax(out)), call

    return Generated(target, predict)


def _result(call: Call) -> tuple[int, Call]:
    return call.result, call


@contextmanager
def _recursion(limit: int) -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, limit))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


GENERATORS: dict[str, tuple[Any, str]] = {
    "ours": (_ours, ""),
    "emlearn inline": (_emlearn("inline", 0), "majority vote"),
    "emlearn inline, leaves of 8 bits": (_emlearn("inline", 8), ""),
    "emlearn loadable": (_emlearn("loadable", 0), "majority vote"),
    "emlearn loadable, leaves of 8 bits": (_emlearn("loadable", 8), ""),
    "micromlgen": (_micromlgen, "majority vote"),
    "m2cgen": (_m2cgen, ""),
}
