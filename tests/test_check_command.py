"""`dollar check` as a user runs it, and the comparison of two builds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hardware import paths
from hardware.errors import InputError
from manufacturing import reproduction
from manufacturing.verification import Check
from scripts.dollar import check

FIGURES = ("erc", "drc", "panel_drc", "parity", "unconnected", "exclusions", "electrical")
FIGURES += ("gerber_opens", "gerber_shorts", "bom_cpl_mismatch")
PACKAGES = ("bom", "firmware", "hardware", "manufacturing", "scripts")


@pytest.fixture(scope="module")
def clean_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with nothing built."""
    tree = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        if (paths.ROOT / package).is_dir():
            shutil.copytree(paths.ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tree


def dollar_check(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.dollar", "check", *options]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_what_is_not_built_is_bad_input_and_no_pass(clean_tree: Path) -> None:
    done = dollar_check(clean_tree, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: build/kicad/dollar-tinyml.kicad_sch is not built: run make, or dollar schematic, which writes it\n"
    )
    assert not (clean_tree / "build" / "reports" / "check.json").exists()


def test_the_built_board_passes_every_check() -> None:
    """make test builds first; without a build this fails with the sentence that says so."""
    done = dollar_check(paths.ROOT, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert {figure: found[figure] for figure in FIGURES} == dict.fromkeys(FIGURES, 0)
    assert found["ok"] is True
    assert found["findings"] == {}
    assert json.loads((paths.REPORTS / "check.json").read_text(encoding="utf-8")) == found


def test_one_finding_fails_the_check_and_is_told() -> None:
    checks = [
        Check("drc", "rules", []),
        Check("erc", "one", ["R1 is bad"]),
        Check("erc", "other", ["R2 is bad", "R3 too"], "4 mm"),
    ]
    summary = check.summary(checks)
    assert (summary["drc"], summary["erc"], summary["ok"]) == (0, 3, False)
    assert summary["findings"] == {"erc: one": ["R1 is bad"], "erc: other": ["R2 is bad", "R3 too"]}
    assert summary["measured"] == {"other": "4 mm"}


def test_the_table_shows_counts_measures_and_first_findings(capsys: pytest.CaptureFixture[str]) -> None:
    check.show([Check("drc", "rules", [f"fault {i} [x]" for i in range(8)], "0.1 mm"), Check("erc", "circuit", [])])
    shown = capsys.readouterr().out
    assert "fault 4 [x]" in shown
    assert "fault 5" not in shown
    assert "and 3 more" in shown
    assert any(line.split() == ["drc", "rules", "8", "0.1", "mm"] for line in shown.splitlines())
    assert any(line.split() == ["erc", "circuit", "0"] for line in shown.splitlines())


# Two builds -------------------------------------------------------------------------------------------------------------


def tree_that_builds(folder: Path, recipe: str) -> Path:
    (folder / "Makefile").write_text(f"build:\n\t@mkdir -p build\n\t@{recipe}\n", encoding="utf-8")
    (folder / "build").mkdir()
    (folder / "build" / "stale.txt").write_text("left over", encoding="utf-8")
    return folder


def compared(tree: Path) -> list[reproduction.Compared]:
    return reproduction.compare(lambda _: None, tree, ("build/*.txt",))


def test_builds_that_depend_on_the_sources_alone_are_the_same(tmp_path: Path) -> None:
    (file,) = compared(tree_that_builds(tmp_path, "cat Makefile > build/out.txt"))
    assert (file.name, file.difference) == ("build/out.txt", None)


@pytest.mark.parametrize(
    "recipe",
    ["date -u +%F", "date +%z", "pwd", "python3 -c 'print(hash(\"x\"))'"],
    ids=["date", "time zone", "folder", "hash seed"],
)
def test_a_build_that_depends_on_its_surroundings_is_found(tmp_path: Path, recipe: str) -> None:
    (file,) = compared(tree_that_builds(tmp_path, f"(echo same; {recipe}) > build/out.txt"))
    assert file.difference is not None
    assert "(line 2): b'" in file.difference


def test_a_file_that_only_one_build_writes_is_found(tmp_path: Path) -> None:
    recipe = "touch build/always.txt; case $$PWD in *longer*) touch build/sometimes.txt;; esac"
    always, sometimes = compared(tree_that_builds(tmp_path, recipe))
    assert (always.difference, sometimes.difference) == (None, "only in the second build")


def test_a_build_that_fails_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a build from a clean copy fails \(no flux\)"):
        compared(tree_that_builds(tmp_path, "echo no flux >&2; exit 1"))


def test_a_build_that_leaves_a_file_out_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the build wrote no build/\*\.txt"):
        compared(tree_that_builds(tmp_path, "true"))
