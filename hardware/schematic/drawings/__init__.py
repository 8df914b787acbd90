"""Where things stand on each page: one table per block, to be edited by hand. See `hardware.schematic.drawing`."""

from hardware.schematic.drawing import Drawing
from hardware.schematic.drawings import audio, mcu, motion, power, programming, radio

ORDER = ("power", "mcu", "motion", "radio", "audio", "programming")  # of the pages


def drawings() -> dict[str, Drawing]:
    """Tables by block."""
    return {module.DRAWING.block: module.DRAWING for module in (audio, mcu, motion, power, programming, radio)}
