"""The advertising data, read by Home Assistant's parser."""

from typing import Any

from bthome_ble import BTHomeBluetoothDeviceData
from habluetooth import BluetoothServiceInfoBleak
from host_c import load
from hypothesis import given
from hypothesis import strategies as st

FFI, C = load()
UUID = "0000fcd2-0000-1000-8000-00805f9b34fb"


def encode(packet_id: int, battery: int, millivolt: int, classes: list[int]) -> bytes:
    readings = FFI.new("bthome_readings *")
    readings.packet_id, readings.battery_percent, readings.supply_mv = packet_id, battery, millivolt
    readings.class_count = len(classes)
    readings.classes = classes[:3]
    out = FFI.new("uint8_t[]", b"\xee" * 22)
    length = C.bthome_data(out, readings)
    assert length <= 21
    assert bytes(out)[length:22] == b"\xee" * (22 - length)
    return bytes(out)[:length]


def structures(data: bytes) -> dict[int, bytes]:
    """AD type -> content."""
    found = {}
    while data:
        length, kind = data[0], data[1]
        assert len(data) > length
        found[kind] = data[2 : length + 1]
        data = data[length + 1 :]
    return found


def decode(data: bytes) -> dict[str, Any]:
    service = structures(data)[0x16]
    info = BluetoothServiceInfoBleak(
        name="", address="C0:00:00:00:00:01", rssi=-60, manufacturer_data={}, service_data={UUID: service[2:]},
        service_uuids=[UUID], source="", device=None, advertisement=None, connectable=False, time=0, tx_power=None, raw=None,
    )  # fmt: skip
    update = BTHomeBluetoothDeviceData().update(info)
    return {key.key: value.native_value for key, value in update.entity_values.items()}


@given(st.integers(0, 255), st.integers(0, 100), st.integers(0, 65535), st.lists(st.integers(0, 255), max_size=3))
def test_home_assistant_reads_what_was_measured(packet_id: int, battery: int, millivolt: int, classes: list[int]) -> None:
    values = decode(encode(packet_id, battery, millivolt, classes))
    assert values.pop("packet_id") == packet_id
    assert values.pop("battery") == battery
    assert values.pop("voltage") == millivolt / 1000
    assert values.pop("signal_strength") == -60
    names = ["count"] if len(classes) == 1 else [f"count_{i + 1}" for i in range(len(classes))]
    assert values == dict(zip(names, classes, strict=True))


def test_flags_and_service_data_are_the_only_structures() -> None:
    found = structures(encode(1, 2, 3, [4]))
    assert list(found) == [0x01, 0x16]
    assert found[0x01] == b"\x06"
    assert found[0x16][:3] == b"\xd2\xfc\x40"


def test_object_ids_ascend() -> None:
    objects = structures(encode(0, 0, 0, [0, 0]))[0x16][3:]
    assert objects == bytes([0, 0, 1, 0, 9, 0, 9, 0, 12, 0, 0])


def test_more_models_than_fit_are_left_out() -> None:
    assert encode(0, 0, 0, [1, 2, 3, 4, 5]) == encode(0, 0, 0, [1, 2, 3])
