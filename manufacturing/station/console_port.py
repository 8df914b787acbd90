"""A link as the console's client wants its port: the link's own timeout stays, and what goes wrong with it is a LinkError."""

from firmware.console import BAUD
from manufacturing.station.link import Link


class ConsolePort:
    def __init__(self, link: Link) -> None:
        self._link = link
        self.timeout: float | None = 0.5
        self.baudrate = BAUD

    def read(self, size: int = 1, /) -> bytes:
        return self._link.read(size, self.timeout or 0.0)

    def write(self, data: bytes, /) -> None:
        self._link.write(data)

    def reset_input_buffer(self) -> None:
        self._link.drop_input()
