"""The same frame of sound by our front end and by FFTs that can be installed: 256 samples, differences under a Hann window,
power spectrum, 12 mel bands, logarithm. Where a library offers no more than the FFT, the rest is ours."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import emlearn
import numpy as np
from numpy.typing import NDArray

from firmware.model import sound_tables
from firmware.model.target import FLASH_BYTES, Target
from hardware.errors import ToolError
from scripts.bench_models import packages
from scripts.bench_models.measured import TOO_LARGE, Measured

HERE = Path(__file__).parent
FRAME, HOP = sound_tables.SAMPLES, sound_tables.SAMPLES // 2
TABLES = ("model/sound_tables", "model/log2_fixed")
OURS = (*TABLES, "model/fft_q15", "model/hann_window", "model/log_mel")
STEP_DB = 10 * np.log10(2) / 8  # of a level
AS_IT_COMES = "-Wno-error", "-w"
CMSIS_SOURCES = (
    *("TransformFunctions/arm_rfft_q15", "TransformFunctions/arm_rfft_init_q15", "TransformFunctions/arm_cfft_q15"),
    *("TransformFunctions/arm_cfft_radix4_q15", "TransformFunctions/arm_bitreversal2"),
    *("BasicMathFunctions/arm_shift_q15", "CommonTables/arm_common_tables", "CommonTables/arm_const_structs"),
)
# 16 bits; no messages to stderr, and no heap: the memory is given to it
KISSFFT = ("-DFIXED_POINT=16", "-DNDEBUG", "-DKISS_FFT_MALLOC(bytes)=0", "-DKISS_FFT_FREE(memory)=(void)(memory)")

Sound = NDArray[np.uint16]
Levels = NDArray[np.float64]


@dataclass(frozen=True)
class Cost:
    flash_bytes: int
    ram_bytes: int
    fft_cycles: tuple[int, ...]
    """FFT and power, of each frame."""
    cycles: tuple[int, ...]
    """Of the whole frame; neither if it does not fit the chip."""
    levels: Levels


def compare() -> list[tuple[Measured, int | None]]:
    """Rows, each with the mean cycles of FFT and power."""
    sound = frames()
    truth = reference(sound)
    return [_row(name, measure, note, sound, truth) for name, (measure, note) in FRONT_ENDS.items()]


def frames() -> Sound:
    """Of the converter, loud and quiet: harmonics that glide, and noise."""
    rng = np.random.default_rng(6)
    made = []
    for amplitude in (1500, 300, 60):
        for pitch_hz in (120, 210, 330, 500):
            time = np.arange(FRAME) / sound_tables.RATE_HZ
            phase = 2 * np.pi * pitch_hz * time * (1 + 2 * time)
            voice = np.sum([np.sin(number * phase + number) / number for number in range(1, 7)], axis=0) / 2
            made.append(2048 + amplitude * (voice + rng.normal(0, 0.1, FRAME)))
    return np.clip(np.rint(made), 0, 4095).astype(np.uint16)


def reference(sound: Sound) -> Levels:
    """(n, 12) levels in dB of these frames, in float: log_mel.h says of what."""
    differences = np.diff(sound.astype(np.float64), axis=1, prepend=sound[:, :1])
    window = (1 - np.cos(2 * np.pi * np.arange(FRAME) / FRAME)) / 2
    power = np.abs(np.fft.rfft(differences * window)) ** 2
    edges = sound_tables.band_edges()
    bins = np.arange(power.shape[1])
    weights = [np.interp(bins, edges[band : band + 3], [0, 1, 0]) for band in range(sound_tables.BANDS)]
    levels: Levels = 10 * np.log10(power @ np.array(weights).T)
    return levels


def _row(name: str, measure: Callable[[Sound], Cost], note: str, sound: Sound, truth: Levels) -> tuple[Measured, int | None]:
    try:
        cost = measure(sound)
    except ToolError as failure:
        return Measured(name, note=str(failure).splitlines()[-1]), None
    if not cost.cycles:
        return Measured(name, cost.flash_bytes, note=TOO_LARGE), None
    error = cost.levels * STEP_DB - truth
    row = Measured(
        name,
        cost.flash_bytes,
        cost.ram_bytes,
        round(float(np.mean(cost.cycles))),
        max(cost.cycles),
        float(np.abs(error - np.median(error)).mean()),
        note,
    )
    return row, round(float(np.mean(cost.fft_cycles)))


def _ours(sound: Sound) -> Cost:
    target = Target(OURS, ("log_mel_frame",))
    points, levels = np.zeros(HOP, np.uint32), np.zeros((len(sound), sound_tables.BANDS), np.uint8)
    calls = [target.call("log_mel_frame", one[:HOP], one[HOP:], points, out) for one, out in zip(sound, levels, strict=True)]
    transform = Target(OURS, ("fft_transform", "fft_power"))
    noise = np.random.default_rng(1).integers(-8000, 8000, (len(sound), FRAME)).astype(np.int16).view(np.uint32)
    fft = [transform.call("fft_transform", one, 0).cycles + transform.call("fft_power", one).cycles for one in noise]
    return Cost(
        target.flash_bytes,
        target.static_ram_bytes + points.nbytes + max(call.stack_bytes for call in calls),
        tuple(fft),
        tuple(call.cycles for call in calls),
        levels.astype(np.float64),
    )


def _in_steps(source: str, modules: tuple[str | Path, ...], options: tuple[str, ...], sound: Sound) -> Cost:
    steps = ("frame_prepare", "frame_window", "frame_transform", "frame_levels")
    target = Target((HERE / source, *modules), steps, (*options, *AS_IT_COMES, "-lm"))
    if target.flash_bytes > FLASH_BYTES:
        return Cost(target.flash_bytes, 0, (), (), np.zeros(0))
    target.call("frame_prepare")
    levels = np.zeros((len(sound), sound_tables.BANDS), np.uint8)
    fft, whole, stack = [], [], []
    for frame, out in zip(sound, levels, strict=True):
        calls = (target.call("frame_window", frame), target.call("frame_transform"), target.call("frame_levels", out))
        fft.append(calls[1].cycles)
        whole.append(sum(call.cycles for call in calls))
        stack.append(max(call.stack_bytes for call in calls))
    ram = target.static_ram_bytes + max(stack)
    return Cost(target.flash_bytes, ram, tuple(fft), tuple(whole), levels.astype(np.float64))


def _cmsis(source: str, sound: Sound) -> Cost:
    place = packages.cmsis_dsp()
    modules: tuple[str | Path, ...] = (*TABLES, "model/fft_q15", *(place / "Source" / source for source in CMSIS_SOURCES))
    # as its Python package is compiled: without the headers of CMSIS-Core, which come from elsewhere
    options = (f"-I{place / 'Include'}", f"-I{place / 'PrivateInclude'}", "-D__GNUC_PYTHON__")
    return _in_steps(source, modules, options, sound)


def _kissfft(sound: Sound) -> Cost:
    place = packages.kissfft()
    modules = (*TABLES, place / "kiss_fft", place / "kiss_fftr")
    return _in_steps("frame_kissfft", modules, (f"-I{place}", *KISSFFT), sound)


def _emlearn(sound: Sound) -> Cost:
    return _in_steps("frame_emlearn", (), (f"-I{Path(emlearn.__file__).parent}",), sound)


FRONT_ENDS: dict[str, tuple[Callable[[Sound], Cost], str]] = {
    "ours": (_ours, ""),
    f"CMSIS-DSP {packages.CMSIS_DSP}, arm_rfft_q15": (
        partial(_cmsis, "frame_cmsis"),
        "window, bands and logarithm ours; from PyPI",
    ),
    f"CMSIS-DSP {packages.CMSIS_DSP}, arm_cfft_q15": (partial(_cmsis, "frame_cmsis_complex"), "all but the complex FFT ours"),
    "kissfft, 16 bit": (_kissfft, "window, bands and logarithm ours; Debian's source package"),
    "emlearn, eml_audio": (_emlearn, "float; its own bands, other than those the error refers to"),
}
