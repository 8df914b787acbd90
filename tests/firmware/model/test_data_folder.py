"""A user's own recordings: written, opened with what everybody has, read back; and what is refused."""

import csv
import json
import math
import wave
from pathlib import Path

import numpy as np
import pytest

from firmware.model.data import clipping, read_folder, write_folder
from firmware.model.data.folder import check_label
from firmware.model.data.sidecar import Sidecar
from firmware.model.data.summary import summarise
from hardware.errors import InputError

ABOUT = Sidecar(50.0, "ann", session="monday", device="ca:db", more={"uid": "5032"})
VOICE = Sidecar(8000.4, "bob")
STILL = np.tile([0.0, -0.5, 1 / 1024], (100, 1))
HUM = (1000 * np.sin(np.arange(2000) * 0.3)).astype(np.int16)


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    return write_folder.motion(tmp_path, "walking", STILL, ABOUT)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return write_folder.sound(tmp_path, "yes", HUM, VOICE)


def say(recording: Path, **changes: object) -> None:
    """Change the sidecar; a key that becomes None goes."""
    path = recording.with_suffix(".json")
    found = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({key: value for key, value in found.items() if value is not None}))


def refused_motion(folder: Path, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read_folder.motion(folder)


def refused_sound(folder: Path, match: str) -> None:
    with pytest.raises(InputError, match=match):
        read_folder.sound(folder)


# What is kept


def test_motion_comes_back_as_it_was(tmp_path: Path) -> None:
    samples = np.random.default_rng(1).integers(-1024, 1024, (100, 3)) / 1024
    write_folder.motion(tmp_path, "walking", samples, ABOUT)
    found = read_folder.motion(tmp_path)
    recording = found.recordings[0]
    assert found.labels == ("walking",)
    assert np.array_equal(recording.samples_g, samples)
    assert recording.rate_hz == pytest.approx(50)
    assert (recording.subject, recording.session, recording.device) == ("ann", "monday", "ca:db")
    assert (recording.label == 0).all()


def test_sound_comes_back_as_it_was(tmp_path: Path, word: Path) -> None:
    recording = read_folder.sound(tmp_path).recordings[0]
    assert np.array_equal(recording.samples, HUM)
    assert (recording.rate_hz, recording.subject, recording.source) == (8000.4, "bob", f"yes/{word.name}")


def test_other_programs_open_them(walk: Path, word: Path) -> None:
    rows = list(csv.DictReader(walk.open()))
    assert rows[99] == {"x": "0.0", "y": "-0.5", "z": "0.0009765625"}
    with wave.open(str(word)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (1, 2, 8000, 2000)
    assert json.loads(walk.with_suffix(".json").read_text())["uid"] == "5032"


def test_offsets_are_kept_beside_and_taken_off_when_read(tmp_path: Path) -> None:
    path = write_folder.motion(tmp_path, "still", STILL, Sidecar(50.0, "ann", offset_g=(0.1, 0.0, -0.25)))
    assert path.read_text().splitlines()[1] == "0.0,-0.5,0.0009765625"
    assert read_folder.motion(tmp_path).recordings[0].samples_g[0] == pytest.approx([-0.1, -0.5, 0.25 + 1 / 1024])


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    paths = [write_folder.motion(tmp_path, "walking", STILL + number / 100, ABOUT) for number in range(4)]
    assert len(set(paths)) == 4
    assert len(list((tmp_path / "walking").iterdir())) == 8
    first = [float(path.read_text().splitlines()[1].split(",")[0]) for path in paths]
    assert first == pytest.approx([0, 0.01, 0.02, 0.03])


@pytest.mark.parametrize("suffix", [".csv", ".json", ".wav"])
def test_a_name_of_which_any_file_exists_is_taken(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = write_folder.datetime.datetime(2026, 1, 2, 3, 4, 5)
    clock = type("Clock", (write_folder.datetime.datetime,), {"now": classmethod(lambda *_: moment)})
    monkeypatch.setattr(write_folder.datetime, "datetime", clock)
    (tmp_path / "walking").mkdir()
    (tmp_path / "walking" / f"20260102T030405{suffix}").write_text("mine")
    path = write_folder.motion(tmp_path, "walking", STILL, ABOUT)
    assert path.name == "20260102T030405-2.csv"
    assert (tmp_path / "walking" / f"20260102T030405{suffix}").read_text() == "mine"


def test_moving_a_file_relabels_it(tmp_path: Path, walk: Path) -> None:
    (tmp_path / "running").mkdir()
    for path in (walk, walk.with_suffix(".json")):
        path.rename(tmp_path / "running" / path.name)
    write_folder.motion(tmp_path, "standing", STILL, ABOUT)
    found = read_folder.motion(tmp_path)
    assert found.labels == ("running", "standing")
    assert [(share.label, share.recordings, share.seconds) for share in summarise(found)] == [
        ("running", 1, 2),
        ("standing", 1, 2),
    ]


@pytest.mark.usefixtures("walk", "word")
def test_one_folder_may_hold_both_kinds(tmp_path: Path) -> None:
    assert read_folder.motion(tmp_path).labels == ("walking",)
    assert read_folder.sound(tmp_path).labels == ("yes",)


# What is refused


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused_motion(tmp_path / "none", r"there is no folder .*: record into it with dollar data record motion")


def test_an_empty_folder(tmp_path: Path) -> None:
    refused_sound(tmp_path, r"holds no recordings of sound .*LABEL/\*\.wav.*: run dollar data record sound")


def test_recordings_without_a_label(tmp_path: Path) -> None:
    (tmp_path / "loose.csv").touch()
    refused_motion(tmp_path, r"move loose\.csv into a folder named as its label")


@pytest.mark.parametrize("label", ["größe", "a b", "-x", "", "x" * 25, "a/b", "..", "café"])
def test_a_label_with_other_characters(label: str) -> None:
    with pytest.raises(InputError, match="is no label: take up to 24 letters"):
        check_label(label)


def test_a_folder_whose_name_is_no_label(tmp_path: Path, walk: Path) -> None:
    walk.parent.rename(tmp_path / "walking fast")
    refused_motion(tmp_path, "'walking fast' is no label: .*; rename its folder")


def test_missing_metadata(tmp_path: Path, walk: Path) -> None:
    walk.with_suffix(".json").unlink()
    refused_motion(tmp_path, rf"{walk.name} has no {walk.stem}\.json beside it: write")


@pytest.mark.parametrize("key", ["rate_hz", "subject"])
def test_a_missing_key(tmp_path: Path, walk: Path, key: str) -> None:
    say(walk, **{key: None})
    refused_motion(tmp_path, f'lacks "{key}": add it')


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rate_hz", "50"),
        ("rate_hz", 0),
        ("rate_hz", math.nan),
        ("rate_hz", True),
        ("subject", ""),
        ("subject", 3),
        ("session", 3),
        ("offset_g", [0, 0]),
        ("offset_g", [0, 0, "0"]),
        ("full_scale_g", -2),
    ],
)
def test_a_key_of_the_wrong_kind(tmp_path: Path, walk: Path, key: str, value: object) -> None:
    say(walk, **{key: value})
    refused_motion(tmp_path, f'"{key}" is .*: give')


@pytest.mark.parametrize(("text", "match"), [("{", "is not JSON"), ("[]", "holds no object")])
def test_metadata_that_is_none(tmp_path: Path, walk: Path, text: str, match: str) -> None:
    walk.with_suffix(".json").write_text(text)
    refused_motion(tmp_path, match)


@pytest.mark.parametrize("rate", [26, 500])
def test_a_wrong_rate_of_motion(tmp_path: Path, walk: Path, rate: int) -> None:
    say(walk, rate_hz=rate)
    refused_motion(tmp_path, f"has {rate} Hz, not 40 to 450")


def test_a_wrong_rate_of_sound(tmp_path: Path) -> None:
    write_folder.sound(tmp_path, "yes", HUM, Sidecar(16000.0, "bob"))
    refused_sound(tmp_path, "has 16000 Hz, not 7840 to 8160: convert it")


def test_a_rate_that_differs_from_the_files(tmp_path: Path, word: Path) -> None:
    say(word, rate_hz=7800)
    refused_sound(tmp_path, "has 8000 Hz, but its JSON file says 7800")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_value_that_is_not_finite(tmp_path: Path, walk: Path, value: str) -> None:
    walk.write_text(walk.read_text().replace("0.0,-0.5", f"{value},-0.5", 1))
    refused_motion(tmp_path, r"\.csv:2: .*not finite")


@pytest.mark.parametrize("row", ["1,2", "1,2,3,4", "1,2,x", ""])
def test_a_row_that_is_none(tmp_path: Path, walk: Path, row: str) -> None:
    walk.write_text(walk.read_text() + row + "\n")
    refused_motion(tmp_path, r"\.csv:102: .*is not x,y,z in g")


@pytest.mark.parametrize("head", ["", "0.0,0.0,1.0\n", "time,x,y,z\n"])
def test_a_file_without_its_header(tmp_path: Path, walk: Path, head: str) -> None:
    walk.write_text(head)
    refused_motion(tmp_path, r"\.csv:1: .* is not the header line x,y,z")


def test_motion_that_is_too_short(tmp_path: Path) -> None:
    write_folder.motion(tmp_path, "walking", STILL[:63], ABOUT)
    refused_motion(tmp_path, r"has 1\.26 s, less than 1\.28")


def test_motion_of_one_window(tmp_path: Path) -> None:
    write_folder.motion(tmp_path, "walking", STILL[:64], ABOUT)
    assert len(read_folder.motion(tmp_path).recordings) == 1


@pytest.mark.parametrize("count", [0, 799])
def test_sound_that_is_too_short(tmp_path: Path, count: int) -> None:
    write_folder.sound(tmp_path, "yes", HUM[:count], VOICE)
    refused_sound(tmp_path, r"s, less than 0\.10")


@pytest.mark.parametrize("limit", [2047 / 1024, -2.0])
def test_clipped_motion(tmp_path: Path, limit: float) -> None:
    samples = STILL.copy()
    samples[10:12, 1] = limit
    write_folder.motion(tmp_path, "walking", samples, ABOUT)
    refused_motion(tmp_path, r"is clipped in 2\.0% of its samples")
    samples[11] = 0
    (tmp_path / "again").mkdir()
    write_folder.motion(tmp_path / "again", "walking", samples, ABOUT)
    assert read_folder.motion(tmp_path / "again").recordings


def test_clipping_follows_the_full_scale(tmp_path: Path, walk: Path) -> None:
    say(walk, full_scale_g=0.5)
    refused_motion(tmp_path, r"is clipped in 100\.0%")


@pytest.mark.parametrize("top", [32767, 30000, 9000])
def test_flat_tops_are_clipped_sound(tmp_path: Path, top: int) -> None:
    time = np.arange(4000) / 8000
    loud = top * 1.1 * np.sin(2 * np.pi * 200 * time)
    write_folder.sound(tmp_path, "yes", np.clip(loud, -32768, top).astype(np.int16), VOICE)
    refused_sound(tmp_path, "is clipped in .* of its samples: speak less loudly")


@pytest.mark.parametrize(("run", "clipped"), [(1, 0), (2, 0), (3, 3), (5, 5)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_flat_top_has_three_samples_or_more(run: int, clipped: int, sign: int) -> None:
    samples = sign * np.array([0] * 10 + [20000, 19990, 20000, 19995, 20000][:run] + [5, 20000, 7], np.int16)
    found = clipping.sound(samples)
    assert found.sum() == clipped
    assert found[10 : 10 + clipped].all()


@pytest.mark.parametrize("hertz", [100, 440, 1000, 2000, 3000])
@pytest.mark.parametrize("peak", [100, 9000, 32000])
def test_a_whole_tone_is_not_clipped(tmp_path: Path, hertz: int, peak: int) -> None:
    tone = peak * np.sin(2 * np.pi * hertz * np.arange(4000) / 8000 + 0.1)
    write_folder.sound(tmp_path, "yes", tone.astype(np.int16), VOICE)
    assert read_folder.sound(tmp_path).recordings


def test_sound_of_another_format(tmp_path: Path, word: Path) -> None:
    with wave.open(str(word), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
    refused_sound(tmp_path, "is not 16 bit mono")
    word.write_bytes(b"noise")
    refused_sound(tmp_path, "cannot be read as a WAV file")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    paths = [write_folder.motion(tmp_path, "walking", STILL[:10], ABOUT) for _ in range(8)]
    with pytest.raises(InputError) as caught:
        read_folder.motion(tmp_path)
    assert sum(path.name in str(caught.value) for path in paths) == 5
    assert str(caught.value).endswith("and 3 more recordings")
