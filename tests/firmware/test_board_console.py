"""The console of the real firmware on the wired board: answers, and whatever else a line may carry."""

import re

import pytest
from boards import booted
from host_c import load
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from firmware.console import Console, Line, NoAnswer, Refused, checked, parse
from hardware import paths
from hardware.virtual_board.board import VirtualBoard
from hardware.virtual_board.boot_rom import ACK, AUTOBAUD
from hardware.virtual_board.core.machine import SYSTEM
from hardware.virtual_board.mcu.factory import UID_AT
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.ticks import to_seconds

FFI, C = load()
ON_THE_BOARD = settings(max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def lines(board: VirtualBoard) -> list[Line]:
    """All that the board ever sent, each line with a right checksum."""
    return [parse(line.encode()) for line in board.console.split("\r\n")[:-1]]


def connected() -> tuple[VirtualBoard, SerialPort]:
    board = booted()
    port = board.serial()
    port.reset_input_buffer()
    return board, port


def still_works(board: VirtualBoard) -> None:
    answer = Console(board.serial()).request("info")
    assert answer.values["reset"] == "power"
    assert [line.kind for line in lines(board)].count("boot") == 1
    assert board.faults == []


def test_it_says_what_was_built_and_why_it_started() -> None:
    header = (paths.FIRMWARE / "board" / "generated" / "version.h").read_text()
    version, digest = re.findall(r'"(.+)"', header)
    assert lines(booted())[0] == Line("boot", f"version={version} hash={digest} reset=power")


def test_help_names_each_command_and_each_step() -> None:
    console = Console(booted().serial())
    named = [line.text.split(" - ")[0] for line in console.request("help").lines]
    commands = [name.split(" ")[0] for name in named]
    assert {"help", "info", "config", "test", "stream", "reboot", "bootloader"} <= set(commands)
    steps = [name.split(" ")[1] for name in named if name.startswith("test ") and name != "test step"]
    assert len(steps) == 10
    for step in steps:
        assert console.request("test", step).values


def test_info_tells_the_chip_apart() -> None:
    board = booted()
    values = Console(board.serial()).request("info").values
    uid = board.chip.machine.read(SYSTEM + UID_AT, 128)
    assert values["uid"] == uid.hex()
    address = FFI.new("uint8_t[6]")
    C.ble_static_address(address, uid, len(uid))
    assert bytes.fromhex(values["address"].replace(":", "")) == bytes(address)[::-1]
    assert int(values["supply_mv"]) == pytest.approx(board.supply_v * 1000, abs=15)
    assert int(values["uptime_ms"]) == pytest.approx(to_seconds(board.now) * 1000, abs=60)
    assert (values["config"], values["faults"], values["fault_address"]) == ("defaults", "00000000", "00000000")
    assert 4096 - 3481 < int(values["stack_unused"]) < 4096  # 3.4 kB are to hold all, the deepest stack too


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        (b"nonsense", "command"),
        (b"test", "arguments"),
        (b"test nonsense", "arguments"),
        (b"stream sound", "arguments"),
        (b"stream sound 0", "arguments"),
        (b"stream sound 301", "arguments"),
        (b"stream sound 1 hum 8000", "arguments"),
        (b"stream motion 1 label 30", "arguments"),
        (b"stream motion -1", "arguments"),
        (b"config", "arguments"),
        (b"config put serial 1", "arguments"),
        (b"config set serial", "arguments"),
        (b"config set serial one", "arguments"),
        (b"config get nonsense", "key"),
        (b"config set serial -1", "range"),
        (b"info*0000", "checksum"),
        (b"x" * 81, "too-long"),
        (b"a b c d e f", "too-long"),
        (b"in\x80fo", "garbage"),
        (b"in\x00fo", "garbage"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_once(request_line: bytes, expected: str) -> None:
    board, port = connected()
    console = Console(port, timeout_s=0.3)
    port.write(request_line + b"\r\n")
    with pytest.raises(Refused) as refused:
        list(console.lines())
    assert refused.value.code == expected
    with pytest.raises(NoAnswer):
        console.line()
    still_works(board)


def test_a_request_without_checksum_is_for_people() -> None:
    _, port = connected()
    port.write(b"info\r")
    assert list(Console(port).lines())[-1].values["reset"] == "power"


def test_a_break_spoils_its_line_only() -> None:
    board, port = connected()
    console = Console(port)
    port.write(b"info")
    port.send_break()
    port.write(b"\ninfo\n")
    with pytest.raises(Refused, match="garbage"):
        list(console.lines())
    assert list(console.lines())[-1].kind == "ok"
    still_works(board)


def test_it_answers_out_of_its_sleep() -> None:
    board = booted()
    board.run(10)
    assert "STOP" in board.chip.mode.name
    assert Console(board.serial()).request("config", "get", "serial").values["serial"] == "0"


@given(st.lists(st.one_of(st.binary(max_size=120), st.sampled_from([b"\r\n", b"*", b"test ", b"config set ", b"stream "]))))
@example([b"\xff" * 200])
@example([b"\n" * 200])
@ON_THE_BOARD
def test_no_bytes_stop_it(pieces: list[bytes]) -> None:
    board = booted()
    board.serial().write(b"".join(pieces))
    board.run(0.2)
    still_works(board)


WORD = st.one_of(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=12),
    st.integers(-(2**32), 2**32).map(str),
    st.sampled_from(["get", "set", "serial", "supply", "flash", "interrupt", "defaults"]),
)


@given(st.sampled_from(["help", "info", "config", "test", "stream"]), st.lists(WORD, max_size=4))
@ON_THE_BOARD
def test_no_arguments_stop_it(command: str, words: list[str]) -> None:
    board = booted()
    board.serial().write(checked(" ".join([command, *words])) + b"\n")
    board.run(1.2)
    still_works(board)


def test_a_wrong_speed_is_no_request() -> None:
    board, port = connected()
    port.baudrate = 9600
    port.write(b"\nreboot\n")
    board.run(0.1)
    port.baudrate = 115200
    still_works(board)


def test_reboot_starts_it_anew() -> None:
    board = booted()
    console = Console(board.serial())
    console.request("reboot")
    boot = console.line()
    assert (boot.kind, boot.values["reset"]) == ("boot", "software")
    assert console.request("info").values["reset"] == "software"


def test_bootloader_reaches_the_boot_rom() -> None:
    board, port = connected()
    Console(port).request("bootloader")
    board.run(0.1)
    port.parity = "E"
    port.timeout = 0.5
    port.write(bytes([AUTOBAUD]))
    assert port.read(1) == bytes([ACK])
    port.write(b"\x02\xfd")
    assert port.read(5) == bytes([ACK, 1, 4, 0x40, ACK])
