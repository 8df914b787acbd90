"""C of the firmware as a library on this machine."""

from pathlib import Path

import pytest

from firmware.model import native
from hardware.errors import InputError, ToolError


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module `answer`, in place of the firmware's."""
    monkeypatch.setattr(native, "SOURCES", tmp_path)
    monkeypatch.setattr(native, "FOLDER", tmp_path / "built")
    (tmp_path / "answer.h").write_text("#pragma once\nenum { TWENTY = 20 };\nint answer(void);\n")
    (tmp_path / "answer.c").write_text('#include "answer.h"\nint answer(void) { return TWENTY + 1; }\n')
    return tmp_path


def built(sources: Path) -> list[Path]:
    return sorted((sources / "built").iterdir())


def test_functions_and_constants_are_those_of_the_headers(sources: Path) -> None:
    _, lib = native.load("answer", ("answer",))
    assert (lib.answer(), lib.TWENTY) == (21, 20)
    (library,) = built(sources)
    assert library.name.startswith("answer-")


def test_it_is_compiled_again_only_when_something_changed(sources: Path) -> None:
    native.load("answer", ("answer",))
    first = {path: path.stat().st_mtime_ns for path in built(sources)}
    native.load("answer", ("answer",))
    assert {path: path.stat().st_mtime_ns for path in built(sources)} == first
    (sources / "answer.h").write_text("#pragma once\nenum { TWENTY = 40 };\nint answer(void);\n")
    assert native.load("answer", ("answer",))[1].answer() == 41
    native.load("answer", ("answer",), ("-O0",))
    assert len(built(sources)) == 3


def test_without_a_compiler_the_error_says_what_to_do(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "COMPILERS", ("no-such-compiler",))
    with pytest.raises(InputError, match="install gcc"):
        native.load("answer", ("answer",))
    assert not (sources / "built").exists()


def test_what_the_compiler_says_of_wrong_c_is_shown(sources: Path) -> None:
    (sources / "answer.c").write_text("int answer(void) { return TWENTY; }\n")
    with pytest.raises(ToolError, match=r"does not compile answer:(.|\n)*TWENTY"):
        native.load("answer", ("answer",))
    assert built(sources) == []
