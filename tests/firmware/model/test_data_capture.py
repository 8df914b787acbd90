"""Recordings from the console of the virtual board: what moved it and what it heard, whole or not at all."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from boards import booted, circuit, new, without

from firmware.console import Console, checked
from firmware.model.data import read_folder
from firmware.model.data.capture import Wanted, capture
from hardware.errors import InputError
from hardware.parts.accelerometer import SC7A20HTR
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Replay
from hardware.virtual_board.parts.sc7a20 import Sc7a20
from hardware.virtual_board.sound import Tone

MOTION = Wanted("motion", "ramp", 2, 50, "ann", "monday")
SOUND = Wanted("sound", "hum", 1, 8000)


def accelerometer(board: VirtualBoard) -> Sc7a20:
    device = board._assembly.devices[circuit().of_part(SC7A20HTR.name)[0].ref]
    assert isinstance(device, Sc7a20)
    return device


class Tampered:
    """A port on whose way to the host each line goes through `change`."""

    def __init__(self, board: VirtualBoard, change: Callable[[bytes], bytes]) -> None:
        self._port, self._change, self._waiting = board.serial(), change, b""
        self.timeout: float | None = 1.0

    @property
    def baudrate(self) -> int:
        return self._port.baudrate

    @baudrate.setter
    def baudrate(self, baud: int) -> None:
        self._port.baudrate = baud

    def read(self, size: int = 1, /) -> bytes:
        self._port.timeout = self.timeout
        while not self._waiting:
            line = self._port.readline()
            if not line:
                return b""
            self._waiting = self._change(line)
        found, self._waiting = self._waiting[:size], self._waiting[size:]
        return found

    def write(self, data: bytes, /) -> int:
        return self._port.write(data)

    def reset_input_buffer(self) -> None:
        self._port.reset_input_buffer()
        self._waiting = b""


def data_line(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Changes the line of samples that begins with that number, and no other."""
    return lambda line: change(line) if line.startswith(b"data %d " % number) else line


def refused(board: VirtualBoard, wanted: Wanted, folder: Path, change: Callable[[bytes], bytes], match: str) -> None:
    with pytest.raises(InputError, match=match):
        capture(Console(Tampered(board, change)), wanted, folder)
    assert not folder.exists()


def test_motion_is_the_stimulus_within_the_sensors_noise(tmp_path: Path) -> None:
    ramp = tuple((0.001 * i, -0.5, 1.0) for i in range(1000))
    board = new(motion=Replay(ramp, 100.0))
    board.run(0.5)
    path = capture(Console(board.serial()), MOTION, tmp_path)
    recording = read_folder.motion(tmp_path).recordings[0]
    expected = recording.samples_g.copy()
    expected[:, 0] = np.polyval([0.1, 0], recording.time_s)
    expected[:, 0] += np.median(recording.samples_g[:, 0] - expected[:, 0])  # when the stream began
    expected[:, 1:] = -0.5, 1.0
    noise_g = np.hypot(accelerometer(board).noise_g, 1 / 1024 / 12**0.5)
    difference = recording.samples_g - expected
    assert len(difference) == 100
    assert 0.8 * noise_g < difference.std() < 1.2 * noise_g
    assert np.abs(difference).max() < 5 * noise_g
    assert path.parent == tmp_path / "ramp"


def test_what_is_known_is_kept_beside(tmp_path: Path) -> None:
    board = booted()
    console = Console(board.serial())
    console.request("config", "set", "offset_y_mg", -30)
    path = capture(console, MOTION, tmp_path)
    about = json.loads(path.with_suffix(".json").read_text())
    info = console.request("info").values
    assert about["offset_g"] == [0, -0.03, 0]
    assert (about["subject"], about["session"], about["device"], about["uid"]) == ("ann", "monday", info["address"], info["uid"])
    assert about["firmware"] == f"{info['version']} {info['hash']}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", about["recorded"])


@pytest.mark.parametrize("error", [-0.06, 0.08])
def test_the_rate_is_the_measured_one(tmp_path: Path, error: float) -> None:
    board = booted()
    accelerometer(board).rate_error = error
    capture(Console(board.serial()), MOTION, tmp_path)
    assert read_folder.motion(tmp_path).recordings[0].rate_hz == pytest.approx(50 * (1 + error), rel=2e-3)


