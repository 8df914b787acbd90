"""`dollar flash` and `dollar flash-faults` as a user calls them."""

import hashlib
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from hardware import paths

FIRMWARE = paths.FIRMWARE / "firmware.bin"


def dollar(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.dollar", *arguments]
    return subprocess.run(command, cwd=paths.ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def silent_port() -> Iterator[str]:
    """Somebody is there, and says nothing."""
    ours, theirs = pty.openpty()
    yield os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


def test_a_virtual_board_is_flashed() -> None:
    done = dollar("flash", "--virtual", "--json")
    assert done.returncode == 0, done.stderr
    found = answer(done)
    assert found["flashed"]
    assert found["sha256"] == hashlib.sha256(FIRMWARE.read_bytes()).hexdigest()
    assert found["image_bytes"] == FIRMWARE.stat().st_size
    assert len(bytes.fromhex(found["uid"])) == 128
    assert 1 < found["over_wire_time"] < 1.6  # a short image: what erasing takes weighs more
    assert found["seconds"] >= found["flash_seconds"] > found["wire_seconds"]


def test_for_people_it_says_what_was_done() -> None:
    done = dollar("flash", "--virtual", "--baud", "115200")
    assert "bytes written, read back and compared at 115200 baud" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "error: no serial port is given: add --port PORT, or --virtual\n"),
        (("--virtual", "--port", "x"), "error: give --port or --virtual\n"),
        (
            ("no-such.bin", "--virtual"),
            "error: no-such.bin cannot be read (No such file or directory): run make firmware, or give another file\n",
        ),
        (("README.md", "--virtual"), "error: README.md does not begin with a stack pointer and an entry of this chip: "),
        (("--virtual", "--option-bytes", "00"), "error: --option-bytes 00 is not 16 bytes in hexadecimal: "),
        (("--port", "/dev/no-such-tty"), "error: /dev/no-such-tty cannot be opened: check its name"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    done = dollar("flash", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_a_cause_for_programs(silent_port: str) -> None:
    done = dollar("flash", "--port", silent_port, "--reset", "console", "--json")
    assert done.returncode == 2
    found = answer(done)
    assert (found["flashed"], found["cause"]) == (False, "no-answer")
    assert "flash with --reset hand" in found["error"]


def test_with_nobody_at_the_keyboard_nobody_is_waited_for(silent_port: str) -> None:
    done = dollar("flash", "--port", silent_port, "--reset", "hand")
    assert done.returncode == 2
    assert "hold BOOT0 at VDD" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("error: nobody is there to press Enter")


def test_flash_faults_are_counted() -> None:
    done = dollar("flash-faults", "--trials", "11", "--cut-images", "0", "--small", "--seed", "3", "--jobs", "1", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = answer(done)
    assert (found["trials"], found["corrupted_accepted"], found["not_recovered"]) == (11, 0, 0)
    assert found["failures"] == []
