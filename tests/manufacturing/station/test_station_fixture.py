"""What a fixture offers: a loudspeaker for all, a receiver, an operator's eye; and the maker's addresses."""

import asyncio
import threading
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from hardware.errors import InputError
from manufacturing.station import addresses
from manufacturing.station.fixture import bluetooth
from manufacturing.station.fixture.operator import OperatorsEye
from manufacturing.station.fixture.turns import Turns

ADDRESS = "C0:DE:00:00:00:01"


def test_who_wants_the_same_sound_hears_it_together() -> None:
    switched: list[float] = []
    turns = Turns(switched.append)
    with turns.playing(1000), turns.playing(1000):
        assert switched == [1000]
    assert switched == [1000, 0]


def test_another_sound_waits_and_those_who_come_later_do_not_pass_it() -> None:
    switched: list[float] = []
    turns = Turns(switched.append)
    order: list[str] = []

    def want(name: str, hertz: float) -> threading.Thread:
        def play() -> None:
            with turns.playing(hertz):
                order.append(name)

        thread = threading.Thread(target=play, daemon=True)
        thread.start()
        while not (turns._waiting.get(hertz) or name in order):
            threading.Event().wait(0.001)
        return thread

    with turns.playing(1000):
        quiet, late = want("quiet", 0.0), want("late", 1000)
        late.join(0.1)
        assert order == []
    quiet.join(5)
    late.join(5)
    assert sorted(order) == ["late", "quiet"]
    assert switched[0] == 1000
    assert switched[-1] == 0


class _Scanner:
    made: ClassVar[list["_Scanner"]] = []
    fails: ClassVar[Exception | None] = None

    def __init__(self, take: Any) -> None:
        self.take = take
        self.made.append(self)

    async def start(self) -> None:
        if self.fails:
            raise self.fails

    async def stop(self) -> None:
        await asyncio.sleep(0)

    def hear(self, address: str, service: str = bluetooth.BTHOME) -> None:
        self.take(SimpleNamespace(address=address), SimpleNamespace(service_data={service: b"\x40"}, rssi=-50))


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> type[_Scanner]:
    monkeypatch.setattr(bluetooth, "BleakScanner", _Scanner)
    monkeypatch.setattr(_Scanner, "made", [])
    return _Scanner


def test_beacons_are_told_apart_by_address_and_kind(scanner: type[_Scanner]) -> None:
    receiver = bluetooth.BluetoothReceiver()
    try:
        air = scanner.made[0]
        air.hear(ADDRESS)
        receiver.forget(ADDRESS)
        air.hear("C0:DE:00:00:00:02")
        air.hear(ADDRESS, service="0000180f-0000-1000-8000-00805f9b34fb")
        assert receiver.wait_for(ADDRESS, 0.01) is None
        threading.Timer(0.05, air.hear, [ADDRESS.lower()]).start()
        heard = receiver.wait_for(ADDRESS, 5)
        assert heard is not None
        assert (heard.address, heard.rssi_dbm) == (ADDRESS, -50)
    finally:
        receiver.close()


def test_without_an_adapter_the_station_says_so(scanner: type[_Scanner], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "fails", OSError("no such adapter"))
    with pytest.raises(InputError, match=r"no such adapter.*leave out --bluetooth"):
        bluetooth.BluetoothReceiver()


@pytest.mark.parametrize("seen", [True, False])
def test_the_operator_is_asked_before_and_after(seen: bool) -> None:
    said: list[str] = []

    def ask(text: str) -> bool:
        said.append(text)
        return seen

    light = OperatorsEye("left", ask).watch(lambda: said.append("blink"))
    assert light.seen is seen
    assert (len(said), said[1]) == (3, "blink")
    assert "left" in said[0]


def test_addresses_follow_the_serial_number() -> None:
    block = addresses.parse("c0:de:00:ff:ff:fe")
    assert block.of(3) == "C0:DE:01:00:00:01"
    assert block.settings(3) == {"address_override": 1, "address_high": 0xC0DE01, "address_low": 1}


@pytest.mark.parametrize("text", ["40:00:00:00:00:00", "C0:00:00:00:00", "", "C0DE00000000"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="static random address"):
        addresses.parse(text)


def test_addresses_end() -> None:
    with pytest.raises(InputError, match="begin with a lower one"):
        addresses.parse("FF:FF:FF:FF:FF:FE").of(2)
