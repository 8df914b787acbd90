"""How strong packets arrive, and which are heard at all."""

from dataclasses import replace

import pytest
from faults import define, reconnect, remove

from hardware import netlist as netlists
from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.parts.radio import CI24R1
from hardware.paths import FIRMWARE
from hardware.virtual_board import board as boards
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.parts.ci24r1_frame import Packet
from hardware.virtual_board.reception import Reception

BOOT_S = 0.1  # the first beacons leave at once
ADVERTISING = (2, 26, 80)


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def heard_dbm(wired: Netlist, power_dbm: int = 3, channel: int = 2) -> float:
    return Reception(wired).rssi_dbm(Packet(0, channel, 1_000_000, power_dbm, b""))


def test_a_sound_board_is_heard_with_some_minus_40_dbm(board: Netlist) -> None:
    assert [heard_dbm(board, channel=channel) for channel in ADVERTISING] == pytest.approx([-40] * 3, abs=1)


def test_the_air_takes_as_much_as_between_antennas_of_no_gain(board: Netlist) -> None:
    """Friis at 2402 MHz and 0.3 m: 29.6 dB. The antennas are taken as 3 and 8 dB worse than those."""
    alone = remove(remove(remove(remove(board, "C8"), "C9"), "C10"), "L1")
    assert heard_dbm(reconnect(alone, "AE1", "FEED", "RF_OUT"), power_dbm=0) == pytest.approx(-29.6 - 3 - 8, abs=0.05)


def test_the_strength_follows_the_power_register(board: Netlist) -> None:
    assert heard_dbm(board, power_dbm=-9) == pytest.approx(heard_dbm(board, power_dbm=3) - 12)


def test_a_radio_may_be_weaker_than_its_register_says(board: Netlist) -> None:
    weak = replace(CI24R1, facts={**CI24R1.facts, "output_error_db": -2.5})
    assert heard_dbm(define(board, "U3", weak)) == pytest.approx(heard_dbm(board) - 2.5)


def test_a_radio_without_antenna_is_still_heard_a_little(board: Netlist) -> None:
    assert -90 < heard_dbm(reconnect(board, "AE1", "FEED", "GND")) < -75


def test_a_beacon_tells_its_strength(board: Netlist) -> None:
    running = VirtualBoard(board, FIRMWARE / "firmware.bin")
    running.run(BOOT_S)
    assert [beacon.rssi_dbm for beacon in running.beacons] == [heard_dbm(board, channel=channel) for channel in ADVERTISING]


def test_what_is_too_weak_is_not_heard(board: Netlist, monkeypatch: pytest.MonkeyPatch) -> None:
    running = VirtualBoard(board, FIRMWARE / "firmware.bin")
    running.run(BOOT_S)
    strongest, *_ = sorted((beacon.rssi_dbm for beacon in running.beacons), reverse=True)
    monkeypatch.setattr(boards, "SENSITIVITY_DBM", strongest)
    assert [beacon.rssi_dbm for beacon in running.beacons] == [strongest]


def test_a_board_that_nobody_listens_to_needs_no_ngspice(board: Netlist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    unlike = define(board, "C8", "C_470p")  # no other test has simulated it
    running = VirtualBoard(unlike, FIRMWARE / "firmware.bin")
    running.run(BOOT_S)
    snapshot = running.snapshot()
    with pytest.raises(InputError, match="ngspice is not installed"):
        _ = running.beacons
    monkeypatch.undo()
    running.restore(snapshot)
    assert running.beacons
