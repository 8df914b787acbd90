"""The rows of a drawing table: where the parts, ports and notes of a block stand. Positions in grid steps of 1.27 mm.

An A4 page is 233 steps wide and 165 high; the title block fills the corner right of 140 and below 137.
"""

from dataclasses import dataclass
from enum import StrEnum

PAGE_WIDTH, PAGE_HEIGHT = 233, 165
PORT = "port"  # in a Supply row: the net's own port


class Beside(StrEnum):
    """Where a part's reference and value stand."""

    RIGHT = "right"
    LEFT = "left"
    ABOVE = "above"
    BELOW = "below"
    AROUND = "around"  # reference above, value below
    CORNER = "corner"  # above the body, right of its top pins
    FREE = ""  # right of an upright part, around a lying one, at the corner of a box


@dataclass(frozen=True)
class Place:
    """A part: its origin, turned counter-clockwise by `rotation` degrees, then mirrored left to right."""

    ref: str
    x: int
    y: int
    rotation: int = 0
    mirrored: bool = False
    text: Beside = Beside.FREE


@dataclass(frozen=True)
class Port:
    """Where a net leaves the block: a hierarchical label. Labels at the left point right, and the other way round."""

    net: str
    x: int
    y: int
    at_left: bool = False


@dataclass(frozen=True)
class Supply:
    """A power symbol that serves several pins ("C6.1", "U3.VDD", or "port") over one wire; `rails` are drawn by hand.

    Supply pins that stand in no such row get a symbol of their own.
    """

    net: str
    x: int
    y: int
    pins: tuple[str, ...]
    rails: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True)
class Flag:
    """A power flag: the net is a supply, though it comes through a passive part."""

    net: str
    x: int
    y: int
    rotation: int = 0


@dataclass(frozen=True)
class Route:
    """A wire drawn by hand, corner by corner; the router only adds what it leaves unconnected."""

    net: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Label:
    """Where the name of an internal net stands, on one of its wires; without a row a free place is looked for."""

    net: str
    x: int
    y: int


@dataclass(frozen=True)
class Note:
    """A remark. Figures in braces are computed from the parts' values: see `figures`."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """One block's page."""

    block: str
    title: str
    places: tuple[Place, ...] = ()
    ports: tuple[Port, ...] = ()
    supplies: tuple[Supply, ...] = ()
    flags: tuple[Flag, ...] = ()
    routes: tuple[Route, ...] = ()
    labels: tuple[Label, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class BlockBox:
    """A block on the root page, with the nets at its edges from top to bottom (left to right); "" leaves a gap."""

    block: str
    x: int
    y: int
    width: int
    height: int
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    bottom: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlockDiagram:
    """The root page."""

    title: str
    boxes: tuple[BlockBox, ...]
    headline: str = ""
    reason: str = ""
    routes: tuple[Route, ...] = ()
    labels: tuple[Label, ...] = ()
    notes: tuple[Note, ...] = ()
