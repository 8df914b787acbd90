"""Why a unit did not pass. A code is the step's and the cause's: MIC-BIAS-LOW."""

from firmware import console
from manufacturing.station.flasher.failures import Cause
from manufacturing.station.link import LinkFault

STATION = "STATION"  # before the cause of what is the station's own fault

# The firmware's words for what the hardware did (firmware/src/hal/result.h); others stand as they are, without hyphens.
_OF_FIRMWARE = {"no-answer": "NOANSWER", "bus-stuck": "STUCK", "too-low": "TOOLOW"}

_OF_CONSOLE: tuple[tuple[type[console.ConsoleError], str], ...] = (
    (console.NoAnswer, "SILENT"),
    (console.Garbled, "GARBLED"),
    (console.Restarted, "RESET"),
)

_OF_FLASHER = {
    Cause.NO_ANSWER: "NOANSWER",
    Cause.WRONG_CHIP: "WRONGCHIP",
    Cause.READ_PROTECTED: "PROTECTED",
    Cause.WRITE_PROTECTED: "PROTECTED",
    Cause.REFUSED: "REFUSED",
    Cause.VERIFY: "VERIFY",
    Cause.OPTION_BYTES: "OPTIONS",
}

_OF_LINK = {LinkFault.NO_PORT: "NOPORT", LinkFault.BUSY: "PORTBUSY", LinkFault.GONE: "PORTGONE"}


class Failure(Exception):
    """The unit's fault. `cause` is the second part of the code."""

    def __init__(self, cause: str, text: str) -> None:
        super().__init__(text)
        self.cause = cause


class Skipped(Exception):
    """The fixture has not what the step needs, as it is configured."""


class StationFault(Exception):
    """The station's own: nothing is known of the unit."""

    def __init__(self, cause: str, text: str) -> None:
        super().__init__(text)
        self.code = f"{STATION}-{cause}"


def of_console(error: console.ConsoleError) -> Failure:
    if isinstance(error, console.Refused):
        cause = _OF_FIRMWARE.get(error.code, error.code.replace("-", "").upper())
        return Failure(cause if cause.isalnum() else "GARBLED", f"the firmware says {error}")
    cause = next((name for kind, name in _OF_CONSOLE if isinstance(error, kind)), "GARBLED")
    return Failure(cause, f"the unit's console: {error}")


def of_flasher(cause: Cause) -> str:
    return _OF_FLASHER[cause]


def of_link(fault: LinkFault) -> str:
    return _OF_LINK[fault]


def beyond(quantity: str, value: float | None, low: float | None, high: float | None) -> str:
    """The cause if the value is outside of its limits; "" if it is not. Equal limits allow one value: no direction."""
    name = quantity.replace("_", "").upper()
    if value is None:
        return f"{name}-MISSING"
    below, above = low is not None and value < low, high is not None and value > high
    if not (below or above):
        return ""
    return f"{name}-WRONG" if low == high else f"{name}-{'LOW' if below else 'HIGH'}"
