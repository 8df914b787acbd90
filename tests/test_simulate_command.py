"""`dollar simulate` as a user calls it."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import serial
import vcd.reader

from firmware import models
from firmware.model.data import place, sets
from hardware import paths

DOLLAR = Path(sys.executable), "-m", "scripts.dollar"


def simulate(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*DOLLAR, "simulate", *arguments], capture_output=True, text=True, check=False, cwd=paths.ROOT)


@pytest.fixture(scope="module")
def walking() -> dict[str, object]:
    done = simulate("--motion", "walking", "--seconds", "30", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_it_tells_what_happened(walking: dict[str, object]) -> None:
    assert {"beacons", "console", "average_ua", "emulated_mhz", "faults"} <= walking.keys()
    assert walking["faults"] == []
    assert str(walking["console"]).startswith("boot version=")


def test_each_beacon_goes_out_on_three_channels_with_what_home_assistant_shows(walking: dict[str, object]) -> None:
    beacons = walking["beacons"]
    assert isinstance(beacons, list)
    assert [b["channel"] for b in beacons] == [37, 38, 39] * (len(beacons) // 3)
    assert 13 <= len(beacons) // 3 <= 16  # one in 2 s and up to 10 ms
    for number, beacon in enumerate(beacons):
        assert beacon["decoded"]["packet_id"] == number // 3
        assert beacon["decoded"]["voltage"] == pytest.approx(3.0, abs=0.1)
        assert beacon["error"] == ""
        assert len(bytes.fromhex(beacon["raw"])) <= 21


def test_the_counts_of_the_default_image_have_names(walking: dict[str, object], tmp_path: Path) -> None:
    tasks = [task for task, kind in models.in_default_image().items() if kind != models.NONE]
    beacons = walking["beacons"]
    assert isinstance(beacons, list)
    assert all(list(beacon["classes"]) == tasks for beacon in beacons)
    assert set(beacons[0]["classes"].values()) <= {"unknown"}
    other = tmp_path / "firmware.bin"
    other.write_bytes((paths.FIRMWARE / "firmware.bin").read_bytes())
    found = json.loads(simulate("--firmware", str(other), "--seconds", "0.3", "--json").stdout)
    assert [beacon["classes"] for beacon in found["beacons"]] == [{}] * len(found["beacons"])


@pytest.mark.skipif(
    not (place.folder() / sets.SPSW_HAR.file).is_file(), reason=f"spsw_har is not in {place.folder()}: dollar data fetch spsw_har"
)
def test_a_recording_of_walking_beacons_walking() -> None:
    found = json.loads(simulate("--motion", "data:WALKING", "--seconds", "12", "--json").stdout)
    assert found["beacons"][-1]["classes"]["motion"] == "WALKING"
    assert 3 in found["beacons"][-1]["decoded"].values()


def test_an_unknown_recording_is_one_sentence() -> None:
    done = simulate("--motion", "data:DANCING")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


def test_the_average_is_the_sum_of_its_causes(walking: dict[str, object]) -> None:
    by_cause = walking["average_ua_by_cause"]
    assert isinstance(by_cause, dict)
    assert walking["average_ua"] == pytest.approx(sum(by_cause.values()))
    assert by_cause["U3 transmit"] > 1


def test_two_runs_of_one_seed_are_alike_and_another_seed_is_another_board() -> None:
    def beacons(seed: int) -> object:
        return json.loads(simulate("--seconds", "1", "--seed", str(seed), "--json").stdout)["beacons"]

    first = beacons(1)
    assert first
    assert beacons(1) == first
    assert beacons(2) != first


def test_a_person_sees_console_packets_and_current() -> None:
    shown = simulate("--seconds", "1", "--power").stdout
    assert "boot version=" in shown
    assert "voltage" in shown
    assert "days on a good CR2032" in shown


def test_the_trace_opens_in_a_wave_viewer(tmp_path: Path) -> None:
    file = tmp_path / "board.vcd"
    assert simulate("--seconds", "0.2", "--vcd", str(file)).returncode == 0
    with file.open("rb") as text:
        names = {token.var.reference for token in vcd.reader.tokenize(text) if token.kind is vcd.reader.TokenKind.VAR}
    assert {"RF_CSN", "RF_SCK", "RF_DATA", "LED", "current_ua", "i2c", "air"} <= names


@pytest.mark.parametrize("as_json", [False, True], ids=["for a person", "as JSON"])
def test_its_serial_port_answers_over_tcp_until_ctrl_c(as_json: bool) -> None:
    command = [*DOLLAR, "simulate", "--serve", "0", *(["--json"] if as_json else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=paths.ROOT)
    told = process.stderr if as_json else process.stdout
    try:
        assert told is not None
        url = told.readline().removeprefix("serial port: ").strip()
        with serial.serial_for_url(url, 115200, timeout=10) as client:
            client.write(b"\r\n")  # wakes the board
            time.sleep(0.05)
            client.write(b"info\r\n")
            assert b"ok version=" in client.read_until(b"ok version=")
    finally:
        process.send_signal(signal.SIGINT)
    shown, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert json.loads(shown)["faults"] == [] if as_json else "on the board" in shown


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["--motion", "dancing"], "there is no motion 'dancing'"),
        (["--sound", "tone:x"], "there is no sound 'tone:x'"),
        (["--cell", "big"], "there is no cell 'big': say fresh or aged"),
        (["--firmware", "nowhere.bin"], "nowhere.bin cannot be read"),
        (["--serve", "a:b"], "names no port"),
        (["--vcd", "/dev/null/board.vcd"], "/dev/null/board.vcd cannot be written"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], mend: str) -> None:
    done = simulate(*arguments)
    assert done.returncode == 2
    assert mend in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = simulate("--serve", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert done.stderr.strip().endswith("of 127.0.0.1 cannot be opened (Address already in use): give another with --serve")


def test_an_endless_run_is_refused() -> None:
    assert simulate("--seconds", "inf").returncode == 2


def test_firmware_that_uses_what_nothing_models_is_told_with_address_and_program_counter(tmp_path: Path) -> None:
    image = tmp_path / "bad.bin"  # `ldr r0, there; ldr r0, [r0]`, where there is no peripheral
    image.write_bytes(bytes.fromhex("00100020 09000008 0048 0068 002c0040".replace(" ", "")))
    trace = tmp_path / "board.vcd"
    done = simulate("--firmware", str(image), "--seconds", "0.01", "--vcd", str(trace))
    assert done.returncode == 2
    assert "at pc 0x0800000a" in done.stderr
    assert "current_ua" in trace.read_text()  # what led up to it
