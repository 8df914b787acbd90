"""A unit from blank to recorded."""

import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import serial
from bench import only, ref, station, trial, unit, without

from firmware.console import Console, Line
from firmware.image import ELF, symbols
from hardware.errors import InputError
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMA2718
from hardware.parts.board_features import PROGRAMMING_ROW
from hardware.spice.supply import Cell
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.core.machine import SYSTEM
from hardware.virtual_board.mcu.factory import UID_AT
from manufacturing.station import addresses
from manufacturing.station.ledger import NoRecords
from manufacturing.station.link import Link, LinkError, LinkFault
from manufacturing.station.position import Position
from manufacturing.station.records.record import Outcome, Verdict
from manufacturing.station.records.store import Records
from manufacturing.station.selftest.steps import Phase
from manufacturing.station.selftest.unit import UnitUnderTest
from manufacturing.station.selftest.verdict import Failure
from manufacturing.station.station import prepare
from manufacturing.station.unit_progress import Stopped
from manufacturing.station.unit_run import run_unit


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with Records.open(tmp_path / "records.sqlite") as opened:
        yield opened


def config(board: VirtualBoard, key: str) -> int:
    return int(Console(board.serial()).request("config", "get", key).values[key])


def when(step: str, do: Callable[[], object]) -> Callable[[str], None]:
    return lambda begins: do() and None if begins == step else None


def test_a_good_board_passes_every_step_is_configured_and_recorded(records: Records) -> None:
    board, position = unit(seed=7)
    records.reserve_serial("0" * 32, "another")
    result = run_unit(position, replace(station(), batch="b1", operator="op"), records)
    assert (result.verdict, result.code, result.serial) == (Verdict.PASS, "", 2)
    names = [step.name for step in result.steps]
    assert names == [
        "rails",
        *("factory", *(step.name for step in station().of(Phase.FACTORY))),
        *("flash", *(step.name for step in station().of(Phase.PRODUCT))),
        "configuration",
    ]
    assert all(step.outcome is Outcome.PASS for step in result.steps)
    assert result.seconds <= 6
    assert config(board, "serial") == 2
    assert {axis: config(board, f"offset_{axis}_mg") for axis in "xyz"} == {
        axis: result.calibration[f"offset_{axis}_mg"] for axis in "xyz"
    }
    (stored,) = records.select()
    kept = stored.record
    assert (kept.verdict, kept.uid, kept.serial) == (Verdict.PASS, result.uid, 2)
    assert (kept.batch, kept.operator, kept.limits_version) == ("b1", "op", station().limits.version)
    assert kept.firmware_sha256 == station().image_sha256
    assert kept.measurements == result.measurements
    assert kept.seconds == pytest.approx(result.seconds, abs=1e-5)


def test_a_unit_that_comes_again_keeps_its_number(records: Records) -> None:
    _, position = unit()
    first, again = (run_unit(position, only("link"), records) for _ in range(2))
    assert (first.verdict, again.verdict) == (Verdict.PASS, Verdict.PASS)
    assert first.serial == again.serial
    assert [stored.attempt for stored in records.select()] == [1, 2]


def test_addresses_of_the_makers_own() -> None:
    board, position = unit()
    result = run_unit(position, replace(only("link"), addresses=addresses.parse("C0:DE:00:FF:FF:FF")), NoRecords())
    assert (result.verdict, result.calibration["address"]) == (Verdict.PASS, "C0:DE:01:00:00:00")
    known = len(board.beacons)
    board.run(3)
    assert {beacon.address for beacon in board.beacons[known:]} == {"C0:DE:01:00:00:00"}


def test_what_the_fixture_lacks_is_skipped_and_recorded_as_such(records: Records) -> None:
    _, position = unit()
    poor = replace(position, loudspeaker=None, receiver=None, light=None, impedance_meter=None, debug_pads_joined=False)
    result = run_unit(poor, only("rails", "debug-port", "supply", "microphone", "tone", "beacon", "led"), records)
    assert result.verdict is Verdict.PASS
    (stored,) = records.select()
    skipped = [step.name for step in stored.record.steps if step.outcome is Outcome.SKIPPED]
    assert skipped == ["rails", "debug-port", "tone", "beacon", "led"]
    assert not [one for one in stored.record.measurements if one.step in skipped]


