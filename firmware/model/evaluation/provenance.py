"""What stored results were made of, and what of it changed since."""

import ast
import hashlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from firmware.model import native
from firmware.model.evaluation.task import Recipe, Task
from hardware import paths

PACKAGE = "firmware"
BESIDE = (".j2", ".h", ".c")  # in a module's folder: what C is generated from
LIBRARIES = ("numpy", "scikit-learn", "emlearn")
_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Provenance:
    """Digests: of the data, of each source below the root, and of settings and versions of libraries."""

    data: str
    sources: dict[str, str]
    settings: str

    def changed(self, now: "Provenance") -> str:
        """What differs now, in words; empty if nothing does."""
        files = sorted(
            name for name in self.sources.keys() | now.sources.keys() if self.sources.get(name) != now.sources.get(name)
        )
        more = f" and {len(files) - 1} more files" if len(files) > 1 else ""
        differ = (
            ("the data", self.data != now.data),
            ("settings or libraries", self.settings != now.settings),
            (f"{files[0]}{more}" if files else "", bool(files)),
        )
        return ", ".join(words for words, differs in differ if differs)


def of(task: Task, recipe: Recipe, machinery: Iterable[Callable[..., Any]]) -> Provenance:
    """`machinery`: functions of what evaluates, beside those that the task and the recipe name."""
    functions: tuple[Callable[..., Any], ...] = (task.load, recipe.fit, *machinery)
    python = python_sources(_file_of(function) for function in functions)
    sources = {*python, *c_sources(task.modules), *_beside(python)}
    settings = [
        *(recipe.kind, sorted(recipe.settings.items()), recipe.columns, recipe.copies),
        *(task.folds, task.seeds, [version(library) for library in LIBRARIES]),
    ]
    return Provenance(
        data=task.data_digest(),
        sources={str(path.relative_to(paths.ROOT)): _digest(path.read_bytes()) for path in sorted(sources)},
        settings=_digest(repr(settings).encode()),
    )


def python_sources(roots: Iterable[Path]) -> set[Path]:
    """These files and all of our package that they import, at whatever level."""
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path)
    return found


def c_sources(modules: Iterable[str]) -> set[Path]:
    """Header and source of these modules, and all headers that they include."""
    found: set[Path] = set()
    waiting = [native.SOURCES / f"{module}{suffix}" for module in modules for suffix in (".h", ".c")]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [_included(path, name) for name in _INCLUDE.findall(path.read_text("utf-8"))]
    return found


def _included(source: Path, name: str) -> Path:
    """As the compiler looks for it."""
    beside = source.parent / name
    return beside if beside.exists() else native.SOURCES / name


def _imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            if name.split(".")[0] == PACKAGE:
                whole = paths.ROOT.joinpath(*name.split("."))
                yield from (file for file in (whole.with_suffix(".py"), whole / "__init__.py") if file.is_file())


def _beside(python: set[Path]) -> Iterator[Path]:
    for folder in {path.parent for path in python}:
        yield from (path for path in folder.iterdir() if path.suffix in BESIDE)


def _file_of(function: Callable[..., Any]) -> Path:
    while hasattr(function, "func"):  # functools.partial
        function = function.func
    return Path(inspect.getfile(inspect.unwrap(function))).resolve()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
