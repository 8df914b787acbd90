"""MYOUNG BS-02-A1AJ010: through-hole holder for a CR2032. The tab end, on the right, is plus.

Pads and outline: faebryk/faebryk @657735bf, test board. The cell lies in the round part, 2.1 mm left of the middle
between the pins.
"""

import math

from hardware.footprints.bodies import Prism, box, round_outline
from hardware.footprints.drawing import COURTYARD, FAB, SILK, Circle, Footprint, Line, Pad, Text

_PIN_X = 10.0  # pins at +-10.0, test board
_PAD, _DRILL = 1.8, 1.2  # test board
BODY_X, BODY_RADIUS = -2.1, 11.1  # round part: centre and radius, test board
_TAB_X, _TAB_Y = 11.36, 3.8  # tab end, test board
CELL_RADIUS = 10.0  # CR2032, IEC 60086-2
_TAB_FROM = 8.33  # where the tab's edges leave the round part: BODY_X + sqrt(11.1^2 - 3.8^2)

_TAB = ((_TAB_FROM, -_TAB_Y), (_TAB_X, -_TAB_Y), (_TAB_X, _TAB_Y), (_TAB_FROM, _TAB_Y))

_MARGIN = 0.25  # IPC-7351 nominal


def _courtyard() -> tuple[tuple[float, float], ...]:
    """Round part and tab with a margin: an arc in steps of ten degrees, closed by the tab's corners."""
    radius, tab_y = BODY_RADIUS + _MARGIN, _TAB_Y + _MARGIN
    first = math.degrees(math.asin(tab_y / radius))
    angles = [first, *range(30, 331, 10), 360 - first]
    round_part = [(BODY_X + radius * math.cos(math.radians(a)), radius * math.sin(math.radians(a))) for a in angles]
    tab = [(_TAB_X + _MARGIN, -tab_y), (_TAB_X + _MARGIN, tab_y)]
    return tuple((round(x, 3), round(y, 3)) for x, y in [*round_part, *tab])


HOLDER = Footprint(
    name="BatteryHolder_MYOUNG_BS-02-A1AJ010_CR2032",
    description="CR2032 holder MYOUNG BS-02-A1AJ010, through-hole, plus at the tab end",
    keywords="coin cell holder CR2032",
    pads=(
        Pad("1", -_PIN_X, 0, _PAD, _PAD, "circle", _DRILL),
        Pad("2", +_PIN_X, 0, _PAD, _PAD, "circle", _DRILL),
    ),
    shapes=(
        Circle(FAB, BODY_X, 0, BODY_RADIUS),
        Line(FAB, _TAB),
        Circle(FAB, BODY_X, 0, CELL_RADIUS),
        Line(SILK, _TAB),
        Text(SILK, "+", 7.6, 0, 1.6),
        Text(SILK, "-", -7.4, 0, 1.6),
        Line(COURTYARD, _courtyard(), closed=True),
    ),
    reference_at=(0, -5),
    value_at=(0, 5),
    through_hole=True,
    model="holder.step",
)

# Heights from the board up. Only the total is from a source (5.4 to 5.6 mm for holders of this kind); the rest is to look at.
_PLASTIC, _STEEL, _CELL = (0.12, 0.12, 0.13), (0.55, 0.55, 0.52), (0.62, 0.62, 0.60)
_FLOOR_TOP, _CELL_TOP, _WALL_TOP, _CLIP_TOP = 1.2, 4.4, 4.0, 5.5  # the cell is 3.2 mm high, IEC 60086-2
_PIN_RADIUS, _PIN_END = 0.5, -3.0

BODY = (
    Prism(round_outline(BODY_X, 0, BODY_RADIUS), 0.0, _FLOOR_TOP, _PLASTIC),
    Prism(round_outline(BODY_X, 0, CELL_RADIUS), _FLOOR_TOP, _CELL_TOP, _CELL),
    Prism(box(_TAB_FROM, -_TAB_Y, _TAB_X, _TAB_Y), 0.0, _WALL_TOP, _PLASTIC),
    Prism(box(_TAB_FROM - 3.0, -2.0, _TAB_X, 2.0), _CELL_TOP, _CLIP_TOP, _STEEL),
    Prism(round_outline(-_PIN_X, 0, _PIN_RADIUS), _PIN_END, 0.0, _STEEL),
    Prism(round_outline(+_PIN_X, 0, _PIN_RADIUS), _PIN_END, 0.0, _STEEL),
)
