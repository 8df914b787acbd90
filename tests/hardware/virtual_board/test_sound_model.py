"""The sound front end on the emulated core: the same results as on the host, its cycles and its flash."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from chips import CYCLE, Recorder
from hal_programs import FIRMWARE, compiled, powered, to_break

from firmware.model.features_sound import SoundFeatures
from hardware.virtual_board.mcu.chip import Chip

FRONT_END = ("endpoints", "fft_q15", "frame_ring", "hann_window", "log2_fixed", "log_mel", "sound_map", "sound_tables")

FRAME_CYCLES = 30_000  # measured, and a little
MAP_CYCLES = 29_700  # likewise
FRAMES = 64


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = ("startup.c", "divide.c", "hal/clock.c", "hal/chip.c", *(f"model/{name}.c" for name in FRONT_END))
    return compiled("sound_model_program.c", sources, tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def symbols(elf: Path) -> dict[str, int]:
    listing = subprocess.run(["arm-none-eabi-nm", elf], check=True, capture_output=True, text=True).stdout
    return {line.split()[2]: int(line.split()[0], 16) for line in listing.splitlines()}


def cycles(chip: Chip) -> float:
    begin = chip.now
    to_break(chip)
    return (chip.now - begin) / CYCLE


def sound(frames: int) -> np.ndarray:
    """Hops of noise that swells from silence to clipping and back, over a tone."""
    rng = np.random.default_rng(11)
    n = np.arange((frames + 1) * 128)
    swell = 3000 * np.sin(np.pi * n / n.size) ** 8
    return np.clip(2048 + swell * (np.sin(0.4 * n) + rng.normal(0, 0.3, n.size)), 0, 4095).astype("<u2")


def test_results_are_those_of_the_host_in_time(elf: Path, symbols: dict[str, int]) -> None:
    chip = powered(elf, Recorder())
    counts = sound(FRAMES)
    host = SoundFeatures()
    levels = host.levels(counts)
    to_break(chip)
    frame_cycles, map_cycles = [], []
    for frame in range(FRAMES):
        chip.machine.load(symbols["samples"], counts[128 * frame : 128 * frame + 256].tobytes())
        frame_cycles.append(cycles(chip))
        on_chip = chip.machine.read(symbols["ring"] + 12 * frame, 12)
        assert on_chip == levels[frame].tobytes(), f"frame {frame}"
        map_cycles.append(cycles(chip))
    assert chip.machine.read(symbols["features"], 2 * 97) == host.word(levels).tobytes()
    assert max(frame_cycles) <= FRAME_CYCLES
    assert max(map_cycles) <= MAP_CYCLES


def test_the_front_end_has_no_memory_of_its_own(tmp_path: Path) -> None:
    for name in FRONT_END:
        unit = tmp_path / f"{name}.o"
        options = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-std=c11", "-Wall", "-Wextra", "-Werror"]
        subprocess.run(["arm-none-eabi-gcc", *options, "-c", FIRMWARE / "src" / "model" / f"{name}.c", "-o", unit], check=True)
        listing = subprocess.run(["arm-none-eabi-size", unit], check=True, capture_output=True, text=True).stdout
        _, data, bss = (int(word) for word in listing.splitlines()[1].split()[:3])
        assert (data, bss) == (0, 0), name
