"""The dollar command as a user meets it when something is wrong: one sentence, exit code 2, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def dollar(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.dollar", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_help_lists_every_command_module() -> None:
    modules = {
        file.stem.replace("_", "-") for file in (ROOT / "scripts" / "dollar").glob("*.py") if not file.stem.startswith("_")
    }
    shown = dollar("--help").stdout
    assert {name for name in modules if f" {name} " in shown} == modules


def test_an_unknown_command_is_one_sentence() -> None:
    done = dollar("lay-out")
    assert done.returncode == 2
    assert done.stderr == "error: there is no command 'lay-out'; dollar --help lists them\n"


def test_missing_programs_are_one_sentence(tmp_path: Path) -> None:
    """A machine without KiCad: nothing but the interpreter is on PATH."""
    done = dollar("schematic", PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.endswith("is not installed: run scripts/setup\n")
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_pcbnew_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "pcbnew.py").write_text("raise ModuleNotFoundError('gone', name='pcbnew')")
    done = dollar("layout", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == "error: KiCad 9's Python module pcbnew is missing: run scripts/setup\n"


def test_json_is_one_object_and_nothing_else() -> None:
    done = dollar("netlist", "--check", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"parts": 32, "nets": 27, "erc": 0, "changed": False}


def test_the_committed_netlist_is_the_circuits() -> None:
    assert dollar("netlist", "--check").returncode == 0


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    """A PATH with only what scripts/setup itself calls, and a dpkg-query that knows no package."""
    for name in ("bash", "dirname", "awk", "cmp", "grep", "id", "cat", "env"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()
        (tmp_path / name).symlink_to(found)
    query = tmp_path / "dpkg-query"
    query.write_text("#!/bin/sh\nexit 1\n")
    query.chmod(0o755)
    return tmp_path


def test_setup_without_apt_names_the_packages(stubs: Path) -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "setup"], env={"PATH": str(stubs), "HOME": str(stubs)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "install these with your system's package manager" in done.stderr
    assert "kicad" in done.stderr
    assert "ngspice" in done.stderr


def test_setup_has_nothing_to_do_here() -> None:
    """make test has run it just before."""
    done = subprocess.run([ROOT / "scripts" / "setup", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_shows_the_figures_of_this_build() -> None:
    """make test has built just before; dollar readme writes them anew."""
    done = dollar("readme", "--check", "--json")
    assert json.loads(done.stdout) == {"fresh": True, "ok": True}
