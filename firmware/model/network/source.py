"""The network as C: one header and one source, which need nothing but stdint.h."""

import os
import re
from pathlib import Path
from typing import Any

import jinja2

from firmware.model.network import packing, softmax
from firmware.model.network.dense import WIDTHS, Dense
from firmware.model.network.scaling import LEAST_SHIFT, ZERO, Scaling

TEMPLATES = Path(__file__).parent
PER_LINE = {"uint8_t": 24, "int8_t": 24, "int16_t": 16, "uint32_t": 10}
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def write(classes: tuple[str, ...], scaling: Scaling, layers: tuple[Dense, ...], file: Path, name: str, about: str) -> None:
    """file.h and file.c, beside and then renamed. Raises ValueError as QuantisedNetwork.save."""
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"{name!r} cannot begin names in C: use letters, digits and _")
    if "*/" in about or not about.replace("\n", "").isprintable():
        raise ValueError("the comment has a */ or a character that is no text")
    values = _values(classes, scaling, layers) | {"name": name, "file": file.name, "about": about.strip().splitlines()}
    for suffix in ("h", "c"):
        text = _environment().get_template(f"network.{suffix}.j2").render(values)
        beside = file.with_name(f".{file.name}.{suffix}.{os.getpid()}.part")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file.with_name(f"{file.name}.{suffix}"))


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # it is C
    )
    made.filters["c_array"] = _array
    made.filters["c_string"] = _string
    return made


def _values(classes: tuple[str, ...], scaling: Scaling, layers: tuple[Dense, ...]) -> dict[str, Any]:
    return {
        "classes": classes,
        "scaling": _scaling(scaling),
        "layers": [_layer(layer) for layer in layers],
        "bits": sorted({layer.bits for layer in layers}),
        "widths": WIDTHS,
        "kinds": {bits: "uint8_t" if bits == 8 else "uint32_t" for bits in WIDTHS},
        "together": packing.INPUTS_TOGETHER,
        "softmax": softmax,
    }


def _scaling(scaling: Scaling) -> dict[str, Any]:
    starts = [sum(scaling.runs[:number]) for number in range(len(scaling.runs))]
    same = packing.alike(scaling.offsets) and packing.alike(scaling.shifts)
    return {
        "features": scaling.features,
        "runs": [(0, scaling.features)] if same else list(zip(starts, scaling.runs, strict=True)),
        "same": same,
        "packed": packing.offsets_and_shifts(scaling),
        "offsets": [int(offset) for offset in scaling.offsets],
        "left": packing.left_shifts(scaling),
        "right": -LEAST_SHIFT,
        "zero": ZERO,
    }


def _layer(layer: Dense) -> dict[str, Any]:
    whole = layer.inputs - packing.tail(layer)
    padded = packing.padded(whole, packing.INPUTS_TOGETHER[layer.bits])
    return {
        "bits": layer.bits,
        "inputs": layer.inputs,
        "whole_inputs": padded,
        "room": packing.padded(max(padded, layer.inputs), 2),
        "units": layer.units,
        "bias": [int(value) for value in layer.bias],
        "bias_shift": layer.bias_shift,
        "shift": layer.shift,
        "words": packing.words(layer),
        "tail": packing.tail_words(layer),
    }


def _array(values: list[int], kind: str) -> str:
    """The lines between the braces."""
    text = [f"{value:#010x}" if kind == "uint32_t" else str(value) for value in values]
    step = PER_LINE[kind]
    return "\n".join(f"    {', '.join(text[at : at + step])}," for at in range(0, len(text), step))


def _string(text: str) -> str:
    """A literal of ASCII: octal escapes end after three digits, whatever follows."""
    plain = {'"': '\\"', "\\": "\\\\"}
    parts = [plain.get(chr(byte), chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in text.encode()]
    return '"' + "".join(parts).replace("??", "?\\?") + '"'