def test_a_firmware_that_is_not_ours_does_not_answer() -> None:
    counts = bytes.fromhex("00100020 09000008 00200249 0860 0130 fce70000 00000020")  # counts in RAM, and says nothing
    _, position = unit()
    result = run_unit(position, replace(station(), image=counts), NoRecords())
    assert (result.verdict, result.code) == (Verdict.FAIL, "LINK-SILENT")


def test_an_image_that_was_changed_after_it_was_verified() -> None:
    board, position = unit()
    image = station().image
    at = len(image) - 1
    spoil = when("checksum", lambda: board.chip.machine.load(0x0800_0000 + at, bytes([image[at] ^ 1])))
    assert trial(position, "link", "checksum", watch=spoil).code == "CRC-CRC16-WRONG"


def test_another_chip_than_the_one_that_was_flashed() -> None:
    board, position = unit()
    exchange = when("identity", lambda: board.chip.machine.load(SYSTEM + UID_AT, b"P1234567"))
    assert trial(position, "link", "identity", watch=exchange).code == "ID-OTHERCHIP"


def test_settings_that_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = UnitUnderTest.ask

    def forgetful(self: UnitUnderTest, *words: object) -> Mapping[str, str]:
        return {} if words[:2] == ("config", "set") else ask(self, *words)

    monkeypatch.setattr(UnitUnderTest, "ask", forgetful)
    result = trial(unit()[1], "link")
    assert (result.verdict, result.code) == (Verdict.FAIL, "CONF-READBACK")
    assert "serial" in result.text


def test_a_unit_that_is_pulled_in_the_middle(records: Records) -> None:
    board, position = unit()
    pull = when("supply", lambda: board.exchange_cell(Cell(0.01, 15)))
    result = run_unit(position, only("link", "supply", "axes"), records, pull)
    assert (result.verdict, result.code) == (Verdict.FAIL, "SUPPLY-SILENT")
    assert result.uid
    assert [stored.record.code for stored in records.select()] == ["SUPPLY-SILENT"]
    assert [step.name for step in result.steps] == ["flash", "link", "supply"]


def test_a_unit_that_starts_again_and_again_has_an_end() -> None:
    stack_bytes = 96  # it runs over 50 times a second, and each time the firmware starts anew
    image = struct.pack("<I", symbols(ELF)["__stack_limit"] + stack_bytes) + station().image[4:]
    result = run_unit(unit()[1], replace(only("link"), image=image), NoRecords())
    assert (result.verdict, result.code) == (Verdict.FAIL, "LINK-SILENT")
    assert "without end" in result.text
    assert result.steps[-1].seconds < 5


def test_a_unit_that_begins_to_talk_without_end_has_an_end() -> None:
    """As one does whose supply sinks whenever it runs."""
    _, position = unit()
    talks: list[bool] = []

    def opened() -> Link:
        link = position.open()
        read = link.port.read
        link.port.read = lambda size=1, /: (read(1), b"b")[1] if talks else read(size)  # type: ignore[method-assign]
        return link

    result = trial(replace(position, open=opened), "link", "supply", watch=when("supply", lambda: talks.append(True)))
    assert (result.verdict, result.code) == (Verdict.FAIL, "SUPPLY-SILENT")
    assert "without end" in result.text