def test_sound_is_what_was_heard(tmp_path: Path) -> None:
    board = new(sound=Tone(1000, 80))
    board.run(0.5)
    told: list[int] = []
    capture(Console(board.serial()), SOUND, tmp_path, told.append)
    recording = read_folder.sound(tmp_path).recordings[0]
    assert sum(told) == len(recording.samples) == 8000
    assert (recording.samples % 16 == 0).all()
    time = np.arange(8000) / recording.rate_hz
    waves = np.stack([np.sin(2000 * np.pi * time), np.cos(2000 * np.pi * time), np.ones(8000)], axis=1)
    fit, *_ = np.linalg.lstsq(waves, recording.samples.astype(float), rcond=None)
    amplitude = np.hypot(fit[0], fit[1])
    assert amplitude > 200 * 16
    assert (recording.samples - waves @ fit).std() < 0.02 * amplitude


@pytest.mark.parametrize("number", [0, 16, 96])
def test_a_lost_line_of_motion_is_noticed(tmp_path: Path, number: int) -> None:
    refused(booted(), MOTION, tmp_path / "new", data_line(number, lambda _: b""), "of 100 samples came, so nothing is kept")


@pytest.mark.parametrize("number", [0, 1280, 7936])
def test_a_lost_line_of_sound_is_noticed(tmp_path: Path, number: int) -> None:
    refused(booted(), SOUND, tmp_path / "new", data_line(number, lambda _: b""), "of 8000 samples came, so nothing is kept")


def test_a_line_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    twice: list[bytes] = []

    def change(line: bytes) -> bytes:
        if line.startswith(b"data 16 "):
            twice.append(line)
        return twice[0] if line.startswith(b"data 32 ") else line

    refused(booted(), MOTION, tmp_path / "new", change, "samples came, so nothing is kept")


def test_a_garbled_line_is_noticed(tmp_path: Path) -> None:
    def garble(line: bytes) -> bytes:
        return line.replace(line[20:21], b"A" if line[20:21] != b"A" else b"B", 1)

    refused(booted(), MOTION, tmp_path / "new", data_line(16, garble), "a line came garbled .* so nothing is kept")


def test_samples_that_the_board_lost_are_noticed(tmp_path: Path) -> None:
    def lost(line: bytes) -> bytes:
        text = line.decode().rpartition("*")[0].replace("lost=0", "lost=2")
        return checked(text) + b"\r\n" if "lost=" in text else line

    refused(booted(), MOTION, tmp_path / "new", lost, "the board lost samples 2 times")


def test_a_stream_that_ended_early_is_noticed(tmp_path: Path) -> None:
    board = booted()
    port = Tampered(board, lambda line: line)

    def stop(line: bytes) -> bytes:
        port.write(b"\n")
        return line

    port._change = data_line(32, stop)
    with pytest.raises(InputError, match=r"ended after .* of 100 samples"):
        capture(Console(port), MOTION, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_board_without_its_sensor_is_told(tmp_path: Path) -> None:
    board = new(without(circuit().of_part(SC7A20HTR.name)[0].ref))
    board.run(0.5)
    refused(board, MOTION, tmp_path / "new", lambda line: line, r"did not send its samples \(no-answer")


def test_a_silent_port_is_told(tmp_path: Path) -> None:
    refused(booted(), MOTION, tmp_path / "new", lambda _: b"", "nothing within .*: check port and power")


@pytest.mark.parametrize("instead", [b"", b"garbage\r\n", checked("boot version=1 hash=2 reset=pin") + b"\r\n"])
def test_a_board_that_starts_as_the_port_opens_is_asked_again(tmp_path: Path, instead: bytes) -> None:
    answers: list[bytes] = []

    def spoil_the_first(line: bytes) -> bytes:
        answers.extend([line] if line.startswith(b"ok") else [])
        return instead if answers == [line] else line

    assert capture(Console(Tampered(booted(), spoil_the_first)), MOTION, tmp_path).exists()


def test_a_count_of_the_converter_is_16_steps_from_its_middle(tmp_path: Path) -> None:
    sent: list[int] = []

    def note(line: bytes) -> bytes:
        packed = base64.b64decode(line.split(b" ")[2].rpartition(b"*")[0])
        sent.append((packed[0] << 4 | packed[1] >> 4) - 2048)
        return line

    capture(Console(Tampered(booted(), data_line(0, note))), SOUND, tmp_path)
    samples = read_folder.sound(tmp_path).recordings[0].samples
    assert samples[0] == 16 * sent[0]
    assert samples.std() < 20 * 16  # silence


def test_the_port_is_not_set_up_anew_for_each_line(tmp_path: Path) -> None:
    settings: list[object] = []

    class Counted(Tampered):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "timeout":
                settings.append(value)
            super().__setattr__(name, value)

    capture(Console(Counted(booted(), lambda line: line)), SOUND, tmp_path)
    assert len(settings) <= 10  # over RFC 2217 each takes 0.1 s, and there are 63 lines
