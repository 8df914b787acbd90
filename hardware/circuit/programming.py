"""Row of pads for the production fixture and for the maker's programmer. 3.3 V at most, cell taken out."""

from skidl import Net

from hardware.circuit.placing import Block


def programming(block: Block, nets: dict[str, Net]) -> None:
    """`nets` maps the names of the row's pads to nets."""
    block.place("programming_pads", "J1", **nets)
