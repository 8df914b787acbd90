"""The features of motion on the emulated chip: the same bits as on this machine, and what they cost."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from chips import Recorder
from hal_programs import compiled, powered, to_break
from numpy.typing import NDArray

from firmware.model import features_motion
from hardware.virtual_board.mcu.chip import Chip

SOURCES = ("startup.c", "hal/clock.c", "hal/low_power.c", "hal/iwdg.c", "hal/chip.c", "hal/memory.c")
MODULES = tuple(f"{module}.c" for module in features_motion.MODULES)
HOP, HOPS = 32, 8
SAMPLES_AT = 240  # in the program's report
CYCLES_LIMIT = 16_800  # a window, which is each hop: 32 samples taken in and all features; 16,651 measured
CONTEXT_CYCLES_LIMIT = 1_150  # 1,099 measured
FLASH_LIMITS = {"model/motion_features.c": 750, "model/motion_context.c": 90}  # bytes

Samples = NDArray[np.int16]
RNG = np.random.default_rng(4)
SIGNALS: dict[str, Callable[[], Samples]] = {
    "noise": lambda: RNG.integers(-2048, 2048, (HOPS * HOP, 3)).astype(np.int16),
    "beyond full scale": lambda: RNG.integers(-(2**15), 2**15, (HOPS * HOP, 3)).astype(np.int16),
    "rest": lambda: np.tile(np.array([0, 0, 1024], np.int16), (HOPS * HOP, 1)),
    "alternating": lambda: np.tile(np.array([[-2048] * 3, [2047] * 3], np.int16), (HOPS * HOP // 2, 1)),
}


@dataclass
class Target:
    chip: Chip
    report: int

    def cycles(self) -> int:
        """To the next break."""
        begin = self.chip.machine.ticks
        to_break(self.chip)
        return (self.chip.machine.ticks - begin) // self.chip.machine.ticks_per_cycle

    def features(self) -> list[int]:
        return np.frombuffer(self.chip.machine.read(self.report, SAMPLES_AT), "<i2").tolist()


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("motion_features_program.c", (*SOURCES, *MODULES), tmp_path_factory.mktemp("features"))


@pytest.fixture
def target(elf: Path) -> Target:
    listing = subprocess.run(["arm-none-eabi-nm", elf], check=True, capture_output=True, text=True).stdout
    (report,) = [int(line.split()[0], 16) for line in listing.splitlines() if line.endswith(" report")]
    made = Target(powered(elf, Recorder()), report)
    to_break(made.chip)
    return made


@pytest.mark.parametrize("signal", SIGNALS)
def test_the_chip_computes_what_this_machine_does_within_its_cycles(target: Target, signal: str) -> None:
    samples = SIGNALS[signal]()
    expected = features_motion.windows(samples, context=True)
    worst = [0, 0]
    for hop in range(HOPS):
        target.chip.machine.load(target.report + SAMPLES_AT, samples[hop * HOP :][:HOP].astype("<i2").tobytes())
        worst[0] = max(worst[0], target.cycles())
        worst[1] = max(worst[1], target.cycles())
        if hop > 0:
            assert target.features() == expected[hop - 1].tolist(), hop
        to_break(target.chip)
    print(f"{signal}: {worst[0]} cycles a window, {worst[1]} with its context")
    assert CYCLES_LIMIT / 2 < worst[0] <= CYCLES_LIMIT
    assert worst[1] <= CONTEXT_CYCLES_LIMIT


@pytest.mark.parametrize(("module", "limit"), FLASH_LIMITS.items())
def test_flash_is_within_its_limit_and_there_is_no_static_ram(module: str, limit: int, tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "firmware" / "src"
    made = tmp_path / "module.o"
    options = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Werror"]
    subprocess.run(["arm-none-eabi-gcc", *options, f"-I{source}", "-c", source / module, "-o", made], check=True)
    sizes = subprocess.run(["arm-none-eabi-size", made], check=True, capture_output=True, text=True).stdout
    text, data, bss = map(int, sizes.splitlines()[1].split()[:3])
    print(f"{module}: {text} bytes of flash")
    assert (data, bss) == (0, 0)
    assert limit / 2 < text <= limit
    wanted = subprocess.run(["arm-none-eabi-nm", "-u", made], check=True, capture_output=True, text=True).stdout.split()
    assert wanted == []  # no division, no float
