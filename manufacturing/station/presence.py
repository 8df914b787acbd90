"""Whether a unit is in a position: its boot ROM answers."""

import threading
import time
from collections.abc import Callable, Sequence

from manufacturing.station.flasher.failures import Trouble
from manufacturing.station.flasher.rom import Rom
from manufacturing.station.flasher.session import MODEST_BAUD
from manufacturing.station.link import LinkError
from manufacturing.station.position import Position

_LOOK_S = 0.5
_SETTLED_S = 0.5  # after the first contact: the panel is still being pressed down


def present(position: Position) -> bool:
    """False also of a port that is gone: whoever comes next is told."""
    try:
        with position.open() as link:
            position.reset.into_rom(link)
            Rom(link, MODEST_BAUD).synchronise(tries=2)
            return True
    except (Trouble, LinkError):
        return False


def all_present(positions: Sequence[Position]) -> list[bool]:
    """All at once: each takes a while to be silent."""
    found = [False] * len(positions)

    def look(number: int) -> None:
        found[number] = present(positions[number])

    threads = [threading.Thread(target=look, args=(number,), daemon=True) for number in range(len(positions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5.0)  # a position that hangs counts as empty
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
