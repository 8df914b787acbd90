"""Which pin of the microcontroller has which alternate function at present."""

from collections.abc import Sequence
from dataclasses import dataclass

from hardware.parts.mcu_functions import PinFunction
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.signals import PortPin


@dataclass
class PinFunctions:
    """The chip's registers against the datasheet's table."""

    chip: Chip
    pins: Sequence[PortPin]
    table: tuple[PinFunction, ...]

    def __post_init__(self) -> None:
        by_name = {pin.name: pin for pin in self.pins}
        self._offers: dict[str, list[tuple[PortPin, int]]] = {}
        for offer in self.table:
            if offer.selector is not None and offer.pin in by_name:
                self._offers.setdefault(offer.name, []).append((by_name[offer.pin], offer.selector))
        self._having: dict[str, list[PortPin]] = {}  # as the registers are now

    def pins_changed(self) -> None:
        """Some pin may have another function now."""
        self._having.clear()

    def nets_with(self, function: str) -> set[str]:
        """Nets of the pins that have it."""
        return {pin.net for pin in self._with(function) if pin.net is not None}

    def pin_with(self, function: str) -> PortPin | None:
        """The first pin that has it."""
        found = self._with(function)
        return found[0] if found else None

    def _with(self, function: str) -> list[PortPin]:
        if function not in self._having:
            offers = self._offers.get(function, [])
            self._having[function] = [pin for pin, selector in offers if self.chip.function(pin.port, pin.bit) == selector]
        return self._having[function]
