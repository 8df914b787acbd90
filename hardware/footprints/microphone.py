"""LMA2718T421-OA5-2: four pads, 2.75 x 1.85 x 0.9 mm, port in the lid.

Land pattern: Pollen Robotics RPI_Robot_HAT, a product with this order code (footprint MIC-SMD_4P-L2.8-W1.9-P1.84-TL);
the drawing of CUI's CMM-2718AT, same class, agrees within 0.03 mm. Seen from above: OUT top left, supply top right.
"""

from hardware.footprints.bodies import Prism, box, round_outline
from hardware.footprints.drawing import COURTYARD, FAB, SILK, Circle, Footprint, Line, Pad, rectangle

_PAD_X, _PAD_Y = 0.53, 0.99  # pad centres, land pattern
_PAD = 0.60  # pad side, land pattern
_BODY_X, _BODY_Y = 0.925, 1.375  # half of 1.85 x 2.75, JLCPCB catalogue of C7587901
_BODY_HEIGHT = 0.9  # JLCPCB catalogue of C7587901
_PORT_X, _PORT_Y, _PORT_RADIUS = 0.0, 0.3, 0.2
_COURTYARD_X, _COURTYARD_Y = 1.20, 1.65  # body and pads + 0.25, IPC-7351 nominal

MICROPHONE = Footprint(
    name="Microphone_LMA2718_2.75x1.85mm",
    description="MEMS microphone LinkMEMS LMA2718T421, top port, 2.75 x 1.85 x 0.9 mm",
    keywords="MEMS microphone analogue",
    pads=(
        Pad("1", -_PAD_X, -_PAD_Y, _PAD, _PAD),
        Pad("2", -_PAD_X, +_PAD_Y, _PAD, _PAD),
        Pad("3", +_PAD_X, +_PAD_Y, _PAD, _PAD),
        Pad("4", +_PAD_X, -_PAD_Y, _PAD, _PAD),
    ),
    shapes=(
        Line(
            FAB,
            (
                (-_BODY_X + 0.4, -_BODY_Y),  # bevel at pin 1
                (_BODY_X, -_BODY_Y),
                (_BODY_X, _BODY_Y),
                (-_BODY_X, _BODY_Y),
                (-_BODY_X, -_BODY_Y + 0.4),
            ),
            closed=True,
        ),
        Circle(FAB, _PORT_X, _PORT_Y, _PORT_RADIUS),  # the port; its place on the lid was not found, it has no copper
        Line(SILK, ((-1.08, -0.4), (-1.08, 0.4))),
        Line(SILK, ((1.08, -0.4), (1.08, 0.4))),
        Circle(SILK, -1.28, -1.25, 0.1, filled=True),
        rectangle(COURTYARD, -_COURTYARD_X, -_COURTYARD_Y, _COURTYARD_X, _COURTYARD_Y),
    ),
    reference_at=(0, -2.3),
    value_at=(0, 2.4),
    model="microphone.step",
)

_SUBSTRATE_TOP = 0.2
_LAMINATE, _LID, _PORT = (0.20, 0.30, 0.20), (0.60, 0.60, 0.57), (0.05, 0.05, 0.05)

BODY = (
    Prism(box(-_BODY_X, -_BODY_Y, _BODY_X, _BODY_Y), 0.0, _SUBSTRATE_TOP, _LAMINATE),
    Prism(box(-_BODY_X + 0.05, -_BODY_Y + 0.05, _BODY_X - 0.05, _BODY_Y - 0.05), _SUBSTRATE_TOP, _BODY_HEIGHT, _LID),
    Prism(round_outline(_PORT_X, -_PORT_Y, _PORT_RADIUS), _BODY_HEIGHT, _BODY_HEIGHT + 0.005, _PORT),
)
