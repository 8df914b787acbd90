"""The advertising packet, taken from the air by an independent decoder."""

from random import Random

import pytest
from ble_air import crc_bits, octets, pdu, radio_bits
from host_c import load
from hypothesis import given
from hypothesis import strategies as st

FFI, C = load()
CHANNELS = st.sampled_from([37, 38, 39])

# The table of whitening bytes that public BLE receivers carry (among them BTLE by Jiao Xianjun), first row parts.
WHITENING = {
    37: [141, 210, 87, 161, 61, 167, 102, 176, 117, 49, 17, 72, 150, 119, 248, 227, 70, 233, 171, 208, 158, 83, 51, 216],
    38: [214, 197, 68, 32, 89, 222, 225, 143, 27, 165, 175, 66, 123, 78, 205, 96, 235, 98, 34, 144, 44, 239],
    39: [31, 55, 74, 95, 133, 246, 156, 154, 193, 214, 197, 68, 32, 89, 222, 225],
}


def payload(channel: int, address: bytes, data: bytes) -> bytes | None:
    out = FFI.new("uint8_t[]", b"\xee" * 33)  # one more than it may write, and the end that new() adds
    if not C.ble_payload(out, channel, address, data, len(data)):
        assert bytes(out)[:33] == b"\xee" * 33
        return None
    assert out[32] == 0xEE
    return bytes(out)[:32]


def static_address(unique_id: bytes) -> bytes:
    out = FFI.new("uint8_t[6]")
    C.ble_static_address(out, unique_id, len(unique_id))
    return bytes(out)


def test_crc24_has_the_catalogues_check_value() -> None:
    # CRC-24/BLE in the catalogue of parametrised CRC algorithms: 0xC25A56 for "123456789"
    assert C.crc24_ble(b"123456789", 9) == 0xC25A56
    assert octets(crc_bits(radio_bits(bytes(int(f"{b:08b}"[::-1], 2) for b in b"123456789")))) == bytes.fromhex("565ac2")


@pytest.mark.parametrize("channel", [37, 38, 39])
def test_whitening_is_the_published_sequence(channel: int) -> None:
    air = octets(radio_bits(payload(channel, bytes(6), b"") or b""))
    plain = bytes([0x42, 6, *bytes(6)])
    plain += C.crc24_ble(plain, 8).to_bytes(3, "little") + bytes(21)
    expected = WHITENING[channel]
    assert [a ^ p for a, p in zip(air, plain, strict=True)][: len(expected)] == expected


@given(CHANNELS, st.binary(min_size=6, max_size=6), st.binary(max_size=21))
def test_a_receiver_finds_the_pdu(channel: int, address: bytes, data: bytes) -> None:
    received = pdu(radio_bits(payload(channel, address, data) or b""), channel)
    assert received == bytes([0x42, 6 + len(data)]) + address + data


@given(CHANNELS, st.binary(max_size=21), st.integers(0, 87))
def test_a_receiver_rejects_a_wrong_bit(channel: int, data: bytes, wrong: int) -> None:
    bits = radio_bits(payload(channel, b"\x01\x02\x03\x04\x05\xc6", data) or b"")
    bits[wrong] ^= 1  # header, address and at least the CRC of an empty packet
    assert pdu(bits, channel) is None


def test_data_beyond_the_fifo_are_refused() -> None:
    assert payload(37, bytes(6), bytes(22)) is None


def test_the_radio_sends_the_access_address() -> None:
    written = bytes(C.BLE_RADIO_ADDRESS)
    on_air = radio_bits(written[::-1])  # the radio sends the byte that was written last first
    assert on_air == [0x8E89BED6 >> i & 1 for i in range(32)]


def test_channels_lie_between_the_wireless_lan() -> None:
    table = {entry.channel: 2400 + entry.rf_ch for entry in C.BLE_ADVERTISING_CHANNELS}
    assert table == {37: 2402, 38: 2426, 39: 2480}


@given(st.binary(min_size=12, max_size=16))
def test_the_address_is_random_static(unique_id: bytes) -> None:
    address = static_address(unique_id)
    assert address[5] >> 6 == 3
    random_part = int.from_bytes(address, "little") & (1 << 46) - 1
    assert 0 < random_part < (1 << 46) - 1
    assert static_address(unique_id) == address


def test_the_address_of_a_board_stays_with_every_firmware() -> None:
    # from the definitions of FNV-1a and of MurmurHash3's finaliser; Home Assistant knows a board by its address
    def hashed(salt: int, unique_id: bytes) -> int:
        state = 2166136261 ^ (salt * 2654435769 % 2**32)
        for byte in unique_id:
            state = (state ^ byte) * 16777619 % 2**32
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
            state = (state ^ state >> shift) * factor % 2**32
        return state

    for unique_id in (b"LOT12345\x01\x02\x03\x04", bytes(12), bytes(range(128))):
        number = hashed(1, unique_id) | (hashed(2, unique_id) & 0x3FFF | 0xC000) << 32
        assert static_address(unique_id) == number.to_bytes(6, "little")


def test_neighbours_on_a_wafer_have_unlike_addresses() -> None:
    ids = [b"LOT12345" + bytes([x, y, wafer, 0]) for x in range(40) for y in range(40) for wafer in range(1, 9)]
    addresses = [int.from_bytes(static_address(i), "little") for i in ids]
    assert len(set(addresses)) == len(ids)
    for bit in range(46):
        share = sum(address >> bit & 1 for address in addresses) / len(addresses)
        assert 0.47 < share < 0.53


def test_each_bit_of_the_id_turns_each_bit_of_the_address_half_the_time() -> None:
    random = Random(1)
    ids = [random.randbytes(12) for _ in range(400)]
    for bit in range(96):
        flipped = [(int.from_bytes(i, "little") ^ 1 << bit).to_bytes(12, "little") for i in ids]
        turned = [int.from_bytes(static_address(a), "little") ^ int.from_bytes(static_address(b), "little")
                  for a, b in zip(ids, flipped, strict=True)]  # fmt: skip
        shares = [sum(t >> out & 1 for t in turned) / len(turned) for out in range(46)]
        assert min(shares) > 0.35
        assert max(shares) < 0.65
