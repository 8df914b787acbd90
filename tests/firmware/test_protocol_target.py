"""The protocol code is for a Cortex-M0+ with 32 kB of flash, and pure."""

import subprocess
from pathlib import Path

import pytest
from host_c import STRICT, sources

TARGET = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-ffunction-sections", "-fdata-sections"]
# What the compiler may call: string functions, and the division that the core lacks. No float, no heap, no printf.
LIBRARY = {"memcpy", "memset", "strcmp", "__aeabi_uidiv", "__aeabi_uidivmod", "__aeabi_idiv", "__aeabi_idivmod"}
LIBRARY |= {"__gnu_thumb1_case_uqi", "__gnu_thumb1_case_sqi"}
FLASH_LIMIT = 4096


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("target")
    made = []
    for source in sources():
        made.append(folder / f"{source.stem}.o")
        subprocess.run(["arm-none-eabi-gcc", *STRICT, *TARGET, "-c", str(source), "-o", str(made[-1])], check=True)
    return made


def run(*command: object) -> list[list[str]]:
    output = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in output.splitlines()]


def test_flash_is_within_its_limit_and_there_is_no_static_ram(objects: list[Path]) -> None:
    flash = {}
    for row in run("arm-none-eabi-size", *objects)[1:]:
        text, data, bss = map(int, row[:3])
        assert (data, bss) == (0, 0), row[5]
        flash[Path(row[5]).stem] = text
    print("".join(f"{name:20}{text:5}\n" for name, text in flash.items()), f"{'total':19}{sum(flash.values()):5}")
    assert 1000 < sum(flash.values()) <= FLASH_LIMIT


def test_nothing_but_the_known_library_is_called(objects: list[Path]) -> None:
    rows = run("arm-none-eabi-nm", "-A", *objects)
    defined = {row[-1] for row in rows if row[-2] in "TtRrDdBb"}
    wanted = {row[-1] for row in rows if row[-2] == "U"}
    assert len(defined) > 30
    assert wanted - defined <= LIBRARY
