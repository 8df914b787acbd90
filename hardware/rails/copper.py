"""The copper of the supply rails as a graph: pads, joined by tracks and vias that have an inductance and a resistance.

Tracks are those of hardware/layout/hand_drawn.py and routed.txt. Each is taken as a microstrip over the pour on the other side
(?): the pour beside it on its own side takes something off, gaps in the pour add to it. Ground itself has no impedance here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import dist, log, pi

from hardware import netlist as netlists
from hardware.errors import InputError
from hardware.layout import hand_drawn, outline, rules
from hardware.layout.pad_centres import Point, pad_centres
from hardware.layout.router import text
from hardware.netlist import GROUND, Netlist, Terminal

_SAME_MM = 0.02
_NANO = 1e-9
_LIGHT_MM_PER_NS = 299.792458
_COPPER_OHM_MM = 1.72e-5
_FOIL_MM = 0.035  # 1 oz
_PLATING_MM = 0.020  # of a via: JLCPCB states 18 to 20 um on average (?)
_LAYERS = ("F", "B")

Node = tuple[str, float, float]  # layer, x, y; a pad's is on "F", whatever its layers
Line = tuple[str, list[Point], float]  # layer, corners, width in mm


@dataclass(frozen=True)
class Track:
    """One piece of copper between two nodes."""

    one: Node
    other: Node
    henry: float
    ohm: float


@dataclass(frozen=True)
class Rail:
    """One net's copper. `pads`: the node of each pad on it."""

    net: str
    pads: tuple[tuple[Terminal, Node], ...]
    tracks: tuple[Track, ...]


def microstrip_nh_per_mm(width_mm: float, height_mm: float = outline.THICKNESS_MM) -> float:
    """Of a track over a plane, from Wheeler's and Hammerstad's impedance of a microstrip in air over the speed of light."""
    ratio = width_mm / height_mm
    ohm = 60 * log(8 / ratio + ratio / 4) if ratio <= 1 else 120 * pi / (ratio + 1.393 + 0.667 * log(ratio + 1.444))
    return ohm / _LIGHT_MM_PER_NS


def via_nh(height_mm: float = outline.THICKNESS_MM, hole_mm: float = rules.VIA_DRILL_MM) -> float:
    """Johnson and Graham, High-Speed Digital Design, section 7.3: 5.08 h (ln(4 h / d) + 1), in inches."""
    return 0.2 * height_mm * (log(4 * height_mm / hole_mm) + 1)


@lru_cache
def _design() -> Netlist:
    return netlists.read()


@lru_cache
def rails(nets: tuple[str, ...]) -> tuple[Rail, ...]:
    """Of the board as it is laid out. InputError if a pad on one of the nets is not reached by its tracks."""
    return tuple(_rail(net) for net in nets)


@lru_cache
def places() -> dict[Terminal, Point]:
    """Of every pad of the board as it is laid out."""
    return pad_centres(_design())


@lru_cache
def ground() -> frozenset[Terminal]:
    """The pads that are on ground."""
    return frozenset(_design().nets[GROUND])


def _rail(net: str) -> Rail:
    pads = {end: places()[end] for end in _design().nets[net] if end in places()}
    lines, vias = list(_lines(net)), _vias(net)
    nodes = {(layer, *point) for layer, points, _ in lines for point in points}
    nodes |= {(layer, *point) for layer in _LAYERS for point in (*vias, *pads.values())}
    tracks = [Track(("F", *at), ("B", *at), via_nh() * _NANO, _via_ohm()) for at in vias]
    tracks += [piece for line in lines for piece in _pieces(line, nodes)]
    through = {("B", *point): ("F", *point) for point in pads.values()}  # by its hole; other pads have no track there
    tracks = [replace(t, one=through.get(t.one, t.one), other=through.get(t.other, t.other)) for t in tracks]
    at_pads = {end: ("F", *point) for end, point in pads.items()}
    tracks = _in_series(tracks, set(at_pads.values()))
    _check(net, at_pads, tracks)
    return Rail(net, tuple(at_pads.items()), tuple(tracks))


def _lines(net: str) -> Iterator[Line]:
    for row in hand_drawn.TRACKS:
        if row.net == net:
            points = [places()[_terminal(point)] if isinstance(point, str) else point for point in row.points]
            yield row.layer, points, row.width or rules.track_width(net)
    for track in text.read(hand_drawn.ROUTED).tracks:
        if _own_name(track.net) == net:
            yield track.layer.name, list(track.points), track.width


def _vias(net: str) -> list[Point]:
    routed = [via.point for via in text.read(hand_drawn.ROUTED).vias if _own_name(via.net) == net]
    return [(x, y) for name, x, y in hand_drawn.VIAS if name == net] + routed


def _own_name(kicad_net: str) -> str:
    """Without the sheet that KiCad puts before it."""
    return kicad_net.rpartition("/")[2]


def _terminal(pad: str) -> Terminal:
    ref, _, number = pad.partition(".")
    return Terminal(ref, number)


def _pieces(line: Line, nodes: Iterable[Node]) -> Iterator[Track]:
    """A line cut at each node that lies on it."""
    layer, points, width = line
    for start, end in pairwise(points):
        length = dist(start, end)
        on_it = [node for node in nodes if node[0] == layer and _beside(node[1:], start, end) <= _SAME_MM]
        for one, other in pairwise(sorted(on_it, key=lambda node: dist(node[1:], start))):
            part = min(dist(one[1:], other[1:]), length)
            ohm = _COPPER_OHM_MM * part / (width * _FOIL_MM)
            yield Track(one, other, microstrip_nh_per_mm(width) * part * _NANO, ohm)


def _beside(point: tuple[float, ...], start: Point, end: Point) -> float:
    """How far the point is from the line between the two."""
    along = (end[0] - start[0], end[1] - start[1])
    square = along[0] ** 2 + along[1] ** 2
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / square if square else 0.0
    share = min(max(share, 0.0), 1.0)
    return dist(point, (start[0] + share * along[0], start[1] + share * along[1]))


def _via_ohm() -> float:
    ring = pi * (rules.VIA_DRILL_MM + _PLATING_MM) * _PLATING_MM
    return _COPPER_OHM_MM * outline.THICKNESS_MM / ring


def _in_series(tracks: list[Track], kept: set[Node]) -> list[Track]:
    """The same with corners and loose ends taken out: what is left joins pads and forks."""
    tracks = list({frozenset((t.one, t.other)): t for t in tracks if t.one != t.other}.values())
    while True:
        ends = [node for track in tracks for node in (track.one, track.other)]
        node = next((node for node in ends if node not in kept and ends.count(node) <= 2), None)
        if node is None:
            return tracks
        at_node = [track for track in tracks if node in (track.one, track.other)]
        tracks = [track for track in tracks if node not in (track.one, track.other)]
        if len(at_node) == 2:
            one, other = (track.other if track.one == node else track.one for track in at_node)
            tracks.append(Track(one, other, sum(t.henry for t in at_node), sum(t.ohm for t in at_node)))


def _check(net: str, pads: Mapping[Terminal, Node], tracks: list[Track]) -> None:
    reached = set(list(pads.values())[:1])
    while more := {n for t in tracks if {t.one, t.other} & reached for n in (t.one, t.other)} - reached:
        reached |= more
    missed = [f"{end.ref}.{end.number}" for end, node in pads.items() if node not in reached]
    if missed:
        raise InputError(f"the tracks of {net} do not reach {', '.join(missed)} at its centre: run dollar layout --keep")
