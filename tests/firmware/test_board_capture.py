"""Streams of samples from the wired board: each sample that the sensors gave, at the rate that is stated."""

import numpy as np
import pytest
from boards import booted, circuit, new, without

from firmware.console import BAUD, Console, NoAnswer, Refused
from firmware.stream import COUNTS_PER_G, record
from hardware.parts.accelerometer import SC7A20HTR
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Replay, Rest
from hardware.virtual_board.parts.sc7a20 import Sc7a20
from hardware.virtual_board.sound import Tone


def accelerometer(board: VirtualBoard) -> Sc7a20:
    device = board._assembly.devices[circuit().of_part(SC7A20HTR.name)[0].ref]
    assert isinstance(device, Sc7a20)
    return device


@pytest.mark.parametrize("rate", [25, 50, 100])
def test_motion_is_what_moved_the_board(rate: int) -> None:
    ramp = tuple((0.001 * i, -0.5, 1.0) for i in range(1500))
    board = new(motion=Replay(ramp, 100.0))
    board.run(0.5)
    accelerometer(board).noise_g = 0.0
    recording = record(Console(board.serial()), "motion", 3, "ramp", rate)
    assert recording.whole
    assert recording.head == {"rate_hz": str(rate), "bits": "12", "baud": "115200", "label": "ramp"}
    assert len(recording.samples) == 3 * rate
    assert recording.first == tuple(range(0, 3 * rate, 16))
    x, y, z = recording.samples.T / COUNTS_PER_G
    assert np.diff(x) == pytest.approx(0.1 / rate, abs=1.1 / COUNTS_PER_G)  # 0.1 g/s: a sample that lacks would be a step
    assert x[-1] - x[0] == pytest.approx(0.1 * (3 - 1 / rate), abs=2 / COUNTS_PER_G)
    assert (y == -0.5).all()
    assert (z == 1.0).all()
    assert float(recording.values["rate_hz"]) == pytest.approx(rate, rel=1e-3)


@pytest.mark.parametrize("error", [-0.06, 0.08])
def test_the_sensors_own_rate_is_measured(error: float) -> None:
    board = booted()
    accelerometer(board).rate_error = error
    recording = record(Console(board.serial()), "motion", 3)
    assert recording.whole
    assert float(recording.values["rate_hz"]) == pytest.approx(50 * (1 + error), rel=1e-3)
    assert recording.values["label"] == "-"


def test_sound_is_what_was_heard() -> None:
    board = new(sound=Tone(1000, 80))
    board.run(0.5)
    recording = record(Console(board.serial()), "sound", 2, "hum")
    assert recording.whole
    assert recording.head == {"rate_hz": "8000", "bits": "12", "baud": "230400", "label": "hum"}
    assert len(recording.samples) == 16000
    assert recording.first == tuple(range(0, 16000, 128))
    assert float(recording.values["rate_hz"]) == pytest.approx(8000, rel=1e-3)
    # one sine through all of it: a sample lost or twice anywhere would leave a residue as large as the tone
    time = np.arange(len(recording.samples)) / 8000
    waves = np.stack([np.sin(2 * np.pi * 1000 * time), np.cos(2 * np.pi * 1000 * time), np.ones_like(time)], axis=1)
    fit, *_ = np.linalg.lstsq(waves, recording.samples.astype(float), rcond=None)
    amplitude = np.hypot(fit[0], fit[1])
    assert amplitude > 200
    assert (recording.samples - waves @ fit).std() < 0.02 * amplitude
    assert board.console.count("boot") == 1
    assert board.faults == []


def test_the_console_is_back_at_its_speed_after_sound() -> None:
    board = booted()
    console = Console(board.serial())
    record(console, "sound", 1)
    assert console.port.baudrate == BAUD
    assert console.request("info").values["reset"] == "power"
    assert "lsi_hz" in console.request("test", "sleep").values


def test_a_host_that_does_not_follow_gets_an_error_at_the_old_speed() -> None:
    board = booted()
    console = Console(board.serial(), timeout_s=4)
    console.send("stream", "sound", 1)
    with pytest.raises(Refused, match="timeout"):
        list(console.lines())
    assert console.request("info").values


@pytest.mark.parametrize("ending", [b"\n", b"x", b"\x00"])
def test_any_byte_ends_a_stream(ending: bytes) -> None:
    board = booted()
    port = board.serial()
    console = Console(port)
    console.send("stream", "motion", 300, "long", 100)
    board.run(1.5)
    port.write(ending)
    *_, last = console.lines()
    assert 100 <= int(last.values["samples"]) <= 200
    assert Console(port).request("info").values


def test_crlf_after_the_command_does_not_end_it() -> None:
    board = booted()
    port = board.serial()
    port.reset_input_buffer()
    port.write(b"stream motion 1\r\n")
    *_, last = Console(port).lines()
    assert last.values["samples"] == "50"


def test_a_missing_sensor_is_an_error() -> None:
    board = new(without(circuit().of_part(SC7A20HTR.name)[0].ref))
    board.run(0.5)
    with pytest.raises(Refused, match="no-answer"):
        record(Console(board.serial()), "motion", 1)


def test_a_sensor_that_stops_is_an_error() -> None:
    board = booted()
    console = Console(board.serial(), timeout_s=1)
    console.send("stream", "motion", 60)
    board.run(1)
    accelerometer(board)._next_sample = None
    console.timeout_s = 3
    with pytest.raises(Refused, match="timeout"):
        list(console.lines())


def test_beacons_and_watch_for_motion_go_on_afterwards() -> None:
    board = new(motion=Rest())
    board.run(0.5)
    record(Console(board.serial()), "sound", 1)
    known = len(board.beacons)
    board.run(6)
    assert len(board.beacons) >= known + 3
    assert "STOP" in board.chip.mode.name
    with pytest.raises(NoAnswer):
        Console(board.serial(), timeout_s=0.1).line()
