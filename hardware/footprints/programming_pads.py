"""Eight pads on a 2.54 mm grid with the middle place left out.

The gap leaves room for the cell holder's pin on the board's centre line and keys the fixture: a row of spring pins
does not fit turned around. 2.54 mm suits pin headers and clips; 1.6 mm wide pads leave 0.94 mm between them.
"""

from hardware.footprints.drawing import COURTYARD, FAB, SILK, Footprint, Line, Pad, rectangle
from hardware.parts.board_features import PROGRAMMING_PADS

PITCH = 2.54
_WIDTH, _HEIGHT = 1.6, 1.7
PLACES = (-4, -3, -2, -1, 1, 2, 3, 4)  # on the grid; 0 is the gap
_END = 4 * PITCH + _WIDTH / 2

PROGRAMMING_ROW = Footprint(
    name="ProgrammingPads_1x08_P2.54mm",
    description="Eight test pads at 2.54 mm with a gap in the middle",
    keywords="programming pogo pads",
    pads=tuple(
        Pad(str(number), round(place * PITCH, 3), 0, _WIDTH, _HEIGHT, "roundrect", paste=False)
        for number, (place, _) in enumerate(zip(PLACES, PROGRAMMING_PADS, strict=True), 1)
    ),
    shapes=(
        rectangle(FAB, -_END, -_HEIGHT / 2, _END, _HEIGHT / 2),
        Line(SILK, ((-_END, -_HEIGHT / 2 - 0.25), (-_END + _WIDTH, -_HEIGHT / 2 - 0.25))),  # bar above pad 1
        rectangle(COURTYARD, -_END - 0.1, -_HEIGHT / 2 - 0.1, _END + 0.1, _HEIGHT / 2 + 0.1),
    ),
    reference_at=(0, 0),
    value_at=(0, 0),
    bought=False,
)
