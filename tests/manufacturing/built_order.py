"""What the tests of this folder share: one built order, and gerbonara's view of its zips."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from gerbonara import LayerStack

from hardware.netlist import Netlist
from manufacturing.order import Sources


@dataclass(frozen=True)
class Built:
    netlist: Netlist
    board: Path
    panel: Path
    order: Path

    @property
    def sources(self) -> Sources:
        return Sources(self.netlist, self.board, self.panel, self.order.parent / "open.md")


def opened(path: Path) -> LayerStack:
    """A gerbers.zip as gerbonara reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LayerStack.open(path)
