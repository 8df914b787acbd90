"""The polarity sheet: a picture and the words for every part that can be put in the wrong way round.

The pictures are cut from the very gerbers of the order; body and mark are drawn over them. One HTML file, nothing to
load from elsewhere.
"""

import base64
import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from gerbonara import LayerStack

from hardware import paths
from hardware.layout import outline
from hardware.revision import REVISION
from manufacturing.board_shapes import Outline, PartShape, Point
from manufacturing.placement_file import Placement

_TEMPLATE = Path(__file__).with_name("polarity_sheet.html.j2")
_MARGIN_MM = 1.6  # of board around a part: its reference and the mark on the silkscreen are to be seen
_VIEW_BOX = re.compile(r'viewBox="([-\d. ]+)"')


@dataclass(frozen=True)
class Side:
    """A side of the bare board as an SVG picture, with its place in the sheet's coordinates."""

    name: str
    data: str
    box: tuple[float, ...]  # x, y, width, height in mm, y down


@dataclass(frozen=True)
class Card:
    """One part. Points are in mm on its side's picture."""

    placement: Placement
    side: str
    view: str
    body: tuple[str, ...]
    mark: Point
    mark_radius: float
    pin_name: str


def html(gerbers_zip: Path, shapes: dict[str, PartShape], placements: tuple[Placement, ...]) -> str:
    """The sheet of a single board."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        title=f"{paths.NAME} rev {REVISION}: polarity", sides=_sides(gerbers_zip), cards=list(_cards(shapes, placements))
    )


def _sides(gerbers_zip: Path) -> list[Side]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gerbonara remarks on KiCad's way of writing drill files and macros
        stack = LayerStack.open(gerbers_zip)
        return [_side(name, str(stack.to_pretty_svg(side=name))) for name in ("top", "bottom")]


def _side(name: str, svg: str) -> Side:
    found = _VIEW_BOX.search(svg)
    if found is None:
        raise RuntimeError(f"the picture of the {name} side has no viewBox")
    box = tuple(float(number) for number in found[1].split())
    return Side(name, base64.b64encode(svg.encode()).decode(), box)


def _cards(shapes: dict[str, PartShape], placements: tuple[Placement, ...]) -> Iterator[Card]:
    for placement in placements:
        polarity = placement.component.part.polarity
        if polarity is None:
            continue
        shape = shapes[placement.component.ref]
        left, bottom, right, top = shape.extent
        (x, y), (end_x, end_y) = sorted(_in_picture(((left, top), (right, bottom)), shape.back))
        mark = shape.pad(polarity.pin)
        (middle,) = _in_picture((mark.middle,), shape.back)
        yield Card(
            placement=placement,
            side="bottom" if shape.back else "top",
            view=_view(min(x, end_x), min(y, end_y), abs(end_x - x), abs(end_y - y)),
            body=tuple(" ".join(f"{px:g},{py:g}" for px, py in _in_picture(stroke, shape.back)) for stroke in shape.body),
            mark=middle,
            mark_radius=max(0.45, max(_reach(points, mark.middle) for points in mark.outlines)),
            pin_name=placement.component.part.pin(polarity.pin).name,
        )


def _in_picture(points: Outline, back: bool) -> list[Point]:
    return [(round(outline.WIDTH_MM - x if back else x, 4), round(outline.HEIGHT_MM - y, 4)) for x, y in points]


def _view(x: float, y: float, width: float, height: float) -> str:
    """A square view of the part with some board around it."""
    side = max(width, height) + 2 * _MARGIN_MM
    return f"{x + width / 2 - side / 2:.3f} {y + height / 2 - side / 2:.3f} {side:.3f} {side:.3f}"


def _reach(points: Outline, middle: Point) -> float:
    return max(math.dist(point, middle) for point in points)
