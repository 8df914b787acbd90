"""The firmware builds from nothing and without a network, to the same bytes, within the limits of the MCU."""

import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from firmware import image
from hardware import paths
from hardware.errors import InputError

FIRMWARE = paths.ROOT / "firmware"
FLASH, RAM = range(0x08000000, 0x08007F00), range(0x20000000, 0x20001000)
VECTORS = 48


def pio_run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build into this folder, PlatformIO's own files included; every host name leads to a closed port."""
    nowhere = "http://127.0.0.1:9"
    settings = {
        "PLATFORMIO_CORE_DIR": str(folder / "core"),
        "PLATFORMIO_BUILD_DIR": str(folder / "built"),
        "PLATFORMIO_SETTING_ENABLE_TELEMETRY": "no",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "no_proxy": "",
    }
    command = [Path(sys.executable).with_name("pio"), "run", "--project-dir", FIRMWARE, *arguments]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=50)


def build(folder: Path, *arguments: str) -> Path:
    done = pio_run(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "built"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("firmware"))


def test_another_build_has_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build(tmp_path)
    for name in ("firmware.bin", "firmware.elf"):
        assert (again / name).read_bytes() == (built / name).read_bytes()


def test_without_models_it_leaves_room_for_them_and_the_stack(tmp_path: Path) -> None:
    folder = build(tmp_path, "-e", "without_model") / "without_model"
    size = image.size(folder / "firmware.elf")
    assert 1000 < size.flash_bytes <= image.WITHOUT_MODEL_FLASH
    assert 16 < size.ram_static_bytes <= image.WITHOUT_MODEL_RAM
    assert (folder / "firmware.bin").stat().st_size == size.flash_bytes
    names = image.symbols(folder / "firmware.elf")
    assert [name for name in names if any(part in name for part in ("decision", "features", "predict", "classes"))] == []


def test_the_factory_test_image_has_the_same_bytes_again_and_stays_beside_the_product(tmp_path: Path) -> None:
    one, other = (build(tmp_path / name, "-e", "factory") for name in ("one", "other"))
    image = (one / "factory" / "firmware.bin").read_bytes()
    assert image == (other / "factory" / "firmware.bin").read_bytes()
    assert not (one / "firmware.bin").exists()


def test_it_fits(built: Path) -> None:
    size = image.size(built / "firmware.elf")
    assert size.fits
    assert size.flash_bytes <= image.WITH_MODELS_FLASH
    assert (built / "firmware.bin").stat().st_size == size.flash_bytes


def test_an_upload_without_port_says_so_and_looks_for_none(built: Path) -> None:
    done = pio_run(built.parent, "-t", "upload")
    assert done.returncode != 0
    assert "error: no serial port is given: add --upload-port PORT" in done.stderr
    assert "dollar flash" not in done.stdout


def test_an_upload_flashes_the_board_at_the_port(built: Path) -> None:
    command = [sys.executable, "-m", "scripts.dollar", "simulate", "--serve", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=paths.ROOT) as board:
        assert board.stdout is not None
        url = board.stdout.readline().removeprefix("serial port: ").strip()
        try:
            done = pio_run(built.parent, "-t", "upload", "--upload-port", url)
        finally:
            board.terminate()
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"flashed {url}" in done.stdout
    assert hashlib.sha256((built / "firmware.bin").read_bytes()).hexdigest() in done.stdout


def test_the_vector_table_starts_it(built: Path) -> None:
    vectors = struct.unpack_from(f"<{VECTORS}I", (built / "firmware.bin").read_bytes())
    assert vectors[0] == RAM.stop
    assert vectors[0] % 8 == 0
    symbols = image.symbols(built / "firmware.elf")
    assert vectors[1] == symbols["reset_handler"] | 1
    assert vectors[3] == symbols["chip_fault_handler"] | 1
    handlers = [vector for vector in vectors[1:] if vector]
    assert all(vector % 2 == 1 and vector - 1 in FLASH for vector in handlers)


def test_the_linker_places_configuration_and_stack(built: Path) -> None:
    symbols = image.symbols(built / "firmware.elf")
    assert (symbols["__config_start"], symbols["__config_end"]) == (0x08007F00, 0x08008000)
    assert symbols["__stack_top"] == RAM.stop
    assert RAM.start + image.size(built / "firmware.elf").ram_static_bytes == symbols["__stack_limit"]


def test_it_has_neither_heap_nor_float(built: Path) -> None:
    forbidden = ("malloc", "_sbrk", "printf", "__aeabi_f", "__aeabi_d", "__aeabi_i2", "__aeabi_ui2")
    assert [name for name in image.symbols(built / "firmware.elf") if any(part in name for part in forbidden)] == []


def test_it_knows_its_version(built: Path) -> None:
    header = (built / "board" / "generated" / "version.h").read_text()
    version, digest = (line.split('"')[1].encode() for line in header.splitlines() if line.startswith("#define"))
    content = (built / "firmware.bin").read_bytes()
    assert version + b"\0" in content
    assert digest + b"\0" in content


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("volatile float x; void reset_handler(void) { x *= 3; }", "must not use float"),
        ("volatile double x; void reset_handler(void) { x += 3; }", "must not use double"),
        (
            "#include <stdlib.h>\nvoid *volatile x; void *_sbrk(int n) { return (void *)n; }"
            "void reset_handler(void) { x = malloc(8); }",
            "must not use the heap",
        ),
        ("volatile char x[3200]; void reset_handler(void) { x[1] = 1; }", "less than 1 kB of RAM is left for the stack"),
        ("const char x[32600] = {1}; const char *volatile y; void reset_handler(void) { y = x; }", "overflowed by"),
        ("volatile int x; void reset_handler(void) { x *= 3; }", None),
    ],
)
def test_the_linker_refuses(body: str, refusal: str | None, tmp_path: Path) -> None:
    source = tmp_path / "program.c"
    source.write_text(body)
    flags = ["-mcpu=cortex-m0plus", "-mthumb", "-Os", "-flto", "-nostartfiles", "--specs=nano.specs", "-Wl,--gc-sections"]
    command = ["arm-none-eabi-gcc", *flags, f"-T{FIRMWARE / 'ld' / 'py32f003.ld'}", source, "-o", tmp_path / "program.elf"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if refusal is None:
        assert done.returncode == 0
    else:
        assert done.returncode != 0
        assert refusal in done.stderr


def test_a_missing_image_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"firmware\.elf is missing: run make firmware"):
        image.size(tmp_path / "firmware.elf")


def test_the_command_prints_the_size() -> None:
    """make test has built the firmware just before."""
    command = [sys.executable, "-m", "scripts.dollar", "size", "--json"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert set(found) == {"flash_bytes", "flash_limit", "ram_static_bytes", "stack_worst_bytes", "ram_limit"}
    assert 200 < found["stack_worst_bytes"] < found["ram_limit"] - found["ram_static_bytes"]
