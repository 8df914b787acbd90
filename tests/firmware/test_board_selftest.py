"""The self-test's measurements on the wired board, for stimuli that are known."""

import binascii

import numpy as np
import pytest
from boards import FIRMWARE, booted, circuit, new, without

from firmware.console import Console, Refused, checked
from hardware.netlist import Netlist
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.radio import CI24R1, CRYSTAL_16M
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.motion import Rest
from hardware.virtual_board.parts.preamp import audio_block
from hardware.virtual_board.sound import Silence, SoundSource, Tone, rms_pa


def started(wired: Netlist | None = None, **options: object) -> VirtualBoard:
    board = new(wired, **options)
    board.run(0.5)
    return board


def measured(board: VirtualBoard, step: str) -> dict[str, float]:
    """Numbers; hexadecimal ones stay out."""
    return {key: float(value) for key, value in Console(board.serial()).request("test", step).values.items()}


def test_the_accelerometer_tells_what_it_is() -> None:
    assert Console(booted().serial()).request("test", "accelerometer").values == {"who_am_i": "11", "version": "28"}


@pytest.mark.parametrize("up", [(0.0, 0.0, 1.0), (0.0, -1.0, 0.0), (0.6, 0.0, -0.8)])
def test_axes_at_rest(up: tuple[float, float, float]) -> None:
    values = measured(started(motion=Rest(up)), "axes")
    assert [values[f"{axis}_mg"] for axis in "xyz"] == pytest.approx([1000 * g for g in up], abs=2)
    assert [values[f"{axis}_noise_mg"] for axis in "xyz"] == pytest.approx([2.5] * 3, abs=0.8)


def test_both_modes_of_the_accelerometers_own_test() -> None:
    values = measured(booted(), "accelerometer-selftest")
    assert [values[f"{axis}_1_mg"] for axis in "xyz"] == pytest.approx([500] * 3, abs=5)
    assert [values[f"{axis}_2_mg"] for axis in "xyz"] == pytest.approx([-500] * 3, abs=5)


def test_the_interrupt_line_follows_the_accelerometer() -> None:
    assert measured(booted(), "interrupt") == {"low": 0, "high": 1, "edges": 1}


def heard(board: VirtualBoard, step: str) -> tuple[float, float, float]:
    """Mean and RMS in volts, hertz."""
    values = measured(board, step)
    step_v = board.supply_v / 4095
    return values["dc_lsb"] * step_v, values["rms_lsb"] * step_v, values["frequency_hz"]


def expected_v(sound: SoundSource, board: VirtualBoard) -> float:
    """RMS at the analogue input by the simulation of the block, for a tone."""
    assert isinstance(sound, Tone)
    response = audio_block(circuit()).at(board.supply_v).response
    gain = abs(np.sum(response * np.exp(-2j * np.pi * sound.hertz * np.arange(len(response)) / 32_000)))
    sensitivity_v = 10 ** (-42 / 20)
    return float(gain * sensitivity_v * rms_pa(sound.db_spl))


@pytest.mark.parametrize("sound", [Tone(1000, 70), Tone(1000, 80), Tone(400, 75), Tone(2500, 75)])
def test_a_tones_level_and_frequency(sound: Tone) -> None:
    board = started(sound=sound)
    _, rms_v, hertz = heard(board, "tone")
    assert hertz == pytest.approx(sound.hertz, rel=0.01)
    assert rms_v == pytest.approx(expected_v(sound, board), rel=0.03)


def test_silence_is_rest_level_and_noise() -> None:
    board = started(sound=Silence())
    dc_v, rms_v, _ = heard(board, "microphone")
    found = audio_block(circuit()).at(board.supply_v)
    assert dc_v == pytest.approx(found.switch_on[-1], abs=0.02)
    assert rms_v == pytest.approx(np.sqrt(np.sum(found.noise**2)), rel=0.4)


def test_the_radio_answers_and_its_crystal_starts() -> None:
    board = booted()
    known = len(board.beacons)
    values = Console(board.serial()).request("test", "radio").values
    assert values["answer"] in ("5ac3960f", "a53c69f0")  # the patterns that were written
    assert int(values["crystal_start_us"]) == pytest.approx(1500, abs=100)
    assert len(board.beacons) == known + 1
    board.run(3)
    assert len(board.beacons) == known + 1 + 3  # and beacons go on


def test_a_beacon_that_the_radios_test_breaks_off_begins_again() -> None:
    board = booted()
    port, known = board.serial(), len(board.beacons)
    assert board.run_for(lambda: len(board.beacons) > known, 4)
    port.reset_input_buffer()
    port.write(b"\n" + checked("test radio") + b"\n")  # between the first packet and the second, 6 ms later
    assert "crystal_start_us" in list(Console(port).lines())[-1].values
    sent = len(board.beacons)
    board.run(0.5)
    assert len(board.beacons) == sent + 3
    assert "fault" not in board.console


def test_the_supply() -> None:
    board = booted()
    values = measured(board, "supply")
    assert values["supply_mv"] == pytest.approx(board.supply_v * 1000, abs=15)
    assert values["vrefint_lsb"] == pytest.approx(1.2 / board.supply_v * 4095, abs=8)


def test_the_flash_holds_the_file() -> None:
    image = FIRMWARE.read_bytes()
    board = booted()
    assert Console(board.serial()).request("test", "flash").values == {
        "bytes": str(len(image)),
        "crc16": f"{binascii.crc_hqx(image, 0xFFFF):04x}",
    }


def test_it_sleeps_for_a_second_and_knows_its_slow_clock() -> None:
    board = booted()
    values = measured(board, "sleep")
    assert values["slept_ms"] == pytest.approx(1000, abs=2)
    assert values["lsi_hz"] == pytest.approx(32768, rel=0.002)


def test_a_slow_clock_that_is_off_shows() -> None:
    board = new()
    board.chip.set_clock_error(lsi_ppm=-100_000)
    board.run(0.5)
    assert measured(board, "sleep")["lsi_hz"] == pytest.approx(32768 * 0.9, rel=0.002)


def reference(part: str) -> str:
    return circuit().of_part(part)[0].ref


@pytest.mark.parametrize(
    ("part", "step", "code"),
    [
        (SC7A20HTR.name, "accelerometer", "no-answer"),
        (SC7A20HTR.name, "axes", "no-answer"),
        (SC7A20HTR.name, "accelerometer-selftest", "no-answer"),
        (SC7A20HTR.name, "interrupt", "no-answer"),
        (CI24R1.name, "radio", "no-answer"),
        (CRYSTAL_16M.name, "radio", "timeout"),
    ],
)
def test_a_part_that_is_missing_is_named_by_its_step(part: str, step: str, code: str) -> None:
    board = started(without(reference(part)))
    with pytest.raises(Refused) as refused:
        Console(board.serial()).request("test", step)
    assert (refused.value.code, refused.value.words) == (code, step)
    assert measured(board, "supply")
