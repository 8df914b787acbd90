"""Sound sources: loudness, frequency, files, and what cannot be one."""

import wave
from pathlib import Path

import numpy as np
import pytest

from hardware.errors import InputError
from hardware.virtual_board import sound
from hardware.virtual_board.ticks import TICKS_PER_SECOND

RATE = 32_000
STEP = TICKS_PER_SECOND // RATE


def second(source: sound.SoundSource, first: int = 0) -> np.ndarray:
    return source.pascal(first, STEP, RATE)


def test_a_tone_has_its_frequency_and_loudness() -> None:
    found = second(sound.parse("tone:1000:94"))
    assert np.sqrt(np.mean(found**2)) == pytest.approx(1.0, rel=0.01)  # 94 dB SPL is 1 Pa
    spectrum = np.abs(np.fft.rfft(found))
    assert int(np.argmax(spectrum)) == 1000


def test_any_stretch_can_be_asked_for_again() -> None:
    tone = sound.parse("tone:440")
    whole = tone.pascal(0, STEP, 1000)
    assert np.array_equal(tone.pascal(400 * STEP, STEP, 600), whole[400:])


def test_silence_is_silent() -> None:
    assert not second(sound.parse("silence")).any()


def test_a_file_is_played_at_its_rate_and_the_asked_loudness(tmp_path: Path) -> None:
    samples = (8000 * np.sin(2 * np.pi * 500 * np.arange(8000) / 8000)).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(samples.tobytes())
    found = second(sound.parse(f"file:{tmp_path / 'a.wav'}:74"))
    assert np.sqrt(np.mean(found**2)) == pytest.approx(sound.rms_pa(74), rel=0.03)
    assert int(np.argmax(np.abs(np.fft.rfft(found)))) == 500


@pytest.mark.parametrize("text", ["noise", "tone", "tone:high", "tone:1:2:3", "file", "silence:3"])
def test_what_is_no_sound_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match=f"there is no sound '{text}': say silence"):
        sound.parse(text)


@pytest.mark.parametrize("text", ["tone:0", "tone:nan", "tone:-100", "tone:1e9", "tone:1000:-1", "tone:1000:999"])
def test_a_tone_that_cannot_be_is_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="is not between"):
        sound.parse(text)


@pytest.mark.parametrize(
    ("width", "content", "message"),
    [(1, b"\x01" * 100, "is not 16 bit mono"), (2, b"\x00" * 100, "holds no sound"), (2, b"", "holds no sound")],
)
def test_a_file_that_will_not_do_is_one_sentence(width: int, content: bytes, message: str, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes(content)
    with pytest.raises(InputError, match=message):
        sound.parse(f"file:{tmp_path / 'a.wav'}")


def test_a_missing_file_and_a_text_file_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("words")
    for name in ("a.wav", "b.wav"):
        with pytest.raises(InputError, match=r"cannot be read as a WAV file .*: give a 16 bit mono recording"):
            sound.parse(f"file:{tmp_path / name}")
