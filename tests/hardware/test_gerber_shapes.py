"""Every kind of drawing that a gerber file may hold becomes the right shape."""

import math

import pytest
import shapely
from gerbonara import GerberFile

from hardware.gerbers import shapes

_HEAD = "%FSLAX46Y46*%\n%MOMM*%\n%LPD*%\nG01*\n"
_WITHIN = 0.005  # circles are drawn as polygons inside them


def image(body: str) -> list[shapely.Polygon]:
    return shapes.image(GerberFile.from_string(f"{_HEAD}{body}M02*\n"))


def area(body: str) -> float:
    return sum(polygon.area for polygon in image(body))


@pytest.mark.parametrize(
    ("aperture", "expected"),
    [
        ("C,2.0", math.pi),
        ("R,2.0X1.0", 2.0),
        ("O,2.0X1.0", 1.0 + math.pi / 4),
        ("P,2.0X6", 6 * math.sqrt(3) / 4),
        ("C,2.0X1.0", math.pi * 0.75),  # a ring
    ],
)
def test_flashed_apertures(aperture: str, expected: float) -> None:
    assert area(f"%ADD10{aperture}*%\nD10*\nX5000000Y3000000D03*\n") == pytest.approx(expected, rel=_WITHIN)


def test_a_track_has_round_ends() -> None:
    assert area("%ADD10C,0.2*%\nD10*\nX0Y0D02*\nX3000000Y4000000D01*\n") == pytest.approx(1.0 + math.pi * 0.01, rel=_WITHIN)


@pytest.mark.parametrize(("direction", "sweep"), [("G03", 0.25), ("G02", 0.75)])
def test_an_arc_is_a_band_on_its_circle(direction: str, sweep: float) -> None:
    """From (1, 0) to (0, 1) about the origin."""
    drawn = area(f"%ADD10C,0.1*%\nD10*\nG75*\nX1000000Y0D02*\n{direction}*\nX0Y1000000I-1000000J0D01*\n")
    assert drawn == pytest.approx(2 * math.pi * sweep * 0.1 + math.pi * 0.05**2, rel=_WITHIN)


def test_a_full_circle_ends_where_it_starts() -> None:
    drawn = area("%ADD10C,0.1*%\nD10*\nG75*\nX1000000Y0D02*\nG03*\nX1000000Y0I-1000000J0D01*\n")
    assert drawn == pytest.approx(2 * math.pi * 0.1, rel=_WITHIN)


def test_a_region_may_have_arcs() -> None:
    """A quarter of a disc."""
    drawn = area("G36*\nG75*\nX0Y0D02*\nX1000000Y0D01*\nG03*\nX0Y1000000I-1000000J0D01*\nG01*\nX0Y0D01*\nG37*\n")
    assert drawn == pytest.approx(math.pi / 4, rel=_WITHIN)


def test_a_region_with_a_slit_has_a_hole() -> None:
    """A square of 4 with a hole of 2, joined to the rim by a slit of no width, as KiCad writes pours."""
    points = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 1), (1, 1), (1, 3), (3, 3), (3, 1), (1, 1), (0, 1), (0, 0)]
    path = "".join(f"X{x}000000Y{y}000000D0{1 if i else 2}*\n" for i, (x, y) in enumerate(points))
    (polygon,) = image(f"G36*\n{path}G37*\n")
    assert polygon.area == pytest.approx(12.0)
    assert not polygon.covers(shapely.Point(2, 2))


@pytest.mark.parametrize("degrees", [0, 30, 90, 200])
def test_a_turned_macro(degrees: int) -> None:
    """A bar of 4 x 1 to the right of the origin, turned about it; rotation is counter-clockwise."""
    (polygon,) = image(f"%AMBAR*21,1,4.0,1.0,3.0,0,{degrees}*%\n%ADD10BAR*%\nD10*\nX0Y0D03*\n")
    angle = math.radians(degrees)
    assert polygon.area == pytest.approx(4.0)
    assert polygon.covers(shapely.Point(4.9 * math.cos(angle), 4.9 * math.sin(angle)))


def test_kicads_macro_of_a_rounded_rectangle() -> None:
    macro = (
        "%AMRR*4,1,4,$2,$3,$4,$5,$6,$7,$8,$9,$2,$3,0*\n1,1,$1+$1,$2,$3*\n1,1,$1+$1,$4,$5*\n1,1,$1+$1,$6,$7*\n1,1,$1+$1,$8,$9*\n"
    )
    sides = "".join(
        f"20,1,$1+$1,${a},${a + 1},${b},${b + 1},0*{'%' if a == 8 else ''}\n" for a, b in ((2, 4), (4, 6), (6, 8), (8, 2))
    )
    use = "%ADD10RR,0.1X-0.4X-0.2X0.4X-0.2X0.4X0.2X-0.4X0.2X0*%\nD10*\nX0Y0D03*\n"
    assert area(macro + sides + use) == pytest.approx(1.0 * 0.6 - (4 - math.pi) * 0.01, rel=_WITHIN)


def test_clear_objects_take_away_what_came_before_them_only() -> None:
    """A square; a clear bar cuts it in two; a dark bar drawn later stays whole."""
    square = "%ADD10R,4.0X4.0*%\n%ADD11R,4.0X1.0*%\n%ADD12R,0.5X4.0*%\nD10*\nX0Y0D03*\n"
    cut = square + "%LPC*%\nD11*\nX0Y0D03*\n"
    assert [polygon.area for polygon in image(cut)] == pytest.approx([6.0, 6.0])
    assert [polygon.area for polygon in image(f"{cut}%LPD*%\nD12*\nX0Y0D03*\n")] == pytest.approx([12.5])


def test_a_hole_in_an_aperture_lets_earlier_copper_show() -> None:
    """A ring flashed on a square takes nothing away from it."""
    assert area("%ADD10R,4.0X4.0*%\n%ADD11C,2.0X1.0*%\nD10*\nX0Y0D03*\nD11*\nX0Y0D03*\n") == pytest.approx(16.0)


def test_an_outline_with_a_cut_out() -> None:
    def ring(low: int, high: int) -> str:
        corners = ((low, low), (high, low), (high, high), (low, high), (low, low))
        return "".join(f"X{x}000000Y{y}000000D0{1 if i else 2}*\n" for i, (x, y) in enumerate(corners))

    outline = shapes.outline(GerberFile.from_string(f"{_HEAD}%ADD10C,0.1*%\nD10*\n{ring(0, 10)}{ring(4, 6)}M02*\n"))
    assert outline.area == pytest.approx(96.0)
    assert outline.bounds == (0, 0, 10, 10)


def test_an_outline_that_does_not_close_encloses_nothing() -> None:
    lines = "X0Y0D02*\nX10000000Y0D01*\nX10000000Y10000000D01*\n"
    assert shapes.outline(GerberFile.from_string(f"{_HEAD}%ADD10C,0.1*%\nD10*\n{lines}M02*\n")).is_empty
