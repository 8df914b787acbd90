"""Command lines from any byte stream, and replies that Python would have formatted alike."""

import base64
import binascii
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from host_c import PROTOCOL, compiled, load
from hypothesis import example, given
from hypothesis import strategies as st

FFI, C = load()
WORD = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="*"), min_size=1, max_size=12)
COMMAND = st.lists(WORD, min_size=1, max_size=5).filter(lambda words: len(" ".join(words)) <= 75)
INT32 = st.integers(-(2**31), 2**31 - 1)


def with_checksum(line: str) -> bytes:
    return f"{line}*{binascii.crc_hqx(line.encode(), 0xFFFF):04x}".encode()


def events(stream: bytes) -> list[list[str] | int]:
    """What the stream gives: the words of each command, the number of each fault."""
    line = FFI.new("console_line *")
    found: list[list[str] | int] = []
    for byte in stream:
        event = C.console_line_byte(line, byte)
        if event == C.CONSOLE_COMMAND:
            found.append([FFI.string(line.words[i]).decode() for i in range(line.word_count)])
        elif event != C.CONSOLE_PENDING:
            found.append(event)
    return found


@given(COMMAND, st.booleans(), st.sampled_from(["\r", "\n", "\r\n"]))
def test_a_valid_line_is_recognised(words: list[str], checked: bool, end: str) -> None:
    text = " ".join(words)
    assert events((with_checksum(text) if checked else text.encode()) + end.encode()) == [words]


@given(st.binary(max_size=300), COMMAND, st.binary(max_size=300))
@example(b"x" * 200, ["info"], b"")
@example(b"\x00", ["info"], b"\x00")
def test_a_valid_line_is_recognised_within_garbage(before: bytes, words: list[str], after: bytes) -> None:
    stream = before + b"\n" + with_checksum(" ".join(words)) + b"\n"
    assert events(stream)[-1] == words
    assert events(stream + after)[: len(events(stream))] == events(stream)


@given(COMMAND, st.data())
def test_a_wrong_bit_in_a_checked_line_is_noticed(words: list[str], data: st.DataObject) -> None:
    line = bytearray(with_checksum(" ".join(words)))
    at = data.draw(st.integers(0, len(line) - 1).filter(lambda i: i != len(line) - 5))  # without its asterisk it is unchecked
    line[at] ^= 1 << data.draw(st.integers(0, 7))
    sent = with_checksum(" ".join(words))
    if line[:-4] == sent[:-4] and line[-4:].lower() == sent[-4:]:
        return  # a hexadecimal digit in the other case
    found = events(bytes(line) + b"\n")
    assert all(isinstance(event, int) or event != words for event in found)
    if not {10, 13} & set(line):
        assert found in ([C.CONSOLE_CHECKSUM], [C.CONSOLE_GARBAGE])


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (b"x" * 81, "CONSOLE_TOO_LONG"),
        (b"1 2 3 4 5 6", "CONSOLE_TOO_LONG"),
        (b"info\x00", "CONSOLE_GARBAGE"),
        (b"\xffinfo", "CONSOLE_GARBAGE"),
        (b"info\x7f", "CONSOLE_GARBAGE"),
        (b"\x1f" + b"x" * 81, "CONSOLE_GARBAGE"),
        (b"x" * 81 + b"\x80", "CONSOLE_GARBAGE"),
        (b"info*0000", "CONSOLE_CHECKSUM"),
        (b"info*12g4", "CONSOLE_CHECKSUM"),
    ],
)
def test_a_fault_has_one_answer(line: bytes, event: str) -> None:
    assert events(line + b"\r\ninfo\r\n") == [getattr(C, event), ["info"]]


def test_a_checksum_has_hexadecimal_digits_only() -> None:
    line = next(line for line in (with_checksum(f"test {i}") for i in range(99)) if b"0" in line[-4:])
    assert events(line + b"\n") == [line[:-5].decode().split()]
    assert events(line[:-4] + line[-4:].replace(b"0", b"g") + b"\n") == [C.CONSOLE_CHECKSUM]


def test_empty_lines_say_nothing() -> None:
    assert events(b"\r\n\n   \n\r" + with_checksum("") + b"\n") == []


def test_the_longest_line_fits() -> None:
    assert events(b"x" * 80 + b"\n") == [["x" * 80]]


def test_a_break_spoils_only_its_line() -> None:
    line = FFI.new("console_line *")
    for byte in b"in":
        C.console_line_byte(line, byte)
    C.console_line_spoilt(line)
    assert [C.console_line_byte(line, byte) for byte in b"fo\n"][-1] == C.CONSOLE_GARBAGE
    assert [C.console_line_byte(line, byte) for byte in b"info\n"][-1] == C.CONSOLE_COMMAND


