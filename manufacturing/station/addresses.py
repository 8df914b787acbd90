"""BLE addresses that the maker gives: a first one, and the serial number added to it."""

import re
from dataclasses import dataclass

from hardware.errors import InputError

_ADDRESS = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}")
_STATIC = 0xC0 << 40  # a random address that stays: its two highest bits are set (Core 5.4, vol. 6 B 1.3.2.1)
_HALF_BITS = 24


@dataclass(frozen=True)
class Addresses:
    first: int

    def of(self, serial: int) -> str:
        """InputError once they are used up."""
        return _text(self._number(serial))

    def settings(self, serial: int) -> dict[str, int]:
        """As the firmware is told."""
        number = self._number(serial)
        half = (1 << _HALF_BITS) - 1
        return {"address_override": 1, "address_high": number >> _HALF_BITS, "address_low": number & half}

    def _number(self, serial: int) -> int:
        number = self.first + serial
        if number >> 48:
            raise InputError(f"there is no address {serial} above {_text(self.first)}: begin with a lower one")
        return number


def parse(text: str) -> Addresses:
    """InputError if it is no static random address."""
    upper = text.strip().upper()
    number = int(upper.replace(":", ""), 16) if _ADDRESS.fullmatch(upper) else 0
    if number & _STATIC != _STATIC:
        raise InputError(f"{text!r} is no static random address: write one from C0:00:00:00:00:00 on")
    return Addresses(number)


def _text(number: int) -> str:
    return number.to_bytes(6, "big").hex(":").upper()
