"""Small synthetic originals of the public sets, in the form in which their authors publish them."""

import io
import tarfile
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np

from firmware.model.data import arrays
from firmware.model.data.exercise_files import EXERCISE_FILES
from firmware.model.data.originals import convert
from firmware.model.data.sets import PublicSet

G = 9.80665

ACTIVITY = f"""x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro,timestamp,label
0.0,{-G},{G / 2},9,9,9,1657533977810,SEATED
{G / 2048},0.0,{2 * G},9,9,9,1657533977819,SEATED
{-0.6 * G / 2048},{0.6 * G / 2048},{G},9,9,9,1657533977830,WALKING
"""
SHORTER = "\n".join(ACTIVITY.splitlines()[:3]) + "\n"


def spsw_har() -> dict[str, bytes]:
    named = {
        "s02/s02_11_sw.csv": ACTIVITY,
        "s01/s01_03_sw.csv": SHORTER,
        "s01/s01_03_sp.csv": ACTIVITY,
        "executions_info.csv": "",
    }
    return {name: text.encode() for name, text in named.items()}


def har_exercise_1() -> dict[str, bytes]:
    files = {}
    for number, name in enumerate((*EXERCISE_FILES, "2000-01-01T000132_other.npy")):
        packed = io.BytesIO()
        np.save(packed, np.array([[16384, -8192, number * 8], [12, 4, -12]], np.int16))
        files[name] = packed.getvalue()
    return files


def clip(samples: list[int], rate: int = 8000) -> bytes:
    packed = io.BytesIO()
    with wave.open(packed, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.array(samples, "<i2").tobytes())
    return packed.getvalue()


def fsdd_8k() -> dict[str, bytes]:
    return {
        "7_theo_12.wav": clip([1, -2, 32767]),
        "0_jackson_49.wav": clip([5, 6]),
        "0_george_3.wav": clip([-32768]),
    }


FILES = {"spsw_har": spsw_har, "har_exercise_1": har_exercise_1, "fsdd_8k": fsdd_8k}


def small(public: PublicSet) -> PublicSet:
    """The same set, but proven by the small originals."""
    return replace(public, digest=arrays.digest(convert(public.name, FILES[public.name]())))


def stored(public: PublicSet, folder: Path) -> PublicSet:
    """Small originals, converted into the folder."""
    arrays.write(folder / public.file, convert(public.name, FILES[public.name]()))
    return small(public)


def archive(public: PublicSet) -> bytes:
    """As GitHub packs a repository; with a file that is none of the originals."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, data in {f"{public.folder}/{name}": data for name, data in FILES[public.name]().items()}.items():
            _add(tar, f"repository-{public.commit}/{name}", data)
        _add(tar, f"repository-{public.commit}/README.md", b"read me")
    return packed.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))
