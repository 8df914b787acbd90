"""What is known about a recording besides its samples: the JSON file beside it. Its keys stand in folder.py."""

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hardware.errors import InputError

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Sidecar:
    rate_hz: float
    subject: str
    session: str = ""
    device: str = ""
    offset_g: Vector = (0.0, 0.0, 0.0)
    full_scale_g: float = 2.0
    more: dict[str, Any] = field(default_factory=dict)  # other keys

    def text(self) -> str:
        known = {name: value for name, value in asdict(self).items() if name != "more"}
        return json.dumps(known | self.more, indent=4) + "\n"


def read(recording: Path) -> Sidecar:
    """Of that recording. InputError names what is missing or of the wrong kind."""
    path = recording.with_suffix(".json")
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError(
            f'{recording} has no {path.name} beside it: write {{"rate_hz": 50, "subject": "NAME"}} with what is true into it'
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not JSON ({error}): correct it") from None
    if not isinstance(found, dict):
        raise InputError(f"{path} holds no object: begin it with {{ and end it with }}")
    return Sidecar(
        rate_hz=_positive(path, found, "rate_hz", None),
        subject=_text(path, found, "subject", None),
        session=_text(path, found, "session", ""),
        device=_text(path, found, "device", ""),
        offset_g=_vector(path, found, "offset_g"),
        full_scale_g=_positive(path, found, "full_scale_g", 2.0),
        more={name: value for name, value in found.items() if name not in Sidecar.__dataclass_fields__},
    )


def _value(path: Path, found: dict[str, Any], key: str, default: object) -> Any:
    if key in found:
        return found[key]
    if default is None:
        raise InputError(f'{path} lacks "{key}": add it')
    return default


def _positive(path: Path, found: dict[str, Any], key: str, default: float | None) -> float:
    value = _value(path, found, key, default)
    if not _is_number(value) or value <= 0:
        raise InputError(f'{path}: "{key}" is {value!r}: give a number above 0')
    return float(value)


def _text(path: Path, found: dict[str, Any], key: str, default: str | None) -> str:
    value = _value(path, found, key, default)
    if not isinstance(value, str) or (default is None and not value):
        raise InputError(f'{path}: "{key}" is {value!r}: give a text in quotation marks')
    return value


def _vector(path: Path, found: dict[str, Any], key: str) -> Vector:
    value = _value(path, found, key, [0.0, 0.0, 0.0])
    if not isinstance(value, list) or len(value) != 3 or not all(map(_is_number, value)):
        raise InputError(f'{path}: "{key}" is {value!r}: give three numbers, [x, y, z]')
    return float(value[0]), float(value[1]), float(value[2])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
