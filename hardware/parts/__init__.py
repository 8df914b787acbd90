"""Every part of the board, by name. Definitions stand in the modules beside this one."""

from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMA2718, LMV321
from hardware.parts.board_features import ANTENNA, PROGRAMMING_ROW, TEST_POINT
from hardware.parts.cell import CR2032, HOLDER
from hardware.parts.indicator import LED_RED
from hardware.parts.mcu import PY32F003
from hardware.parts.part import Part
from hardware.parts.passives import PASSIVES
from hardware.parts.radio import CI24R1, CRYSTAL_16M

PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        PY32F003,
        SC7A20HTR,
        CI24R1,
        CRYSTAL_16M,
        LMA2718,
        LMV321,
        LED_RED,
        HOLDER,
        CR2032,
        PROGRAMMING_ROW,
        TEST_POINT,
        ANTENNA,
        *PASSIVES,
    )
}
