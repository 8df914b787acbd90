"""Where a footprint marks pin 1, cathode or plus: read from its KiCad file.

A mark is a small filled shape, a small circle or a "+" on the silkscreen, or the one bevelled corner of the body on
the fabrication layer.
"""

from collections.abc import Iterator
from math import dist
from pathlib import Path

from hardware import kicad, paths, sexpr
from hardware.errors import InputError

_LARGEST_MARK_MM = 1.5
_SAME_POINT_MM = 0.02

Point = tuple[float, float]


def path_of(footprint: str, own: Path = paths.FOOTPRINTS) -> Path:
    """The file of "library:name": one of KiCad's, or ours in the folder `own`."""
    library, name = footprint.split(":")
    folder = own if library == paths.FOOTPRINTS.stem else kicad.FOOTPRINT_LIBRARIES / f"{library}.pretty"
    return folder / f"{name}.kicad_mod"


def marked_pads(path: Path) -> set[str]:
    """Numbers of the pads nearest to the marks: one if the footprint is consistent, none if it has no mark.

    InputError if the file is missing or is no footprint.
    """
    try:
        tree = sexpr.parse(path.read_text(encoding="utf-8"))
        pads = [(str(pad[1]), _point(pad, "at")) for pad in sexpr.children(tree, "pad") if str(pad[1])]
        marks = [*_silk_marks(tree), *_bevelled_corner(tree)]
    except FileNotFoundError:
        raise InputError(f"{path} is missing: install KiCad's footprints with scripts/setup") from None
    except (ValueError, IndexError) as error:
        raise InputError(f"{path} is not a KiCad footprint ({error}): install or generate it again") from None
    return {min(pads, key=lambda pad: dist(pad[1], mark))[0] for mark in marks} if pads else set()


def _silk_marks(tree: sexpr.Node) -> Iterator[Point]:
    silk = [item for item in tree if isinstance(item, list) and sexpr.value(item, "layer").endswith(".SilkS")]
    for item in silk:
        if item[0] == "fp_poly":
            corners = list(_corners(item))
            xs, ys = zip(*corners, strict=True)
            if max(max(xs) - min(xs), max(ys) - min(ys)) <= _LARGEST_MARK_MM:
                yield sum(xs) / len(xs), sum(ys) / len(ys)
        elif item[0] == "fp_circle" and dist(_point(item, "center"), _point(item, "end")) <= _LARGEST_MARK_MM / 2:
            yield _point(item, "center")
        elif item[0] == "fp_text" and str(item[2]) == "+":
            yield _point(item, "at")


def _bevelled_corner(tree: sexpr.Node) -> Iterator[Point]:
    """The corner of the body's bounding box where no vertex of its outline lies, if there is exactly one."""
    outline = [corner for item in tree if isinstance(item, list) and _is_body(item) for corner in _corners(item)]
    if not outline:
        return
    xs, ys = zip(*outline, strict=True)
    box = [(x, y) for x in (min(xs), max(xs)) for y in (min(ys), max(ys))]
    missing = [corner for corner in box if all(dist(corner, vertex) > _SAME_POINT_MM for vertex in outline)]
    if len(missing) == 1:
        yield missing[0]


def _is_body(item: sexpr.Node) -> bool:
    return item[0] in ("fp_line", "fp_poly") and sexpr.value(item, "layer").endswith(".Fab")


def _corners(item: sexpr.Node) -> Iterator[Point]:
    if item[0] == "fp_line":
        yield from (_point(item, "start"), _point(item, "end"))
    else:
        yield from ((float(xy[1]), float(xy[2])) for xy in sexpr.children(sexpr.child(item, "pts") or [], "xy"))


def _point(item: sexpr.Node, name: str) -> Point:
    found = sexpr.child(item, name)
    if found is None:
        raise ValueError(f"({item[0]} ...) without ({name} ...)")
    return float(found[1]), float(found[2])
