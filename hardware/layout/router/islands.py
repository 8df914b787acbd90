"""Where the pours of a plane will flow, and what joins the islands into which tracks cut them."""

import numpy as np
import shapely

from hardware.layout.router.joined import FREE, Anchor
from hardware.layout.router.lay import lay
from hardware.layout.router.model import Layer, Problem, Routes, RoutingRules
from hardware.layout.router.reuse import with_routes
from hardware.layout.router.search import search
from hardware.layout.router.site import Site, site
from hardware.layout.router.terrain import Pressure, terrain

Island = tuple[Layer, shapely.Polygon]


def islands(problem: Problem, rules: RoutingRules, net: str) -> dict[Layer, list[shapely.Polygon]]:
    """The net's copper on each layer once poured, as KiCad will fill it to within some hundredths of a millimetre."""
    found: dict[Layer, list[shapely.Polygon]] = {}
    for layer in Layer:
        own = [shape for owner, layers, shape in problem.shapes() if owner == net and layer in layers]
        foreign = [shape for owner, layers, shape in problem.shapes() if owner != net and layer in layers]
        barred = [area.polygon for area in problem.keep_outs if area.tracks and layer in area.layers]
        pour = problem.outline.buffer(-rules.pour_to_edge)
        pour = pour.difference(shapely.union_all([*(s.buffer(rules.pour_clearance) for s in foreign), *barred]))
        half = rules.pour_min_width / 2
        pour = pour.buffer(-half).buffer(half)
        found[layer] = [part for part in shapely.get_parts(shapely.union_all([pour, *own])) if part.area > 0]
    return found


def join_islands(problem: Problem, rules: RoutingRules, net: str) -> Routes:
    """Vias, and tracks where vias alone do not do, that join the pieces in which the pours leave the net.

    A piece that cannot be joined stays apart; KiCad's rule check then names it.
    """
    here = site(problem, rules)
    routes = Routes()
    while bridge := cheapest_bridge(here, net, routes, Routes()):
        routes += bridge
    return routes


def cheapest_bridge(here: Site, net: str, own: Routes, others: Routes, price: float = 0.0) -> Routes | None:
    """The cheapest way from a small piece of the plane to any other piece; from the next larger one if there is none.

    `own` and `others` are routes of the plane and of other nets besides the problem's copper. Where a price (of a cell,
    in cells of track) is given, the bridge may cross the others for it. None if the plane is in one piece, or no way.
    """
    rules, grid = here.rules, here.around.grid
    pieces = _pieces(with_routes(here.problem, own + others, rules), rules, net)
    pieces.sort(key=lambda piece: sum(island.area for _, island in piece))
    if len(pieces) < 2:
        return None
    no_history = here.around.empty(2)
    no_history[:] = 0
    pressure = Pressure(price, no_history) if price else None
    ground = terrain(net, here.around, here.around.foreign(net), here.field(others), own, rules, pressure)
    for number, piece in enumerate(pieces[:-1]):
        starts = _cells(here, piece)
        goals = _cells(here, [part for i, other in enumerate(pieces) if i != number for part in other])
        path = search(grid, ground, rules, dict.fromkeys(starts, FREE), dict.fromkeys(goals, FREE))
        if path:
            first, last = (Anchor(FREE, point=grid.point(cell)) for cell in (path.cells[0], path.cells[-1]))
            return lay(net, rules.of(net), grid, ground, path.cells, (first, last), here.room(net, ()))
    return None


def _pieces(problem: Problem, rules: RoutingRules, net: str) -> list[list[Island]]:
    """The islands that hang together through pads and vias. One without any is no piece: KiCad removes it."""
    flow = islands(problem, rules, net)
    nodes = [(layer, polygon) for layer in Layer for polygon in flow[layer]]
    groups: list[set[int]] = []
    for owner, layers, shape in problem.shapes():
        if owner == net:
            touched = {i for i, (layer, island) in enumerate(nodes) if layer in layers and island.intersects(shape)}
            joined = touched.union(*(group for group in groups if group & touched))
            groups = [group for group in groups if not group & touched] + [joined]
    return [[nodes[i] for i in sorted(group)] for group in sorted(groups, key=min) if group]


def _cells(here: Site, piece: list[Island]) -> list[int]:
    """Cells well inside of the islands: a via there is in the pour all around, where the island is large enough."""
    grid = here.around.grid
    cells: list[int] = []
    for layer, island in piece:
        inner = island.buffer(-here.rules.via_diameter / 2)
        region = island if inner.is_empty else inner
        window = grid.window(region.bounds, 0)
        x, y = np.broadcast_arrays(*grid.centres(window))
        rows, columns = np.nonzero(shapely.contains_xy(region, x, y))
        flat = (rows + window[0].start) * grid.columns + columns + window[1].start
        cells += (flat + layer * grid.plane).tolist()
    return cells
