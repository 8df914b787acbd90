"""A link as the console's client wants its port: the link's own timeout stays, and what goes wrong with it is a LinkError."""

import math

from firmware.console import BAUD, NoAnswer
from manufacturing.station.link import Link


class ConsolePort:
    def __init__(self, link: Link) -> None:
        self._link = link
        self.timeout: float | None = 0.5
        self.baudrate = BAUD
        self._until = math.inf

    def give(self, seconds: float) -> None:
        """From now on: a unit that starts anew again and again never falls silent, and never answers."""
        self._until = self._link.clock() + seconds

    def read(self, size: int = 1, /) -> bytes:
        if self._link.clock() > self._until:
            raise NoAnswer("it talks without end, but does not answer")
        return self._link.read(size, self.timeout or 0.0)

    def write(self, data: bytes, /) -> None:
        self._link.write(data)

    def reset_input_buffer(self) -> None:
        self._link.drop_input()
