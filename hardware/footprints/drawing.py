"""Writing a KiCad footprint: pads and outlines as data, the file as text."""

import itertools
import uuid
from dataclasses import dataclass, field

from hardware import sexpr
from hardware.sexpr import Node, Quoted

_NAMESPACE = uuid.UUID("5f0c6a52-9c0e-5a53-8d0f-0d6c1f7b4f60")  # ours; makes every identifier a function of its name

SILK, FAB, COURTYARD = "F.SilkS", "F.Fab", "F.CrtYd"
_LINE_MM = {SILK: 0.12, FAB: 0.1, COURTYARD: 0.05}  # KiCad library convention


@dataclass(frozen=True)
class Pad:
    """A pad: `drill` 0 is a surface pad. `paste` off for contacts that are touched, not soldered."""

    number: str
    x: float
    y: float
    width: float
    height: float
    shape: str = "rect"  # rect, circle, roundrect, oval
    drill: float = 0.0
    paste: bool = True


@dataclass(frozen=True)
class Line:
    layer: str
    points: tuple[tuple[float, float], ...]
    closed: bool = False


@dataclass(frozen=True)
class Circle:
    layer: str
    x: float
    y: float
    radius: float
    filled: bool = False


@dataclass(frozen=True)
class Text:
    layer: str
    text: str
    x: float
    y: float
    size: float = 1.0


@dataclass(frozen=True)
class Footprint:
    """A footprint, in mm, y down. `model` is the file name of its 3D body beside the library, if it has one."""

    name: str
    description: str
    pads: tuple[Pad, ...]
    shapes: tuple[Line | Circle | Text, ...]
    reference_at: tuple[float, float] = (0.0, 0.0)
    value_at: tuple[float, float] = (0.0, 0.0)
    through_hole: bool = False
    bought: bool = True
    model: str = ""
    keywords: str = field(default="")


def rectangle(layer: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line(layer, ((left, top), (right, top), (right, bottom), (left, bottom)), closed=True)


def text_of(footprint: Footprint) -> str:
    """The .kicad_mod text."""
    name = footprint.name
    attributes: Node = ["attr", "through_hole" if footprint.through_hole else "smd"]
    if not footprint.bought:
        attributes += ["exclude_from_pos_files", "exclude_from_bom"]
    node: Node = [
        "footprint",
        Quoted(name),
        ["version", "20241229"],
        ["generator", Quoted("dollar")],
        ["generator_version", Quoted("9.0")],
        ["layer", Quoted("F.Cu")],
        ["descr", Quoted(footprint.description)],
        ["tags", Quoted(footprint.keywords)],
        _property(name, "Reference", "REF**", footprint.reference_at, SILK),
        _property(name, "Value", name, footprint.value_at, FAB),
        _property(name, "Datasheet", "", (0, 0), FAB, hidden=True),
        _property(name, "Description", "", (0, 0), FAB, hidden=True),
        attributes,
    ]
    for index, shape in enumerate(footprint.shapes):
        node += _shape(f"{name}/{index}", shape)
    node += [_pad(name, index, pad) for index, pad in enumerate(footprint.pads)]
    node.append(["embedded_fonts", "no"])
    if footprint.model:
        zero, one = ["xyz", 0, 0, 0], ["xyz", 1, 1, 1]
        path = Quoted(f"${{KIPRJMOD}}/dollar.3dshapes/{footprint.model}")
        node.append(["model", path, ["offset", zero], ["scale", one], ["rotate", zero]])
    return sexpr.dump(node) + "\n"


def _identity(*names: object) -> Node:
    return ["uuid", Quoted(uuid.uuid5(_NAMESPACE, "/".join(map(str, names))))]


def _effects(size: float) -> Node:
    return ["effects", ["font", ["size", size, size], ["thickness", round(size * 0.15, 3)]]]


def _property(footprint: str, key: str, value: str, at: tuple[float, float], layer: str, *, hidden: bool = False) -> Node:
    node: Node = ["property", Quoted(key), Quoted(value), ["at", *at, 0], ["layer", Quoted(layer)]]
    if hidden:
        node.append(["hide", "yes"])
    return [*node, _identity(footprint, key), _effects(1.0 if key != "Value" else 0.8)]


def _shape(name: str, shape: Line | Circle | Text) -> list[Node]:
    if isinstance(shape, Text):
        at: Node = ["at", shape.x, shape.y, 0]
        return [
            ["fp_text", "user", Quoted(shape.text), at, ["layer", Quoted(shape.layer)], _identity(name), _effects(shape.size)]
        ]
    stroke: Node = ["stroke", ["width", _LINE_MM[shape.layer]], ["type", "solid"]]
    if isinstance(shape, Circle):
        node: Node = ["fp_circle", ["center", shape.x, shape.y], ["end", round(shape.x + shape.radius, 4), shape.y], stroke]
        return [[*node, ["fill", "yes" if shape.filled else "no"], ["layer", Quoted(shape.layer)], _identity(name)]]
    points = [*shape.points, shape.points[0]] if shape.closed else list(shape.points)
    return [
        ["fp_line", ["start", *start], ["end", *end], stroke, ["layer", Quoted(shape.layer)], _identity(name, index)]
        for index, (start, end) in enumerate(itertools.pairwise(points))
    ]


def _pad(footprint: str, index: int, pad: Pad) -> Node:
    kind = "thru_hole" if pad.drill else "smd"
    copper = ["*.Cu", "*.Mask"] if pad.drill else ["F.Cu", "F.Mask"] + (["F.Paste"] if pad.paste else [])
    node: Node = ["pad", Quoted(pad.number), kind, pad.shape, ["at", pad.x, pad.y], ["size", pad.width, pad.height]]
    if pad.drill:
        node += [["drill", pad.drill], ["remove_unused_layers", "no"]]
    node.append(["layers", *(Quoted(layer) for layer in copper)])
    if pad.shape == "roundrect":
        node.append(["roundrect_rratio", 0.25])
    return [*node, _identity(footprint, "pad", index)]
