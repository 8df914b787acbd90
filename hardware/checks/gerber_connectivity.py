"""The copper that will be etched and drilled joins what the netlist joins, and nothing else.

Copper is rebuilt from the gerber and drill files alone; their net names are not read. A pad is told by its position on
the board. On a panel each copy of the board is compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely
from shapely.affinity import translate

from hardware.checks.panel_copies import Offset
from hardware.checks.placed import Placed
from hardware.gerbers import islands, shapes
from hardware.gerbers.read import SIDES, Gerbers
from hardware.netlist import Netlist, Terminal

ONE_BOARD = (Offset(0.0, 0.0),)

_SHAVED_MM = 0.005  # taken off with a net tie, so that no sliver of it stays
_NAMED_PADS = 6  # in a sentence


@dataclass(frozen=True)
class Connectivity:
    """One sentence for each net that is in pieces, and for each piece of copper that holds two nets."""

    opens: list[str]
    shorts: list[str]


class _Net(NamedTuple):
    board: int  # copy on the panel, from 1
    name: str


class _Contact(NamedTuple):
    """One pad, and the islands of copper that are under it."""

    net: _Net
    terminal: Terminal
    islands: frozenset[int]


def compare(netlist: Netlist, board: Placed, gerbers: Gerbers, copies: Sequence[Offset] = ONE_BOARD) -> Connectivity:
    """Compare the files with the netlist; `copies` says where on a panel its boards are."""
    contacts = list(_contacts(netlist, board, gerbers, islands.find(gerbers), copies))
    boards = range(1, len(copies) + 1)
    opens = [_told(net.board, text, copies) for net, text in _opens(netlist, contacts, boards)]
    tied = _tied_nets(netlist)
    shorts = [_told(found.board, found.name, copies) for found in _shorts(contacts, tied)]
    if tied:
        cut = islands.join(_without_ties(netlist, board, gerbers, copies), gerbers.holes)
        beside = [c for c in _contacts(netlist, board, gerbers, cut, copies) if not _is_tie(netlist, c.terminal.ref)]
        within = [c for c in beside if c.net.name in tied]
        shorts += [_told(found.board, f"{found.name}, also outside the net tie", copies) for found in _shorts(within, {})]
    return Connectivity(opens, shorts)


def _contacts(
    netlist: Netlist, board: Placed, gerbers: Gerbers, found: islands.Islands, copies: Sequence[Offset]
) -> Iterator[_Contact]:
    names = {terminal: name for name, terminals in netlist.nets.items() for terminal in terminals}
    left, bottom = gerbers.corner
    for number, copy in enumerate(copies, 1):
        for part in board.parts:
            for pad in part.pads:
                terminal = Terminal(part.reference, pad.number)
                net = _Net(number, names.get(terminal, f"none, as {_shown(terminal)} is open"))
                x, y = left + copy.x + pad.x, bottom + copy.y + pad.y
                yield _Contact(net, terminal, frozenset(i for side in pad.sides for i in found.at(side, x, y)))


def _opens(netlist: Netlist, contacts: Iterable[_Contact], boards: Iterable[int]) -> Iterator[tuple[_Net, str]]:
    by_net: dict[_Net, list[_Contact]] = defaultdict(list)
    for contact in contacts:
        by_net[contact.net].append(contact)
    for board in boards:
        for name, terminals in netlist.nets.items():
            net = _Net(board, name)
            present = by_net.get(net, [])
            unplaced = [t for t in terminals if t not in {contact.terminal for contact in present}]
            bare = [contact.terminal for contact in present if not contact.islands]
            pieces = _pieces(present)
            if unplaced:
                yield net, f"net {name}: the board has no pad for {_listed(unplaced)}"
            if bare:
                yield net, f"net {name}: no copper under {_listed(bare)}"
            if len(pieces) > 1:
                largest = max(pieces, key=len)
                rest = " | ".join(_listed(piece) for piece in pieces if piece is not largest)
                yield net, f"net {name} is in {len(pieces)} pieces: {rest} cut off from {_listed(largest)}"


def _pieces(contacts: Iterable[_Contact]) -> list[list[Terminal]]:
    """Pads by island. A pad with a hole that no barrel joins is in two islands, and in two pieces."""
    pieces: dict[int, list[Terminal]] = defaultdict(list)
    for contact in contacts:
        for island in contact.islands:
            pieces[island].append(contact.terminal)
    return list(pieces.values())


def _shorts(contacts: Iterable[_Contact], tied: dict[str, frozenset[str]]) -> Iterator[_Net]:
    """For each island of two nets that no net tie joins: the first board it is on, and a sentence."""
    on_island: dict[int, dict[_Net, Terminal]] = defaultdict(dict)
    for contact in contacts:
        for island in contact.islands:
            on_island[island].setdefault(contact.net, contact.terminal)
    for nets in on_island.values():
        if len({(net.board, tied.get(net.name, net.name)) for net in nets}) > 1:
            several = len({net.board for net in nets}) > 1
            named = [
                f"{net.name}{f' of board {net.board}' if several else ''} ({_shown(terminal)})"
                for net, terminal in sorted(nets.items())
            ]
            yield _Net(min(nets).board, f"one piece of copper holds nets {' and '.join(named)}")


def _tied_nets(netlist: Netlist) -> dict[str, frozenset[str]]:
    """Each net that a net tie joins to others, and the whole group that hangs together so."""
    groups: list[set[str]] = []
    for component in netlist.components.values():
        if component.part.net_tie:
            group = {net for pin in component.part.pins if (net := netlist.net_of(component.ref, pin.number))}
            for other in [g for g in groups if g & group]:
                group |= other
                groups.remove(other)
            groups.append(group)
    return {name: frozenset(group) for group in groups for name in group}


def _is_tie(netlist: Netlist, ref: str) -> bool:
    return ref in netlist.components and netlist.components[ref].part.net_tie


def _without_ties(
    netlist: Netlist, board: Placed, gerbers: Gerbers, copies: Sequence[Offset]
) -> dict[str, list[shapely.Polygon]]:
    """The copper less that of net ties: their nets must not meet in what is left."""
    left, bottom = gerbers.corner
    cut = {}
    for side in SIDES:
        own = [part.copper(side).buffer(_SHAVED_MM) for part in board.parts if _is_tie(netlist, part.reference)]
        ties = shapely.union_all([translate(tie, left + copy.x, bottom + copy.y) for tie in own for copy in copies])
        shapely.prepare(ties)
        cut[side] = [
            piece
            for polygon in gerbers.copper[side]
            for piece in (shapes.polygons(polygon.difference(ties)) if ties.intersects(polygon) else [polygon])
        ]
    return cut


def _told(board: int, text: str, copies: Sequence[Offset]) -> str:
    return f"board {board}: {text}" if len(copies) > 1 else text


def _shown(terminal: Terminal) -> str:
    return f"{terminal.ref}.{terminal.number}"


def _listed(terminals: Iterable[Terminal]) -> str:
    names = [_shown(terminal) for terminal in dict.fromkeys(terminals)]
    more = f" and {len(names) - _NAMED_PADS} more" if len(names) > _NAMED_PADS else ""
    return ", ".join(names[:_NAMED_PADS]) + more
