"""Fetching a public set from a server: whole, broken off, altered, refused."""

import socket
from pathlib import Path

import numpy as np
import pytest
from archive_server import Archive, serving
from small_originals import archive, small, stored

from firmware.model.data import arrays, sets, sound_sets
from firmware.model.data.fetch import fetch, present, url
from hardware.errors import InputError

FSDD = small(sets.FSDD)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("public", sets.SETS, ids=lambda public: public.name)
def test_what_is_fetched_is_what_the_loaders_read(public: sets.PublicSet, tmp_path: Path) -> None:
    with serving(Archive(archive(public))) as home:
        path = fetch(small(public), tmp_path / "new", home)
    stored(public, tmp_path)
    assert left(tmp_path / "new") == [path.name] == [public.file]
    fetched, expected = (arrays.read(folder, small(public)) for folder in (path.parent, tmp_path))
    assert fetched.keys() == expected.keys()
    assert all((fetched[name] == expected[name]).all() for name in expected)


def test_the_archive_is_asked_for_by_repository_and_commit(tmp_path: Path) -> None:
    with serving(served := Archive(archive(FSDD))) as home:
        fetch(FSDD, tmp_path, home)
    assert served.asked == [(f"/Jakobovski/free-spoken-digit-dataset/tar.gz/{FSDD.commit}", None)]
    assert url(FSDD).startswith("https://codeload.github.com/")


def test_it_goes_on_where_the_connection_broke(tmp_path: Path) -> None:
    content = archive(FSDD)
    told: list[tuple[int, int | None]] = []
    with serving(served := Archive(content, breaks=[100, 50])) as home:
        fetch(FSDD, tmp_path, home, lambda done, total: told.append((done, total)))
    assert [begin for _, begin in served.asked] == [None, "bytes=100-", "bytes=150-"]
    assert told[-1] == (len(content), len(content))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert present(FSDD, tmp_path)


def test_a_later_run_goes_on_too(tmp_path: Path) -> None:
    content = archive(FSDD)
    with (
        serving(Archive(content, breaks=[100, 50, 25])) as home,
        pytest.raises(InputError, match="175 bytes are kept"),
    ):
        fetch(FSDD, tmp_path, home)
    assert not present(FSDD, tmp_path)
    with serving(served := Archive(content)) as home:
        fetch(FSDD, tmp_path, home)
    assert served.asked[0][1] == "bytes=175-"
    assert left(tmp_path) == [FSDD.file]


def test_it_begins_anew_where_the_server_cannot_go_on(tmp_path: Path) -> None:
    with serving(Archive(archive(FSDD), ranges=False, breaks=[100])) as home:
        fetch(FSDD, tmp_path, home)
    assert present(FSDD, tmp_path)


def test_a_server_may_not_say_how_much_there_is(tmp_path: Path) -> None:
    told: list[int | None] = []
    with serving(Archive(archive(FSDD), length_is_said=False)) as home:
        fetch(FSDD, tmp_path, home, lambda _, total: told.append(total))
    assert set(told) == {None}
    assert present(FSDD, tmp_path)


@pytest.mark.parametrize("more", [0, 10])
def test_what_was_kept_may_be_all_or_of_another_file(tmp_path: Path, more: int) -> None:
    content = archive(FSDD)
    part = tmp_path / f".fsdd_8k.{FSDD.commit[:8]}.tar.gz.part"
    part.write_bytes(content + bytes(more))
    with serving(served := Archive(content)) as home:
        fetch(FSDD, tmp_path, home)
    assert len(served.asked) == (2 if more else 1)
    assert present(FSDD, tmp_path)


def test_altered_originals_are_refused(tmp_path: Path) -> None:
    altered = sets.FSDD  # whose digest is that of the real ones
    with serving(Archive(archive(FSDD))) as home, pytest.raises(InputError, match="does not hold the originals of fsdd_8k"):
        fetch(altered, tmp_path, home)
    assert left(tmp_path) == []


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_damaged_archive_is_refused_and_fetched_afresh(tmp_path: Path, cut: int) -> None:
    content = archive(FSDD)
    with serving(Archive(content[:cut])) as home, pytest.raises(InputError, match=r"is damaged .*: fetch it again"):
        fetch(FSDD, tmp_path, home)
    assert left(tmp_path) == []


def test_another_repository_is_refused(tmp_path: Path) -> None:
    with serving(Archive(archive(sets.SPSW_HAR))) as home, pytest.raises(InputError, match="nothing in recordings"):
        fetch(FSDD, tmp_path, home)


def test_a_refusal_is_told(tmp_path: Path) -> None:
    with serving(Archive(b"", status=404)) as home, pytest.raises(InputError, match="the server says 404"):
        fetch(FSDD, tmp_path, home)


def test_no_server_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(InputError, match=r"cannot be fetched \(.*refused.*try again"):
        fetch(FSDD, tmp_path, f"http://127.0.0.1:{port}")


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot be written .*: name another folder in DOLLAR_DATA"):
        fetch(FSDD, tmp_path / "file" / "data", "http://127.0.0.1:1")


def test_a_good_file_survives_a_failed_fetch(tmp_path: Path) -> None:
    stored(FSDD, tmp_path)
    with serving(Archive(b"", status=503)) as home, pytest.raises(InputError):
        fetch(FSDD, tmp_path, home)
    assert np.array_equal(sound_sets.fsdd(tmp_path, FSDD).recordings[1].samples, [5, 6])