def test_a_unit_that_talks_on_instead_of_starting_anew_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one does that reports its supply and does not reboot."""
    position = unit()[1]
    said = [Line("fault", "supply=too-low")] * 100
    monkeypatch.setattr(Console, "request", lambda *_: None)
    monkeypatch.setattr(Console, "line", lambda _: said.pop())
    with position.open() as link, pytest.raises(Failure, match="does not start anew") as failure:
        UnitUnderTest(link, position, station().limits, station().image, "").restart()
    assert failure.value.cause == "SILENT"


class _Unplugged:
    """A port that is gone at any use."""

    timeout, baudrate, parity, rts, dtr = 1.0, 115200, "N", True, True

    def __getattr__(self, name: str) -> Any:
        raise serial.SerialException(f"{name}: device disconnected")


def test_a_port_that_goes_in_the_middle_is_no_fault_of_the_unit(records: Records) -> None:
    _, position = unit()
    links: list[Link] = []

    def opened() -> Link:
        links.append(position.open())
        return links[-1]

    def unplug() -> None:
        links[0].port = _Unplugged()  # type: ignore[assignment]

    result = run_unit(replace(position, open=opened), only("link", "supply"), records, when("supply", unplug))
    assert (result.verdict, result.code) == (Verdict.ERROR, "STATION-PORTGONE")
    assert [stored.record.verdict for stored in records.select()] == [Verdict.ERROR]


def test_a_port_that_is_not_there(records: Records) -> None:
    def opened() -> Link:
        raise LinkError(LinkFault.NO_PORT, "there is none")

    result = run_unit(Position("none", opened, unit()[1].reset), station(), records)
    assert (result.verdict, result.code, result.text, result.uid) == (Verdict.ERROR, "STATION-NOPORT", "there is none", None)
    assert records.count() == 1


class _Broken(NoRecords):
    def append(self, record: object) -> None:
        del record
        raise InputError("the disk is full")


def test_a_unit_that_cannot_be_recorded_has_not_passed() -> None:
    result = run_unit(unit()[1], only("link"), _Broken())
    assert (result.verdict, result.code) == (Verdict.ERROR, "STATION-UNRECORDED")
    assert "the disk is full" in result.text


def test_a_step_that_fails_for_an_unforeseen_reason_is_the_stations_error() -> None:
    result = trial(replace(unit()[1], receiver=_Deaf()), "link", "beacon")
    assert (result.verdict, result.code) == (Verdict.ERROR, "STATION-INTERNAL")
    assert "ZeroDivisionError: oh" in result.text


class _Deaf:
    def forget(self, address: str) -> None:
        del address
        raise ZeroDivisionError("oh")

    def wait_for(self, address: str, timeout_s: float) -> None: ...


@pytest.mark.parametrize("step", ["flash", "supply", "configuration"])
def test_a_stop_leaves_no_record(step: str, records: Records) -> None:
    stopped = threading.Event()
    with pytest.raises(Stopped):
        run_unit(unit()[1], only("link", "supply"), records, when(step, stopped.set), stopped)
    assert records.count() == 0


def test_the_image_of_the_release_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="take the file that was released"):
        prepare(sha256="00" * 32)
    (tmp_path / "firmware.bin").write_bytes(b"none")
    with pytest.raises(InputError, match="does not begin with a stack pointer"):
        prepare(tmp_path / "firmware.bin")


def test_without_the_factory_test_image_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"factory.bin cannot be read .*: run make firmware"):
        prepare(factory=tmp_path / "factory.bin")
    (tmp_path / "factory.bin").write_bytes(b"none")
    with pytest.raises(InputError, match="does not begin with a stack pointer"):
        prepare(factory=tmp_path / "factory.bin")


def test_a_board_without_a_part_that_the_factory_test_image_measures_needs_none(tmp_path: Path) -> None:
    measured = ref(LMA2718), ref(SC7A20HTR)
    made = prepare(netlist=without(*measured, ref(PROGRAMMING_ROW)), factory=tmp_path / "none.bin")
    assert not made.of(Phase.FACTORY)
    result = run_unit(unit(without(*measured))[1], replace(made, steps=made.of(Phase.PRODUCT)[:1]), NoRecords())
    assert [step.name for step in result.steps] == ["flash", "link", "configuration"]


def test_a_unit_ends_with_the_product_and_not_with_the_factory_test_image() -> None:
    board, position = unit()
    assert trial(position, "pull-ups", "link").verdict is Verdict.PASS
    image = station().image
    assert board.chip.machine.read(0x0800_0000, len(image)) == image


def test_a_fault_that_the_factory_test_image_finds_ends_the_test_before_the_product_is_flashed() -> None:
    wired = without("R4")
    result = trial(unit(wired)[1], "microphone-supply", "link")
    assert [step.name for step in result.steps] == ["factory", "microphone-supply"]
    assert (result.code, bool(result.uid)) == ("MICPWR-CHARGE-LOW", True)
