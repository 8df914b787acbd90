"""Takes BLE packets from the bits on air, bit by bit as the figures of Bluetooth Core, Vol 6 Part B draw it.

Written independently of the firmware: other registers, other bit order, no bytes before the end.
"""


def radio_bits(data: bytes) -> list[int]:
    """A radio of the nRF24 kind sends each byte with its high bit first."""
    return [byte >> bit & 1 for byte in data for bit in range(7, -1, -1)]


def whitening(channel: int, count: int) -> list[int]:
    """Figure 3.5: position 0 is one, 1 to 6 the channel with its high bit first; out of position 6 into 0, and into 4."""
    position = [1, *(channel >> bit & 1 for bit in range(5, -1, -1))]
    out = []
    for _ in range(count):
        last = position[6]
        out.append(last)
        position = [last, *position[:6]]
        position[4] ^= last
    return out


def crc_bits(bits: list[int]) -> list[int]:
    """Figure 3.4: 24 positions start with 0x555555, position 23 is sent first."""
    position = [0x555555 >> i & 1 for i in range(24)]
    for bit in bits:
        common = position[23] ^ bit
        position = [0, *position[:23]]
        for tap in (0, 1, 3, 4, 6, 9, 10):
            position[tap] ^= common
    return position[::-1]


def octets(bits: list[int]) -> bytes:
    return bytes(sum(bit << i for i, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8))


def pdu(bits: list[int], channel: int) -> bytes | None:
    """The PDU at the beginning of these bits, None if its CRC is wrong or it does not fit."""
    plain = [bit ^ white for bit, white in zip(bits, whitening(channel, len(bits)), strict=True)]
    end = 8 * (2 + octets(plain[8:16])[0])
    if end + 24 > len(plain) or plain[end : end + 24] != crc_bits(plain[:end]):
        return None
    return octets(plain[:end])
