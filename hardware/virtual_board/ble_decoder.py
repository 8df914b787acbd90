"""A BLE advertising channel receiver: from bits on air to the advertising PDU, and on to what Home Assistant shows.

It shares no code with the firmware or with the model of the radio. Source: Bluetooth Core Specification 5.4, volume 6
part B: access address 2.1.2, PDU 2.3, CRC 3.1.1, whitening 3.2; AdvData: volume 3 part C section 11.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ACCESS_ADDRESS = 0x8E89BED6
CHANNEL_OF_RF_CH = {2: 37, 26: 38, 80: 39}  # 2402, 2426 and 2480 MHz
HEADER_BYTES = 2
ADDRESS_BYTES = 6
CRC_BYTES = 3
ADV_DATA_MAX_BYTES = 31
PDU_TYPES = {
    0: "ADV_IND",
    1: "ADV_DIRECT_IND",
    2: "ADV_NONCONN_IND",
    3: "SCAN_REQ",
    4: "SCAN_RSP",
    5: "CONNECT_IND",
    6: "ADV_SCAN_IND",
}
WITH_ADV_DATA = ("ADV_IND", "ADV_NONCONN_IND", "SCAN_RSP", "ADV_SCAN_IND")


class NoPacket(Exception):
    """The bits are no BLE advertising packet. The message says why."""


@dataclass(frozen=True)
class Advertisement:
    """An advertising PDU. `address` is most significant byte first, as it is written: "C0:11:22:33:44:55"."""

    channel: int
    kind: str
    random_address: bool
    address: str
    data: bytes


@dataclass(frozen=True)
class Structure:
    """One AD structure of AdvData."""

    kind: int
    data: bytes


def decode(bits: bytes, rf_channel: int, rate_bps: int = 1_000_000) -> Advertisement:
    """The PDU in `bits` (0 and 1 in the order on air). `rf_channel`: carrier in MHz above 2400. Raises NoPacket."""
    if rate_bps != 1_000_000:
        raise NoPacket(f"sent at {rate_bps} bit/s, and BLE advertises at 1000000 bit/s")
    if rf_channel not in CHANNEL_OF_RF_CH:
        raise NoPacket(f"sent at {2400 + rf_channel} MHz, and BLE advertises at 2402, 2426 and 2480 MHz")
    channel = CHANNEL_OF_RF_CH[rf_channel]
    whitened = _after_access_address(bits)
    clear = bytes(bit ^ white for bit, white in zip(whitened, whitening(channel), strict=False))
    if len(clear) < 8 * HEADER_BYTES:
        raise NoPacket(f"only {len(clear)} bits follow the access address, not even a header")
    length = _bytes(clear[8 : 8 * HEADER_BYTES])[0] & 0x3F
    needed = HEADER_BYTES + length + CRC_BYTES
    if len(clear) < 8 * needed:
        raise NoPacket(f"its header announces {needed} bytes and {len(clear) // 8} follow the access address")
    pdu_bits = clear[: 8 * (HEADER_BYTES + length)]
    sent = clear[len(pdu_bits) : 8 * needed]
    expected = crc24(pdu_bits)
    if sent != expected:
        raise NoPacket(f"CRC is {_bytes(sent).hex()}, and {_bytes(expected).hex()} is right for channel {channel}")
    return _advertisement(channel, _bytes(pdu_bits))


def _after_access_address(bits: bytes) -> bytes:
    pattern = bytes(ACCESS_ADDRESS >> place & 1 for place in range(32))
    at = bits.find(pattern)
    if at < 0:
        raise NoPacket(f"the access address 0x{ACCESS_ADDRESS:08X} is not in its {len(bits)} bits")
    preamble = bytes([0, 1] * 4)  # alternates, and begins as the access address does
    if bits[max(0, at - 8) : at] != preamble:
        raise NoPacket("no preamble of eight alternating bits precedes its access address")
    return bits[at + len(pattern) :]


def _advertisement(channel: int, pdu: bytes) -> Advertisement:
    kind = PDU_TYPES.get(pdu[0] & 0x0F)
    if kind not in WITH_ADV_DATA:
        raise NoPacket(f"its PDU type {pdu[0] & 0x0F} ({kind or 'reserved'}) carries no advertising data")
    body = pdu[HEADER_BYTES:]
    if len(body) < ADDRESS_BYTES:
        raise NoPacket(f"its {len(body)} bytes hold no advertiser address")
    data = body[ADDRESS_BYTES:]
    if len(data) > ADV_DATA_MAX_BYTES:
        raise NoPacket(f"its advertising data has {len(data)} bytes, and {ADV_DATA_MAX_BYTES} is the most")
    return Advertisement(channel, kind, bool(pdu[0] & 0x40), body[ADDRESS_BYTES - 1 :: -1].hex(":").upper(), data)


def whitening(channel: int) -> Iterator[int]:
    """The endless whitening sequence of a channel: x^7 + x^4 + 1, position 0 set to one, 1 to 6 to the channel."""
    positions = [1, *(channel >> place & 1 for place in range(5, -1, -1))]
    while True:
        out = positions[6]
        yield out
        positions = [out, *positions[:6]]
        positions[4] ^= out


def crc24(bits: Iterable[int], preset: int = 0x555555) -> bytes:
    """CRC bits of a PDU in the order on air: x^24+x^10+x^9+x^6+x^4+x^3+x+1, position 0 of the register in bit 0."""
    register = preset
    for bit in bits:
        carry = register >> 23 ^ bit
        register = register << 1 & 0xFFFFFF ^ (0x00065B if carry else 0)
    return bytes(register >> place & 1 for place in range(23, -1, -1))


def _bytes(bits: bytes) -> bytes:
    """Bytes are sent least significant bit first."""
    return bytes(sum(bits[at + place] << place for place in range(8)) for at in range(0, len(bits) - 7, 8))


def structures(data: bytes) -> list[Structure]:
    """AdvData cut into its AD structures. A length of zero ends it early. Raises NoPacket if the last one is cut off."""
    found = []
    at = 0
    while at < len(data) and data[at]:
        end = at + 1 + data[at]
        if end > len(data):
            raise NoPacket(f"the AD structure at byte {at} announces {data[at]} bytes and {len(data) - at - 1} follow")
        found.append(Structure(kind=data[at + 1], data=data[at + 2 : end]))
        at = end
    return found
