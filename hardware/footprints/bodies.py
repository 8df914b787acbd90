"""Plain 3D bodies of parts that KiCad's library lacks: prisms, written as STEP AP214 (ISO 10303-21 text).

A round body is a prism over a regular polygon: it looks round at this size, and every face stays a plane.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Vector = tuple[float, float, float]
Colour = tuple[float, float, float]  # red, green, blue from 0 to 1

_SIDES_OF_A_ROUND = 48
_NO_NAME = "''"  # nearly every STEP entity may have a name; ours need none


@dataclass(frozen=True)
class Prism:
    """An outline in mm, counter-clockwise seen from above (y up, as in 3D models), drawn up from one height to another."""

    outline: tuple[Point, ...]
    bottom: float
    top: float
    colour: Colour


def box(left: float, back: float, right: float, front: float) -> tuple[Point, ...]:
    """A rectangle with `back` below `front` on the y axis."""
    return ((left, back), (right, back), (right, front), (left, front))


def round_outline(x: float, y: float, radius: float) -> tuple[Point, ...]:
    """A circle, as a polygon."""
    angles = [2 * math.pi * side / _SIDES_OF_A_ROUND for side in range(_SIDES_OF_A_ROUND)]
    return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles)


def step(name: str, prisms: Sequence[Prism]) -> str:
    """The STEP text of one product made of these prisms. The same bytes for the same prisms."""
    file = _File()
    context = file.add(
        "( GEOMETRIC_REPRESENTATION_CONTEXT(3)"
        f" GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT(({_uncertainty(file)}))"
        f" GLOBAL_UNIT_ASSIGNED_CONTEXT(({', '.join(_units(file))})) REPRESENTATION_CONTEXT('','') )"
    )
    solids = [_solid(file, prism) for prism in prisms]
    origin = _placement(file, (0, 0, 0), (0, 0, 1), (1, 0, 0))
    shape = file.add(f"ADVANCED_BREP_SHAPE_REPRESENTATION('{name}',({origin}, {', '.join(solids)}),{context})")
    file.add(f"SHAPE_DEFINITION_REPRESENTATION({_product(file, name)},{shape})")
    styles = [_style(file, solid, prism.colour) for solid, prism in zip(solids, prisms, strict=True)]
    file.add(f"MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',({', '.join(styles)}),{context})")
    return file.text(name)


class _File:
    """The numbered entities of a STEP file."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, entity: str) -> str:
        """Append the entity and return the reference to it."""
        self._lines.append(entity)
        return f"#{len(self._lines)}"

    def text(self, name: str) -> str:
        data = "\n".join(f"#{number} = {line};" for number, line in enumerate(self._lines, 1))
        return (
            "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('plain body'),'2;1');\n"
            f"FILE_NAME('{name}','2026-01-01T00:00:00',(''),(''),'','','');\n"
            f"FILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\nENDSEC;\nDATA;\n{data}\nENDSEC;\nEND-ISO-10303-21;\n"
        )


def _units(file: _File) -> tuple[str, str, str]:
    return (
        file.add("( LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT(.MILLI.,.METRE.) )"),
        file.add("( NAMED_UNIT(*) PLANE_ANGLE_UNIT() SI_UNIT($,.RADIAN.) )"),
        file.add("( NAMED_UNIT(*) SI_UNIT($,.STERADIAN.) SOLID_ANGLE_UNIT() )"),
    )


def _uncertainty(file: _File) -> str:
    length = file.add("( LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT(.MILLI.,.METRE.) )")
    return file.add(f"UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-05),{length},'distance_accuracy_value','')")


def _product(file: _File, name: str) -> str:
    application = file.add("APPLICATION_CONTEXT('automotive design')")
    file.add(f"APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,{application})")
    discipline = file.add(f"PRODUCT_CONTEXT('',{application},'mechanical')")
    product = file.add(f"PRODUCT('{name}','{name}','',({discipline}))")
    file.add(f"PRODUCT_RELATED_PRODUCT_CATEGORY('part','',({product}))")
    formation = file.add(f"PRODUCT_DEFINITION_FORMATION('','',{product})")
    stage = file.add(f"PRODUCT_DEFINITION_CONTEXT('part definition',{application},'design')")
    definition = file.add(f"PRODUCT_DEFINITION('design','',{formation},{stage})")
    return file.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")


