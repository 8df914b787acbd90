"""Which records are meant, in values and as a person says it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hardware.errors import InputError
from manufacturing.station.records.record import Verdict

_SERIAL_DIGITS = 10  # a unique ID has more, and they may all be decimal


@dataclass(frozen=True)
class Selection:
    """What is None does not matter."""

    batch: str | None = None
    verdict: Verdict | None = None
    since: datetime | None = None  # by when they finished
    station: str | None = None
    serial: int | None = None
    uid: str | None = None
    newest: int | None = None  # only that many, the last ones


EVERY = Selection()


def of_unit(text: str) -> Selection:
    """By serial number or unique ID."""
    is_serial = text.isdecimal() and len(text) <= _SERIAL_DIGITS
    return Selection(serial=int(text)) if is_serial else Selection(uid=text.lower())


def since(text: str) -> datetime | None:
    """In UTC if no zone is said; None for "". InputError if it is no time."""
    try:
        time = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"--since is {text!r}: write YYYY-MM-DD or YYYY-MM-DDTHH:MM, in UTC") from None
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time
