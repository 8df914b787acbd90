"""A packet on air as a receiver hears it: a BLE advertisement, and what Home Assistant shows of it."""

from dataclasses import dataclass

from hardware.virtual_board.ble_decoder import NoPacket, decode
from hardware.virtual_board.bthome import bthome
from hardware.virtual_board.parts.ci24r1_frame import Packet
from hardware.virtual_board.ticks import to_seconds

Value = float | int | str | bool | None


@dataclass(frozen=True)
class Beacon:
    """`channel`, `address` and `raw` (advertising data) are None and empty, and `error` says why, if it is no advertisement.

    `rssi_dbm`: the strength at the receiver.
    """

    time_s: float
    channel: int | None
    address: str
    raw: bytes
    decoded: dict[str, Value]
    rssi_dbm: float
    error: str = ""


def received(packet: Packet, rssi_dbm: float) -> Beacon:
    time_s = to_seconds(packet.start)
    try:
        heard = decode(packet.bits, packet.rf_channel, packet.rate_bps)
    except NoPacket as error:
        return Beacon(time_s, None, "", b"", {}, rssi_dbm, str(error))
    try:
        return Beacon(time_s, heard.channel, heard.address, heard.data, bthome(heard), rssi_dbm)
    except NoPacket as error:
        return Beacon(time_s, heard.channel, heard.address, heard.data, {}, rssi_dbm, str(error))