def _solid(file: _File, prism: Prism) -> str:
    """Bottom, top and one face per side, each loop counter-clockwise seen from outside."""
    count = len(prism.outline)
    corners: list[Vector] = [(x, y, prism.bottom) for x, y in prism.outline] + [(x, y, prism.top) for x, y in prism.outline]
    faces: list[tuple[tuple[int, ...], Vector]] = [
        (tuple(range(count - 1, -1, -1)), (0, 0, -1)),
        (tuple(range(count, 2 * count)), (0, 0, 1)),
    ]
    for start in range(count):
        end = (start + 1) % count
        dx, dy, _ = _unit(corners[start], corners[end])
        faces.append(((start, end, end + count, start + count), (dy, -dx, 0)))
    points = [_triple(file, "CARTESIAN_POINT", corner) for corner in corners]
    vertices = [file.add(f"VERTEX_POINT('',{point})") for point in points]
    edges: dict[tuple[int, int], str] = {}

    def directed(start: int, end: int) -> str:
        """The edge between two corners, shared with the face on its other side, which runs along it the other way."""
        if (end, start) in edges:
            return file.add(f"ORIENTED_EDGE('',*,*,{edges[end, start]},.F.)")
        direction = _triple(file, "DIRECTION", _unit(corners[start], corners[end]))
        line = file.add(f"LINE('',{points[start]},{file.add(f'VECTOR({_NO_NAME},{direction},1.)')})")
        edges[start, end] = file.add(f"EDGE_CURVE('',{vertices[start]},{vertices[end]},{line},.T.)")
        return file.add(f"ORIENTED_EDGE('',*,*,{edges[start, end]},.T.)")

    shell = []
    for loop, normal in faces:
        around = [directed(start, end) for start, end in zip(loop, loop[1:] + loop[:1], strict=True)]
        bound = file.add(f"FACE_OUTER_BOUND('',{file.add(f'EDGE_LOOP({_NO_NAME},({_listed(around)}))')},.T.)")
        along = _unit(corners[loop[0]], corners[loop[1]])
        plane = file.add(f"PLANE('',{_placement(file, corners[loop[0]], normal, along)})")
        shell.append(file.add(f"ADVANCED_FACE('',({bound}),{plane},.T.)"))
    return file.add(f"MANIFOLD_SOLID_BREP('',{file.add(f'CLOSED_SHELL({_NO_NAME},({_listed(shell)}))')})")


def _style(file: _File, solid: str, colour: Colour) -> str:
    rgb = file.add(f"COLOUR_RGB('',{','.join(_number(part) for part in colour)})")
    area = file.add(f"FILL_AREA_STYLE('',({file.add(f'FILL_AREA_STYLE_COLOUR({_NO_NAME},{rgb})')}))")
    side = file.add(f"SURFACE_SIDE_STYLE('',({file.add(f'SURFACE_STYLE_FILL_AREA({area})')}))")
    usage = file.add(f"SURFACE_STYLE_USAGE(.BOTH.,{side})")
    return file.add(f"STYLED_ITEM('color',({file.add(f'PRESENTATION_STYLE_ASSIGNMENT(({usage}))')}),{solid})")


def _placement(file: _File, origin: Vector, axis: Vector, reference: Vector) -> str:
    point = _triple(file, "CARTESIAN_POINT", origin)
    directions = (_triple(file, "DIRECTION", axis), _triple(file, "DIRECTION", reference))
    return file.add(f"AXIS2_PLACEMENT_3D('',{point},{','.join(directions)})")


def _triple(file: _File, kind: str, values: Vector) -> str:
    return file.add(f"{kind}('',({','.join(_number(value) for value in values)}))")


def _number(value: float) -> str:
    """A STEP real: it must have a decimal point. Adding 0 turns -0.0 into 0.0."""
    return repr(round(float(value), 6) + 0.0)


def _unit(start: Vector, end: Vector) -> Vector:
    dx, dy, dz = (b - a for a, b in zip(start, end, strict=True))
    length = math.hypot(dx, dy, dz)
    return dx / length, dy / length, dz / length


def _listed(references: list[str]) -> str:
    return ",".join(references)
