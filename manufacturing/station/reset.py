"""Ways to bring a chip into its boot ROM. BOOT0 is looked at when a reset ends: high means the ROM."""

import contextlib
from collections.abc import Callable
from typing import Protocol

from firmware.console import BAUD as CONSOLE_BAUD
from firmware.console import Console, ConsoleError
from manufacturing.station.console_port import ConsolePort
from manufacturing.station.link import Link

_RECHARGED_S = 0.03  # 100 nF at NRST and the pull-up of 30 to 70 kOhm, four times over
_STARTED_S = 0.02  # the pulse of that length again, and the start of the ROM


class Reset(Protocol):
    @property
    def repeats(self) -> bool:
        """Whether it works at any moment, by itself."""

    @property
    def advice(self) -> str:
        """What a person can do if the ROM does not answer after it."""

    def into_rom(self, link: Link) -> None: ...

    def into_firmware(self, link: Link) -> bool:
        """False if it cannot: then the ROM has to start it."""


class ModemLines:
    """RTS drives BOOT0, DTR through 100 nF a pulse at NRST; both are low on the line when active."""

    repeats = True
    advice = "check the fixture's contacts, DTR and RTS, and the cell"

    def into_rom(self, link: Link) -> None:
        self._pulse(link, boot0=True)

    def into_firmware(self, link: Link) -> bool:
        self._pulse(link, boot0=False)
        return True

    def _pulse(self, link: Link, boot0: bool) -> None:
        link.set_lines(rts=not boot0, dtr=False)
        link.wait(_RECHARGED_S)
        link.set_lines(dtr=True)
        link.wait(_STARTED_S)


class ByHand:
    """`ask` shows a sentence and returns when the person has done it."""

    repeats = False
    advice = "check TX, RX and ground, hold BOOT0 high, take NRST low for a moment, and try again"

    def __init__(self, ask: Callable[[str], None]) -> None:
        self._ask = ask

    def into_rom(self, link: Link) -> None:
        self._ask(f"{link.name}: hold BOOT0 at VDD, take NRST to ground for a moment (or refit the cell), then press Enter")

    def into_firmware(self, link: Link) -> bool:  # noqa: ARG002 - of the protocol
        return False


class ByConsole:
    """The firmware's command `bootloader`. If it does not answer, the chip may be in its ROM already."""

    repeats = False
    advice = "no firmware may be left to ask: hold BOOT0 high while the board starts, and flash with --reset hand"

    def into_rom(self, link: Link) -> None:
        link.set_speed(CONSOLE_BAUD)
        with contextlib.suppress(ConsoleError):
            Console(ConsolePort(link), timeout_s=0.5).request("bootloader")
        link.wait(_STARTED_S)

    def into_firmware(self, link: Link) -> bool:  # noqa: ARG002 - of the protocol
        return False
