import subprocess

import numpy as np
import pytest

from hardware.errors import InputError, ToolError
from hardware.spice import program

LOW_PASS = ["V1 in 0 DC 2 AC 1", "R1 in out 1k", "C1 out 0 1u"]
CORNER_HZ = 1 / (2 * np.pi * 1e-3)


def test_a_low_pass_has_its_corner_where_theory_says() -> None:
    (found,) = program.run(LOW_PASS, [f"ac lin 1 {CORNER_HZ} {CORNER_HZ}"])
    assert found["v(out)"][0] == pytest.approx(1 / (1 + 1j), rel=1e-6)


def test_each_analysis_gives_its_vectors_in_order() -> None:
    operating, step, noise = program.run([*LOW_PASS, "R2 out 0 1k"], ["op", "tran 10u 5m", "noise v(out) v1 dec 5 1 10"])
    assert operating["v(out)"].real == pytest.approx(1.0)
    assert step["time"].real[-1] == pytest.approx(5e-3)
    # two resistors of 1 k in parallel at 300.15 K
    assert noise["onoise_spectrum"].real[0] == pytest.approx(np.sqrt(4 * 1.380649e-23 * 300.15 * 500), rel=1e-3)


def test_ground_is_a_node_as_others_are() -> None:
    (found,) = program.run(LOW_PASS, ["save v(0) v(out)", "tran 10u 1m"])
    assert found["v(0)"].shape == found["v(out)"].shape
    assert not found["v(0)"].any()


def test_a_command_that_is_no_analysis_changes_the_next_one() -> None:
    before, after = program.run([*LOW_PASS, "R2 out 0 1k"], ["op", "alter r2 = 3k", "op"])
    assert (before["v(out)"][0].real, after["v(out)"][0].real) == pytest.approx((1.0, 1.5))


def test_a_circuit_that_ngspice_refuses_is_an_error_with_its_words() -> None:
    with pytest.raises(ToolError, match="nonsense"):
        program.run(["X1 in out nonsense"], ["op"])


def test_a_missing_ngspice_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match="ngspice is not installed: run scripts/setup"):
        program.run(LOW_PASS, ["op"])


def test_the_same_circuit_is_simulated_once_and_nobody_can_change_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first = program.run([*LOW_PASS, "R2 out 0 1k"], ["op"])
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("ngspice ran again"))
    first.clear()
    (again,) = program.run([*LOW_PASS, "R2 out 0 1k"], ["op"])
    assert again["v(out)"].real == pytest.approx(1.0)
    with pytest.raises(ValueError, match="read-only"):
        again["v(out)"][0] = 2.0
