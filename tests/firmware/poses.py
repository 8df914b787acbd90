"""Motion that the model by hand knows: a board that lies flat, stands, hangs between or is shaken."""

import math
from dataclasses import dataclass

from hardware.virtual_board.motion import Vector
from hardware.virtual_board.ticks import Ticks, to_seconds

UNKNOWN, SHAKEN, UPRIGHT, FLAT = range(4)
SHAKE_HZ, SHAKE_G = 3.0, 0.8

POSES: dict[int, Vector] = {
    UNKNOWN: (0.5, math.sqrt(0.5), 0.5),
    SHAKEN: (0.0, 0.0, 1.0),
    UPRIGHT: (1.0, 0.0, 0.0),
    FLAT: (0.0, 0.0, 1.0),
}


@dataclass(frozen=True)
class Poses:
    """The class whose pose begins at each of these times; the last one stays."""

    begins: tuple[tuple[float, int], ...]

    def acceleration_g(self, now: Ticks) -> Vector:
        time_s = to_seconds(now)
        pose = [pose for begin_s, pose in self.begins if begin_s <= time_s][-1]
        x, y, z = POSES[pose]
        return x, y, z + (SHAKE_G * math.sin(2 * math.pi * SHAKE_HZ * time_s) if pose == SHAKEN else 0.0)


def poses(*begins: tuple[float, int]) -> Poses:
    return Poses(begins)


@dataclass(frozen=True)
class Still:
    """A board that does not move, with this force on it."""

    force_g: Vector

    def acceleration_g(self, now: Ticks) -> Vector:  # noqa: ARG002 - always the same
        return self.force_g
