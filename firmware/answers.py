"""What the counts mean that the default image puts into its beacons: the classes of its models, by name."""

import re
from collections.abc import Mapping
from pathlib import Path

from firmware import models

SOURCES = Path(__file__).parent / "src"
UNKNOWN = "unknown"

_NAMES = re.compile(r"_class_names\[\w+\] = \{(.*?)\};", re.DOTALL)


def told(decoded: Mapping[str, object]) -> dict[str, str]:
    """By task, of what bthome-ble decodes: counts stand in the order of the tasks, and are numbered if there are several."""
    tasks = [task for task, kind in models.in_default_image().items() if kind != models.NONE]
    keys = ["count"] if len(tasks) == 1 else [f"count_{number}" for number in range(1, len(tasks) + 1)]
    counts = {task: decoded.get(key) for task, key in zip(tasks, keys, strict=True)}
    return {task: _name(task, count) for task, count in counts.items() if isinstance(count, int)}


def _name(task: str, count: int) -> str:
    names = (UNKNOWN, *class_names(task, models.in_default_image()[task]))
    return names[count] if count < len(names) else str(count)


def class_names(task: str, kind: str) -> tuple[str, ...]:
    """As the generated C has them."""
    found = _NAMES.search((SOURCES / models.GENERATED / f"{task}_{kind}.c").read_text())
    assert found is not None
    return tuple(re.findall(r'"((?:[^"\\]|\\.)*)"', found[1]))
