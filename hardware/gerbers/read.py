"""The fabrication files of a board or panel, from a folder or the zip that is uploaded."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import shapely
from gerbonara import LayerStack

from hardware import tables
from hardware.errors import InputError
from hardware.gerbers import shapes

TOP, BOTTOM = "top", "bottom"
SIDES = (TOP, BOTTOM)


@dataclass(frozen=True)
class Hole:
    shape: shapely.Polygon
    plated: bool


@dataclass(frozen=True)
class Gerbers:
    """What the files say, in mm as they count: y up. Polygons of one side's copper do not touch each other."""

    copper: dict[str, list[shapely.Polygon]]
    outline: shapely.Geometry
    holes: list[Hole]

    @property
    def corner(self) -> tuple[float, float]:
        """Lower left corner of the outline's bounds."""
        left, bottom, _, _ = self.outline.bounds
        return left, bottom


def read(path: Path) -> Gerbers:
    """Read copper, outline and drill files. InputError if the path or one of these files is missing or unreadable."""
    shown = tables.shown(path)
    if not path.exists():
        raise InputError(f"{shown} is missing: run dollar order, which writes it")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # gerbonara warns of every file that is no layer, such as the job file
            found = _shapes(LayerStack.open(path, lazy=True), shown)  # masks, paste and silk are not parsed
    except (BadZipFile, ValueError, SyntaxError) as error:
        raise InputError(f"{shown} holds no gerber files that can be read ({error}): run dollar order again") from None
    if found.outline.is_empty:
        raise InputError(f"the outline in {shown} does not close: mend it in hardware/layout/board.py, then run make")
    return found


def _shapes(stack: LayerStack, shown: str) -> Gerbers:
    for name, layer in (("top copper", "top copper"), ("bottom copper", "bottom copper"), ("outline", "mechanical outline")):
        if layer not in stack:
            raise InputError(f"{shown} has no gerber file of the {name}: run dollar order again")
    holes = [
        Hole(shapes.hole(item), item.tool.plated if item.tool.plated is not None else drill is not stack.drill_npth)
        for drill in stack.drill_layers
        for item in drill.instance.objects
    ]
    copper = {side: shapes.image(stack[side, "copper"].instance) for side in SIDES}
    return Gerbers(copper, shapes.outline(stack.outline.instance), holes)
