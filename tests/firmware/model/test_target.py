"""Flash and cycles of C functions, on functions whose cost is known."""

from pathlib import Path

import numpy as np
import pytest

from firmware.model.target import Target, flash_bytes
from hardware.errors import InputError, ToolError


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "module.c").write_text(
        "#include <stdint.h>\n"
        "void nothing(void);\nvoid nothing(void) {}\n"
        "void add(uint16_t *to, const uint16_t *what, int count);\n"
        "void add(uint16_t *to, const uint16_t *what, int count) { while (count--) { *to++ += *what++; } }\n"
        "int fifth(int a, int b, int c, int d, int e);\n"
        "int fifth(int a, int b, int c, int d, int e) { return a + b + c + d + 2 * e; }\n"
        "int count(void);\nint count(void) { static int calls = 7; return ++calls; }\n"
        "int deep(int n);\nint deep(int n) { volatile uint8_t room[200]; room[n] = 1; return room[n]; }\n"
        'void endless(void);\nvoid endless(void) { __asm volatile("udf"); }\n'
        "extern const uint8_t table[1000];\nconst uint8_t table[1000] = {1};\n"
        "int look(int at);\nint look(int at) { return table[at]; }\n"
    )
    return tmp_path / "module"


def test_flash_is_what_the_functions_need_and_no_more(module: Path) -> None:
    assert flash_bytes((module,), ()) == 0
    assert flash_bytes((module,), ("nothing",)) == 4  # bx lr, to whole words
    assert 1000 < flash_bytes((module,), ("look",)) < 1020
    assert flash_bytes((module,), ("look", "nothing")) - flash_bytes((module,), ("look",)) in (0, 4)
    assert flash_bytes((module,), ("count",)) > flash_bytes((module,), ("nothing",)) + 4  # the initial value counts


def test_cycles_are_those_of_the_instructions(module: Path) -> None:
    target = Target((module,), ("nothing", "add"))
    assert target.call("nothing").cycles == 2  # bx
    to, what = np.arange(20, dtype=np.uint16), np.arange(20, dtype=np.uint16)
    cycles = [target.call("add", to, what, count).cycles for count in (1, 11, 20)]
    assert cycles[1] - cycles[0] == pytest.approx((cycles[2] - cycles[1]) / 9 * 10)


def test_arrays_and_results_pass_both_ways(module: Path) -> None:
    target = Target((module,), ("add", "fifth"))
    to, what = np.array([[1, 2], [3, 4]], np.uint16), np.array([65535, 1, 1, 1], np.uint16)
    what.flags.writeable = False
    target.call("add", to, what, 4)
    assert to.tolist() == [[0, 3], [4, 5]]
    assert target.call("fifth", 1, 2, 3, -4, 5).result == 12


def test_static_data_lasts_between_calls(module: Path) -> None:
    target = Target((module,), ("count",))
    assert [target.call("count").result for _ in range(3)] == [8, 9, 10]


def test_the_stack_is_measured(module: Path) -> None:
    target = Target((module,), ("nothing", "deep"))
    assert target.call("nothing").stack_bytes == 0
    assert 1 <= target.call("deep", 199).stack_bytes <= 16
    assert 200 <= target.call("deep", 0).stack_bytes <= 216


def test_what_fails_says_so(module: Path) -> None:
    with pytest.raises(ToolError, match="endless ended in"):
        Target((module,), ("endless",)).call("endless")
    with pytest.raises(ToolError, match="missing"):
        Target((module,), ("missing",))
    with pytest.raises(InputError, match="not within"):
        Target((module,), ("look",)).call("look", np.zeros(5000, np.uint8))
