"""Whether a unit is in a position: its firmware answers, or else its boot ROM.

The firmware is asked first, and started again after the ROM was: a unit that is lifted while in its ROM empties its cell.
"""

import threading
import time
from collections.abc import Callable, Sequence

from firmware.console import BAUD, Console, ConsoleError
from manufacturing.station.console_port import ConsolePort
from manufacturing.station.flasher.failures import Trouble
from manufacturing.station.flasher.rom import Rom
from manufacturing.station.flasher.session import MODEST_BAUD
from manufacturing.station.link import Link, LinkError
from manufacturing.station.position import Position

_LOOK_S = 0.5
_SETTLED_S = 0.5  # after the first contact: the panel is still being pressed down
_ANSWER_S = 0.3
_HANGS_S = 5.0


def present(position: Position) -> bool:
    """False also of a port that is gone: whoever comes next is told."""
    try:
        with position.open() as link:
            return _firmware_answers(link) or _rom_answers(position, link)
    except LinkError:
        return False


def _firmware_answers(link: Link) -> bool:
    link.set_speed(BAUD)
    try:
        Console(ConsolePort(link), timeout_s=_ANSWER_S).request("config", "get", "serial")
    except ConsoleError:
        return False
    return True


def _rom_answers(position: Position, link: Link) -> bool:
    try:
        position.reset.into_rom(link)
        Rom(link, MODEST_BAUD).synchronise(tries=2)
        return True
    except Trouble:
        return False
    finally:
        position.reset.into_firmware(link)


def all_present(positions: Sequence[Position]) -> list[bool]:
    """All at once: each takes a while to be silent."""
    found = [False] * len(positions)

    def look(number: int) -> None:
        found[number] = present(positions[number])

    threads = [threading.Thread(target=look, args=(number,), daemon=True) for number in range(len(positions))]
    for thread in threads:
        thread.start()
    until = time.monotonic() + _HANGS_S
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))  # a position that hangs counts as empty
    return found


def wait_for_next(positions: Sequence[Position], tell: Callable[[str], None], wait: Callable[[float], None] = time.sleep) -> None:
    """Until the panel was lifted, and another one is there. Only where a reset needs no person."""
    tell("take the units out")
    while any(all_present(positions)):
        wait(_LOOK_S)
    tell("put the next ones in")
    while not any(all_present(positions)):
        wait(_LOOK_S)
    wait(_SETTLED_S)
