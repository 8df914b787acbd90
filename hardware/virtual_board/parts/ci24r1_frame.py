"""What the Ci24R1 puts on air for one payload.

Frame of the nRF24L01+ without automatic acknowledgement (product specification 1.0, section 7.10, "ShockBurst"): preamble
that alternates with the first bit of the address, address with its most significant byte first, payload in the order it
was written, optional checksum over address and payload; all bytes most significant bit first.
"""

from dataclasses import dataclass

from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks


@dataclass(frozen=True)
class Packet:
    """A transmission. The carrier is at 2400 MHz + `rf_channel`. `bits` holds 0 and 1 in the order on air, preamble first."""

    start: Ticks
    rf_channel: int
    rate_bps: int
    power_dbm: int
    bits: bytes

    @property
    def end(self) -> Ticks:
        return self.start + len(self.bits) * TICKS_PER_SECOND // self.rate_bps


def on_air(address: bytes, payload: bytes, crc_bytes: int) -> bytes:
    """Bits of a frame. `address` is least significant byte first, as in the register; `crc_bytes` is 0, 1 or 2."""
    covered = address[::-1] + payload
    preamble = b"\xaa" if covered[0] & 0x80 else b"\x55"
    return _bits(preamble + covered + _checksum(covered, crc_bytes))


def _bits(data: bytes) -> bytes:
    return bytes(byte >> place & 1 for byte in data for place in range(7, -1, -1))


def _checksum(covered: bytes, crc_bytes: int) -> bytes:
    """x^8+x^2+x+1 from 0xFF, or x^16+x^12+x^5+1 from 0xFFFF (section 7.3.5); none if `crc_bytes` is 0."""
    if crc_bytes == 0:
        return b""
    width, polynomial = (8, 0x07) if crc_bytes == 1 else (16, 0x1021)
    mask = (1 << width) - 1
    crc = mask
    for bit in _bits(covered):
        carry = crc >> (width - 1) ^ bit
        crc = crc << 1 & mask ^ (polynomial if carry else 0)
    return crc.to_bytes(crc_bytes, "big")
