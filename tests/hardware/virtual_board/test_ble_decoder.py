"""The receiver against published vectors and against an encoder written here in another way: with integers and tables."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.virtual_board.ble_decoder import NoPacket, Structure, crc24, decode, structures, whitening
from hardware.virtual_board.bthome import bthome

RF_CH = {37: 2, 38: 26, 39: 80}
ADDRESS = bytes.fromhex("5544332211c0")  # C0:11:22:33:44:55 as sent


def bits_of(data: bytes) -> bytes:
    return bytes(byte >> place & 1 for byte in data for place in range(8))


def bytes_of(bits: bytes) -> bytes:
    return bytes(sum(bit << place for place, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8))


def crc_reflected(data: bytes) -> bytes:
    """CRC-24/BLE with a register that shifts right, as the catalogue of parametrised CRC algorithms has it."""
    register = 0xAAAAAA
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0xDA6000 if register & 1 else 0)
    return register.to_bytes(3, "little")


def whiten_reflected(channel: int, data: bytes) -> bytes:
    """The sequence by a Galois register of seven bits that shifts right, channel with bit 6 set."""
    register = 0x40 | channel
    register = int(f"{register:07b}"[::-1], 2)
    out = bytearray()
    for byte in data:
        for place in range(8):
            if register & 0x40:
                register ^= 0x08
                byte ^= 1 << place
            register = (register << 1 | register >> 6) & 0x7F
        out.append(byte)
    return bytes(out)


def encode(channel: int, pdu: bytes) -> bytes:
    return bits_of(b"\xaa" + bytes.fromhex("d6be898e") + whiten_reflected(channel, pdu + crc_reflected(pdu)))


def pdu(data: bytes, kind: int = 2) -> bytes:
    return bytes([0x40 | kind, 6 + len(data)]) + ADDRESS + data


def test_crc_is_the_published_one() -> None:
    """CRC-24/BLE of the catalogue of parametrised CRC algorithms: "123456789" gives 0xC25A56."""
    assert bytes_of(crc24(bits_of(b"123456789"))) == bytes.fromhex("c25a56")[::-1]


@pytest.mark.parametrize(
    ("channel", "published"),
    [(37, "8dd257a13da766b07531114896 77f8e3"), (38, "d6c5442059dee18f1ba5af427b4ecd60"), (39, "1f374a5f85f69c9ac1d6c544")],
)
def test_whitening_is_the_published_one(channel: int, published: str) -> None:
    expected = bytes.fromhex(published)
    assert bytes_of(bytes(islice(whitening(channel), 8 * len(expected)))) == expected


@settings(max_examples=60, deadline=None)
@given(channel=st.sampled_from([37, 38, 39]), data=st.binary(max_size=31), noise=st.lists(st.just(0), max_size=5))
def test_what_was_encoded_comes_back(channel: int, data: bytes, noise: list[int]) -> None:
    adv = decode(bytes(noise) + encode(channel, pdu(data)) + bytes(noise), RF_CH[channel])
    assert (adv.channel, adv.kind, adv.random_address) == (channel, "ADV_NONCONN_IND", True)
    assert (adv.address, adv.data) == ("C0:11:22:33:44:55", data)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=21), flip=st.integers(0, 10_000))
def test_any_wrong_bit_is_noticed(data: bytes, flip: int) -> None:
    air = bytearray(encode(38, pdu(data)))
    air[flip % len(air)] ^= 1
    with pytest.raises(NoPacket):
        decode(bytes(air), RF_CH[38])


@pytest.mark.parametrize(
    ("air", "rf_channel", "rate", "reason"),
    [
        (encode(37, pdu(b"")), 37, 1_000_000, "2437 MHz"),
        (encode(37, pdu(b"")), 2, 2_000_000, "2000000 bit/s"),
        (encode(37, pdu(b"")), 26, 1_000_000, "CRC is|announces"),
        (encode(37, pdu(b""))[:39], 2, 1_000_000, "access address 0x8E89BED6 is not"),
        (encode(37, pdu(b""))[:50], 2, 1_000_000, "not even a header"),
        (encode(37, pdu(b"abc"))[:-8], 2, 1_000_000, "announces 14 bytes and 13 follow"),
        (encode(37, pdu(b"")[:5].replace(b"\x06", b"\x03")), 2, 1_000_000, "no advertiser address"),
        (encode(37, pdu(b"", kind=3)), 2, 1_000_000, "SCAN_REQ"),
        (encode(37, pdu(b"", kind=9)), 2, 1_000_000, "reserved"),
        (encode(37, pdu(bytes(32))), 2, 1_000_000, "32 bytes, and 31 is the most"),
        (encode(37, pdu(b""))[8:], 2, 1_000_000, "no preamble"),
    ],
)
def test_the_reason_is_told(air: bytes, rf_channel: int, rate: int, reason: str) -> None:
    with pytest.raises(NoPacket, match=reason):
        decode(air, rf_channel, rate)


def test_structures_of_advertising_data() -> None:
    assert structures(bytes.fromhex("020106 0316d2fc 00 ff")) == [Structure(1, b"\x06"), Structure(0x16, b"\xd2\xfc")]
    with pytest.raises(NoPacket, match="at byte 3 announces 9 bytes and 2 follow"):
        structures(bytes.fromhex("020106 0916d2"))


def test_home_assistant_reads_a_bthome_beacon() -> None:
    """The example of the BTHome standard: temperature 25.00 and humidity 50.55 %; and packet id, battery, voltage."""
    example = decode(encode(37, pdu(bytes.fromhex("020106 0a16d2fc 40 02c409 03bf13"))), 2)
    assert bthome(example) == {"temperature": 25.0, "humidity": 50.55}
    ours = decode(encode(39, pdu(bytes.fromhex("020106 0b16d2fc 40 0007 015d 0cb80b"))), 80)
    assert bthome(ours) == {"packet_id": 7, "battery": 93, "voltage": 3.0}


def test_other_advertising_data_is_not_bthome() -> None:
    with pytest.raises(NoPacket, match="BTHome parser does not take"):
        bthome(decode(encode(37, pdu(bytes.fromhex("020106 0416d2fd40"))), 2))
