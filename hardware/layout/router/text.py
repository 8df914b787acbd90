"""Routes as text, one track or via a line, so that a change shows as its diff."""

from pathlib import Path

from hardware import files
from hardware.errors import InputError
from hardware.layout.router.model import Layer, Point, Routes, Track, Via

_HEADING = """\
# Tracks and vias in mm, one a line:
# track NET LAYER WIDTH X,Y X,Y ...
# via NET X,Y
"""


def to_text(routes: Routes) -> str:
    """The routes, sorted by net."""
    lines = [
        (track.net, 0, f"track {track.net} {track.layer.name} {_number(track.width)} {' '.join(map(_point, track.points))}")
        for track in routes.tracks
    ]
    lines += [(via.net, 1, f"via {via.net} {_point(via.point)}") for via in routes.vias]
    for net, _, _ in lines:
        if any(character.isspace() for character in net):
            raise InputError(f"the net name {net!r} holds a space: rename the net in hardware/circuit")
    return _HEADING + "".join(f"{line}\n" for _, _, line in sorted(lines, key=lambda entry: entry[:2]))


def from_text(text: str, name: str) -> Routes:
    """What `to_text` wrote. InputError with `name` and line number where a line is malformed."""
    tracks, vias = [], []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            match words:
                case ["track", net, layer, width, first, second, *rest]:
                    points = tuple(_parsed(word) for word in (first, second, *rest))
                    tracks.append(Track(net, Layer[layer], float(width), points))
                case ["via", net, point]:
                    vias.append(Via(net, _parsed(point)))
                case _:
                    raise ValueError(line)
        except (ValueError, KeyError):
            raise InputError(
                f"{name}, line {number}: not a track or via: {line!r}; delete the line, its net is routed anew"
            ) from None
    return Routes.of(tracks, vias)


def read(path: Path) -> Routes:
    """Routes of an earlier run; none if there is no such file."""
    return from_text(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else Routes()


def write(path: Path, routes: Routes) -> bool:
    """Write the routes; the file stays untouched if they are in it already."""
    return files.write(path, to_text(routes))


def _point(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _parsed(word: str) -> Point:
    x, y = word.split(",")
    return float(x), float(y)
