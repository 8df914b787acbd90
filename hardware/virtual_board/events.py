"""When something outside the chip next happens by itself: on the serial line, at the supply, in a part."""

from hardware.virtual_board import host_line
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.ticks import Ticks


def schedule(board: Assembly, now: Ticks) -> None:
    """Have `Outside.event` called then."""
    others = [board.supply.next_event(now), *[device.next_event() for device in board.devices.values()]]
    board.others_at = _earliest(others)
    board.chip.machine.schedule_outside(_earliest([board.others_at, *host_line.next_events(board, now)]))


def others_due(board: Assembly, now: Ticks) -> bool:
    """Supply or a part. An event comes some ticks late, between two instructions."""
    return board.others_at is not None and board.others_at <= now


def _earliest(moments: list[Ticks | None]) -> Ticks | None:
    return min([at for at in moments if at is not None], default=None)
