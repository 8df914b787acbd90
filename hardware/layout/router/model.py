"""What the router is given and what it answers, in millimetres, without KiCad.

Points are (x, y) in the board's own coordinates (y grows downwards, as in KiCad); shapes are shapely polygons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import shapely

Point = tuple[float, float]


class Layer(IntEnum):
    """The two copper layers; the number is the index into the router's arrays."""

    F = 0
    B = 1


FRONT = frozenset({Layer.F})
BACK = frozenset({Layer.B})
BOTH = frozenset(Layer)


@dataclass(frozen=True)
class Pad:
    """Copper that a net must reach, at `point`. A pad on no net (`net` None) is an obstacle to all."""

    name: str  # "U1.5"
    net: str | None
    layers: frozenset[Layer]
    point: Point
    polygon: shapely.Polygon


@dataclass(frozen=True)
class Copper:
    """Copper that is there already: a hand-drawn track or via, a piece of antenna. An obstacle to the other nets.

    Its own net may join it along `spine`: the centre line of a track, the one point of a via.
    """

    net: str | None
    layers: frozenset[Layer]
    polygon: shapely.Polygon
    spine: tuple[Point, ...] = ()


@dataclass(frozen=True)
class KeepOut:
    """An area that tracks, vias or both have to stay out of."""

    layers: frozenset[Layer]
    polygon: shapely.Polygon
    tracks: bool = True
    vias: bool = True


@dataclass(frozen=True)
class Problem:
    """A placed board, as far as routing cares. `holes` are all drilled holes, the plated ones too."""

    outline: shapely.Polygon
    pads: tuple[Pad, ...]
    copper: tuple[Copper, ...] = ()
    holes: tuple[shapely.Polygon, ...] = ()
    keep_outs: tuple[KeepOut, ...] = ()

    def nets(self) -> dict[str, list[Pad]]:
        """The pads of each net with two pads or more, by net name in order."""
        found: dict[str, list[Pad]] = {}
        for pad in self.pads:
            if pad.net is not None:
                found.setdefault(pad.net, []).append(pad)
        return {net: found[net] for net in sorted(found) if len(found[net]) > 1}

    def shapes(self) -> Iterator[tuple[str | None, frozenset[Layer], shapely.Polygon]]:
        """Net, layers and shape of all copper."""
        yield from ((pad.net, pad.layers, pad.polygon) for pad in self.pads)
        yield from ((piece.net, piece.layers, piece.polygon) for piece in self.copper)


@dataclass(frozen=True)
class NetRule:
    """How the tracks of a net are drawn. A layer's cost is what a millimetre on it counts for."""

    width: float = 0.15
    neck_width: float = 0.15  # where `width` does not fit, close to the net's own pads only
    front_cost: float = 1.0
    back_cost: float = 1.6  # the back is the ground plane: tracks in it are to be few and short
    via_cost_mm: float = 3.0  # a via counts as that much track


@dataclass(frozen=True)
class RoutingRules:
    """Distances in mm. The defaults are JLCPCB's for two layers with a margin (facts/jlcpcb.md), costs are taste."""

    clearance: float = 0.15
    copper_to_edge: float = 0.3
    via_diameter: float = 0.6
    via_drill: float = 0.3
    hole_to_hole: float = 0.25
    hole_to_copper: float = 0.25  # around holes without copper of their own
    via_to_own_pad: float = 0.1  # a via in a pad drinks its solder
    pour_clearance: float = 0.2  # pour of a plane to other nets
    pour_to_edge: float = 0.4
    pour_min_width: float = 0.2
    grid: float = 0.1
    neck_reach: float = 0.8  # how far from a pad its track may be narrow
    bend_cost_mm: float = 0.4  # a bend of 45 degrees counts as that much track
    ease: float = 0.15  # tracks stay that much further apart than they must, where there is room
    ease_cost: float = 1.0  # what a millimetre right at the minimum clearance counts for, on top of 1
    default: NetRule = NetRule()
    nets: Mapping[str, NetRule] = field(default_factory=dict, hash=False)

    def of(self, net: str) -> NetRule:
        return self.nets.get(net, self.default)


@dataclass(frozen=True)
class Track:
    """Straight pieces through `points`, all of one width."""

    net: str
    layer: Layer
    width: float
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Via:
    """A through via; its size is that of the rules."""

    net: str
    point: Point


@dataclass(frozen=True)
class Routes:
    """Tracks and vias, sorted, so that equal routes are equal objects and give equal text."""

    tracks: tuple[Track, ...] = ()
    vias: tuple[Via, ...] = ()

    @classmethod
    def of(cls, tracks: list[Track], vias: list[Via]) -> "Routes":
        return cls(
            tuple(sorted(tracks, key=lambda t: (t.net, t.layer, t.points, t.width))),
            tuple(sorted(vias, key=lambda v: (v.net, v.point))),
        )

    def of_net(self, net: str) -> "Routes":
        return Routes(tuple(t for t in self.tracks if t.net == net), tuple(v for v in self.vias if v.net == net))

    def __add__(self, other: "Routes") -> "Routes":
        return Routes.of([*self.tracks, *other.tracks], [*self.vias, *other.vias])


@dataclass(frozen=True)
class Failure:
    """Pads of a net that no track could reach from the rest of the net."""

    net: str
    pads: tuple[str, ...]


@dataclass(frozen=True)
class Routing:
    """What the router answers. `kept` are the nets whose previous tracks were taken over unchanged."""

    routes: Routes
    failures: tuple[Failure, ...] = ()
    kept: tuple[str, ...] = ()