@given(st.one_of(st.integers(-(2**33), 2**33).map(str), INT32.map(hex), st.text("0123456789abcdefxX+-", max_size=12)))
@example("-2147483648")
@example("2147483648")
@example("4294967297")
@example("0x100000001")
@example("0x")
@example("")
def test_numbers_are_read_as_python_reads_them(word: str) -> None:
    out = FFI.new("int32_t *", 4711)
    try:
        digits = word.lstrip("+-")
        expected = int(word, 16) if digits[:2].lower() == "0x" else int(word, 10)
    except ValueError:
        expected = 2**40
    fits = -(2**31) <= expected < 2**31
    assert C.console_number(word.encode(), out) == fits
    assert out[0] == (expected if fits else 4711)


def reply(*calls: tuple[Callable[..., None], ...]) -> str:
    """The line that these calls write, without its checksum, which is checked."""
    written = bytearray()
    put = FFI.callback("void(char)", lambda character: written.extend(character))
    state = FFI.new("console_reply *")
    C.reply_begin(state, put)
    for function, *arguments in calls:
        function(state, *arguments)
    C.reply_end(state)
    line = bytes(written).decode()
    assert line.endswith("\r\n")
    text = line[:-7]
    assert line.encode() == with_checksum(text) + b"\r\n"
    return text


@given(INT32, st.integers(0, 2**32 - 1))
@example(-(2**31), 0)
@example(0, 2**32 - 1)
@example(-1, 10**9)
def test_numbers_are_formatted_as_python_does(signed: int, unsigned: int) -> None:
    assert reply((C.reply_signed, signed)) == str(signed)
    assert reply((C.reply_unsigned, unsigned)) == str(unsigned)
    assert reply((C.reply_hex, unsigned, 8)) == f"{unsigned:08x}"
    assert reply((C.reply_hex, unsigned, 3)) == f"{unsigned & 0xFFF:03x}"
    assert reply((C.reply_milli, signed)) == f"{'-' if signed < 0 else ''}{abs(signed) // 1000}.{abs(signed) % 1000:03d}"


@given(INT32, INT32, st.integers(0, 255))
def test_values_follow_their_keys(whole: int, milli: int, digits: int) -> None:
    values = FFI.new("int32_t[]", [whole, milli, digits, whole])
    shown = reply((C.reply_text, b"ok"), (C.reply_values, b" a_1_mg b. id#2 z", values))
    sign = "-" if milli < 0 else ""
    assert shown == f"ok a_1_mg={whole} b={sign}{abs(milli) // 1000}.{abs(milli) % 1000:03d} id={digits:02x} z={whole}"


@given(st.binary(max_size=64))
def test_base64_is_pythons(data: bytes) -> None:
    assert reply((C.reply_base64, data, len(data))) == base64.b64encode(data).decode()


def test_a_reply_is_keys_and_values_and_can_be_read_back() -> None:
    text = reply(
        (C.reply_text, b"ok"),
        (C.reply_key_signed, b"x_mg", -12),
        (C.reply_key_hex, b"id", 0x11, 2),
        (C.reply_key_milli, b"supply", 2987),
        (C.reply_key, b"name"),
        (C.reply_text, b"tone"),
    )
    assert text == "ok x_mg=-12 id=11 supply=2.987 name=tone"
    assert events(with_checksum(text) + b"\n") == [text.split()]


@pytest.fixture(scope="module")
def console_filter() -> Path:
    """The parser as a program of its own under the address sanitizer, which does not run within Python."""
    inputs = [Path(__file__).parent / "console_filter.c", PROTOCOL / "console_line.c", PROTOCOL / "crc.c"]
    return compiled("console_filter", ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"], inputs)


@pytest.mark.parametrize("seed", range(4))
def test_no_byte_stream_reaches_beyond_the_buffers(console_filter: Path, seed: int) -> None:
    random = Random(seed)
    pieces = [
        lambda: random.randbytes(random.randrange(200)),
        lambda: b"x" * random.randrange(70, 90),
        lambda: b" ".join(b"w" * random.randrange(20) for _ in range(random.randrange(9))),
        lambda: with_checksum("test " + "9" * random.randrange(80)),
        lambda: b"*" * random.randrange(90),
        lambda: b"\r\n",
    ]
    stream = b"".join(random.choice(pieces)() for _ in range(4000)) + b"\nlast\n"
    result = subprocess.run([console_filter], input=stream, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    lines = [line.split(b" ")[1:] if line.startswith(b"c ") else int(line) for line in result.stdout.splitlines()]
    assert lines == [event if isinstance(event, int) else [word.encode() for word in event] for event in events(stream)]
