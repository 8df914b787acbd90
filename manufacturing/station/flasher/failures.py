"""Why a unit was not flashed. Faults of the port itself are LinkErrors."""

from enum import StrEnum

from hardware.errors import InputError


class Cause(StrEnum):
    NO_ANSWER = "no-answer"
    WRONG_CHIP = "wrong-chip"
    READ_PROTECTED = "read-protected"
    WRITE_PROTECTED = "write-protected"
    REFUSED = "refused"
    VERIFY = "verify-differs"
    OPTION_BYTES = "option-bytes"


class FlashError(InputError):
    """One sentence, with the mend. `address`: where, if the cause has a place."""

    def __init__(self, cause: Cause, text: str, address: int | None = None) -> None:
        super().__init__(text)
        self.cause = cause
        self.address = address


class Trouble(Exception):
    """The ROM did not answer as it should: the line may have damaged something, so trying again makes sense."""


class NoReply(Trouble):
    """Nothing came in time."""


class Garbled(Trouble):
    """Something came that is no answer."""


class Refused(Trouble):
    """It answered NACK: what it heard was damaged, or it will not do it."""
