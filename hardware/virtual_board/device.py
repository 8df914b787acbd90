"""What the virtual board asks of the model of a part.

A model is plain Python state: `copy.deepcopy` of it is its snapshot, so it holds no file, thread or callback. Pins are
named as in `hardware.parts`. Between two calls of `advance` nothing changes at its pins by itself.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Protocol

from hardware.virtual_board.ticks import Ticks


class Drive(Enum):
    """What a pin does to its net."""

    LOW = 0
    HIGH = 1
    OPEN = 2  # high impedance: an input, an open drain that is off, a part without supply


class Device(Protocol):
    """A part of the board."""

    def supply(self, volts: Mapping[str, float], now: Ticks) -> None:
        """Voltages at the supply pins, by pin name. Called at start and when one changes notably."""

    def input(self, pin: str, high: bool, now: Ticks) -> None:
        """The level on the net of a pin changed. Not called while the net floats."""

    def advance(self, now: Ticks) -> None:
        """Let time pass up to `now`, never backwards."""

    def next_event(self) -> Ticks | None:
        """When something will change at the pins without anything from outside; None for never."""

    def outputs(self) -> Mapping[str, Drive]:
        """What each output pin does at present."""

    def current_ua(self) -> Mapping[str, float]:
        """Present supply current by cause, in microampere, from the datasheet's figures."""


class I2cTarget(Protocol):
    """A device on the I2C bus, seen by transfers. The wiring calls it only if its SCL and SDA reach the controller's."""

    def i2c_start(self, address: int, read: bool, now: Ticks) -> bool:
        """START or repeated START with a 7 bit address; True to acknowledge."""

    def i2c_write(self, byte: int, now: Ticks) -> bool:
        """A byte from the controller; True to acknowledge."""

    def i2c_read(self, now: Ticks) -> int:
        """The next byte to the controller."""

    def i2c_stop(self, now: Ticks) -> None:
        """STOP."""
