"""The panel in which JLCPCB makes and assembles the board: how many, how they hang together, what stands on the rails."""

import math
from dataclasses import dataclass

from hardware.errors import InputError
from hardware.layout import outline
from hardware.revision import REVISION


@dataclass(frozen=True)
class Fiducial:
    """A mark for the placement machine: on the left or right rail, so far from the panel's top or bottom edge."""

    right: bool
    bottom: bool
    along_mm: float


@dataclass(frozen=True)
class PanelDesign:
    """A panel as data, in mm. Sources: JLCPCB help articles 48 (2023-07-25), 2061 (2024-05-11), on mouse bites."""

    # Grid. Standard assembly takes panels of 70 x 70 mm and more; up to 150 x 150 mm they stay stiff in the oven.
    least_mm: float = 70.0
    most_mm: float = 150.0
    gap_mm: float = 2.0  # routed with a 2 mm cutter, JLCPCB: 1.6 or 2

    # Rails left and right, so that boards keep their orientation and all tabs are on the boards' long sides: the short
    # ones are the antenna, which a burr detunes, and the programming row.
    rail_mm: float = 5.0

    # Bridges on both long sides, their middles from the board's top edge: clear of the antenna (above 6 mm), of the
    # ceramic capacitors and of both MEMS parts, which bending could crack.
    tabs_mm: tuple[float, ...] = (9.5, 20.0)
    tab_mm: float = 4.0
    mill_radius_mm: float = 1.0  # what a 2 mm cutter leaves in inner corners
    bites: int = 5  # JLCPCB: 5 to 8 holes
    bite_drill_mm: float = 0.6  # leaves 0.4 mm between holes, JLCPCB: 0.35 to 0.4
    # Holes reach 0.2 mm into the board: the stub stays inside its outline, copper (0.4 mm from the edge) 0.2 mm away.
    bite_outside_mm: float = 0.1

    # Article 48 asks for 3.35 mm between the panel's edge and the fiducial, whose radius is 0.5 mm; article 2061 for
    # 3.58 mm, by its drawing to the centre: 3.85 mm keeps both, and the 2 mm opening stays on the 5 mm rail.
    fiducial_copper_mm: float = 1.0
    fiducial_opening_mm: float = 2.0
    fiducial_edge_mm: float = 3.85
    # Three, not in a rectangle: a panel put in the wrong way round is seen.
    fiducials: tuple[Fiducial, ...] = (Fiducial(False, False, 12.0), Fiducial(False, True, 12.0), Fiducial(True, True, 12.0))

    tooling_drill_mm: float = 2.0  # in all four corners
    tooling_edge_mm: float = 2.5  # on the middle of the rail
    tooling_along_mm: float = 5.0

    text_mm: float = 1.5
    title: str = f"DOLLAR TinyML rev {REVISION}"

    @property
    def columns(self) -> int:
        return _most(self.most_mm - 2 * (self.rail_mm + self.gap_mm), outline.WIDTH_MM, self.gap_mm)

    @property
    def rows(self) -> int:
        return _most(self.most_mm, outline.HEIGHT_MM, self.gap_mm)

    @property
    def boards(self) -> int:
        return self.rows * self.columns

    @property
    def width_mm(self) -> float:
        return _length(self.columns, outline.WIDTH_MM, self.gap_mm) + 2 * (self.rail_mm + self.gap_mm)

    @property
    def height_mm(self) -> float:
        return _length(self.rows, outline.HEIGHT_MM, self.gap_mm)

    def panels(self, boards: int) -> int:
        """Panels to order for so many boards."""
        return math.ceil(boards / self.boards)


PANEL = PanelDesign()


def check(design: PanelDesign) -> None:
    """InputError if JLCPCB would refuse the panel's size."""
    for name, length in (("wide", design.width_mm), ("high", design.height_mm)):
        if not design.least_mm <= length <= design.most_mm:
            raise InputError(
                f"manufacturing/panel.py: the panel is {length:g} mm {name}, not {design.least_mm:g} to {design.most_mm:g}: "
                "correct its limits or the board's outline"
            )


def _most(space_mm: float, item_mm: float, gap_mm: float) -> int:
    """How many fit; at least one."""
    return max(1, math.floor((space_mm + gap_mm) / (item_mm + gap_mm)))


def _length(count: int, item_mm: float, gap_mm: float) -> float:
    return count * item_mm + (count - 1) * gap_mm
