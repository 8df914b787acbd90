"""What Home Assistant shows of an advertisement, by its own parser (bthome-ble)."""

from habluetooth import BluetoothServiceInfoBleak

from hardware.virtual_board.ble_decoder import Advertisement, NoPacket, structures

SERVICE_DATA_16_BIT = 0x16
BASE_UUID = "0000{:04x}-0000-1000-8000-00805f9b34fb"


def bthome(adv: Advertisement) -> dict[str, float | int | str | bool | None]:
    """Values by name, as "temperature" or "battery" (units as in the BTHome standard). Raises NoPacket if it is not BTHome."""
    from bthome_ble import BTHomeBluetoothDeviceData

    service_data = {
        BASE_UUID.format(int.from_bytes(part.data[:2], "little")): part.data[2:]
        for part in structures(adv.data)
        if part.kind == SERVICE_DATA_16_BIT and len(part.data) >= 2
    }
    info = BluetoothServiceInfoBleak(
        name="",
        address=adv.address,
        rssi=0,
        manufacturer_data={},
        service_data=service_data,
        service_uuids=[],
        source="virtual board",
        device=None,  # type: ignore[arg-type]  # the parser never asks for it
        advertisement=None,
        connectable=False,
        time=0.0,
        tx_power=None,
    )
    parser = BTHomeBluetoothDeviceData()
    if not parser.supported(info):
        raise NoPacket(f"Home Assistant's BTHome parser does not take its advertising data {adv.data.hex()}")
    update = parser.update(info)
    values: dict[str, float | int | str | bool | None] = {}
    for key, sensor in update.entity_values.items():
        if key.key != "signal_strength":
            values[key.key] = sensor.native_value  # type: ignore[assignment]
    for key, binary in update.binary_entity_values.items():
        values[key.key] = binary.native_value
    return values
