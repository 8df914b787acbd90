"""`dollar coverage --list`."""

import json

import pytest
from typer.testing import CliRunner

from hardware.errors import InputError
from scripts.dollar import __main__ as dollar


def test_the_list_adds_up_by_class() -> None:
    said = CliRunner().invoke(dollar._app("coverage"), ["--list", "--json"])
    found = json.loads(said.stdout)
    assert said.exit_code == 0
    assert found["faults"] == len(found["list"]) == sum(counts["faults"] for counts in found["by_class"].values())
    assert 0 < found["different_boards"] <= found["faults"]
    for key in ("equivalent", "not_represented"):
        assert len(found[key]) == sum(counts[key] for counts in found["by_class"].values())
        assert all(left["reason"] for left in found[key])


def test_the_table_names_every_class_and_what_is_left_out() -> None:
    said = CliRunner().invoke(dollar._app("coverage"), ["--list"])
    assert all(word in said.stdout for word in ("presence", "correctness", "orientation", "live", "shorts", "opens", "quality"))
    assert "No model" in said.stdout


def test_the_campaign_says_that_it_is_not_there_yet() -> None:
    with pytest.raises(InputError, match="--list"):
        CliRunner().invoke(dollar._app("coverage"), [], catch_exceptions=False)
