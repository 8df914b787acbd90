"""Flashing a chip on the bench: what is written, kept and refused, and what goes on when the ROM or the line is not as hoped."""

from collections.abc import Iterable

import pytest

from hardware.errors import InputError
from hardware.virtual_board.core.machine import FLASH, SYSTEM
from hardware.virtual_board.mcu.factory import OPTION_BYTES_AT, SIZES_AT, UID_AT
from hardware.virtual_board.mcu.rom_target import ChipRomTarget
from manufacturing.station.flash_faults.bench import RomBench
from manufacturing.station.flasher import option_bytes, rom
from manufacturing.station.flasher.failures import Cause, FlashError
from manufacturing.station.flasher.layout import SETTINGS_AT
from manufacturing.station.flasher.option_bytes import FACTORY
from manufacturing.station.flasher.procedure import Flashed, Wishes, flash
from manufacturing.station.link import Link
from manufacturing.station.reset import ByHand, ModemLines, Reset

VECTORS = bytes.fromhex("00100020 09000008")
IMAGE = VECTORS + bytes((7 * i + i // 251) % 256 for i in range(1500))
SETTINGS = bytes(range(256))
OLD = b"\x55" * SETTINGS_AT + SETTINGS
PROTECTED = bytes.fromhex("55beaa41 ff0000ff ffffffff ffff0000")
BROWN_OUT = bytes.fromhex("aabf5540 ff0000ff ffffffff ffff0000")
LOCKED_SECTOR = bytes.fromhex("aabe5541 ff0000ff ffffffff feff0100")


@pytest.fixture
def bench() -> RomBench:
    made = RomBench(seed=3)
    made.load(FLASH, OLD)
    return made


def run(bench: RomBench, image: bytes = IMAGE, reset: Reset | None = None, **wishes: object) -> Flashed:
    link = Link("bench", bench, bench.clock, bench.wait)
    return flash(link, reset or ModemLines(), image, Wishes(**wishes))  # type: ignore[arg-type]


def refused(bench: RomBench, **wishes: object) -> FlashError:
    with pytest.raises(FlashError) as found:
        run(bench, **wishes)  # type: ignore[arg-type]
    return found.value


def heard(bench: RomBench) -> bytearray:
    """All that the host says from now on."""
    said = bytearray()

    def listen(byte: int) -> Iterable[int]:
        said.append(byte)
        return (byte,)

    bench.to_chip = listen
    return said


def test_the_image_is_there_the_settings_are_kept_and_it_starts(bench: RomBench) -> None:
    flashed = run(bench)
    assert bench.flash[: len(IMAGE)] == IMAGE
    assert bench.flash[SETTINGS_AT:] == SETTINGS
    assert bench.flash[len(IMAGE) : 7 * 4096].strip(b"\xff") == b""
    assert bench.started
    assert flashed.uid == bench.system(UID_AT, 128).hex()
    assert (flashed.baud, flashed.repetitions, flashed.options_written) == (1_000_000, 0, False)


def test_an_image_up_to_the_settings_leaves_them_alone(bench: RomBench) -> None:
    image = IMAGE + b"\xa5" * (SETTINGS_AT - len(IMAGE))
    run(bench, image)
    assert bench.flash == image + SETTINGS


def test_all_of_the_flash_is_erased_when_asked_for(bench: RomBench) -> None:
    run(bench, erase_all=True)
    assert bench.flash == IMAGE.ljust(32 * 1024, b"\xff")


def test_option_bytes_are_written_last_and_only_if_they_differ(bench: RomBench) -> None:
    bench.load(SYSTEM + OPTION_BYTES_AT, BROWN_OUT)
    said = heard(bench)
    assert run(bench).options_written
    assert bench.system(OPTION_BYTES_AT, 16) == FACTORY
    assert said.rindex(rom.place(FLASH)) < said.index(FACTORY)  # the last block of the flash is read before
    assert bench.started
    assert not run(bench).options_written


def test_option_bytes_can_be_left_alone(bench: RomBench) -> None:
    bench.load(SYSTEM + OPTION_BYTES_AT, BROWN_OUT)
    assert not run(bench, options=None).options_written
    assert bench.system(OPTION_BYTES_AT, 16) == BROWN_OUT


@pytest.mark.parametrize(
    "text", ["aa", "zz" * 16, "aa" * 16, PROTECTED.hex(), "aafe5501ff0000ffffffffffffff0000", "aa3e55c1" + FACTORY[4:].hex()]
)
def test_option_bytes_that_are_damaged_or_shut_the_chip_are_not_taken(text: str) -> None:
    with pytest.raises(InputError):
        option_bytes.parse(text)
    assert option_bytes.parse(BROWN_OUT.hex()) == BROWN_OUT


def test_a_protected_chip_is_left_alone_until_told_otherwise(bench: RomBench) -> None:
    bench.load(SYSTEM + OPTION_BYTES_AT, PROTECTED)
    error = refused(bench)
    assert error.cause is Cause.READ_PROTECTED
    assert "--unprotect" in str(error)
    assert bench.flash == OLD
    run(bench, unprotect=True)
    assert bench.flash[: len(IMAGE)] == IMAGE
    assert bench.system(OPTION_BYTES_AT, 16) == FACTORY


def test_locked_sectors_are_left_alone_until_told_otherwise(bench: RomBench) -> None:
    bench.load(SYSTEM + OPTION_BYTES_AT, LOCKED_SECTOR)
    assert refused(bench).cause is Cause.WRITE_PROTECTED
    assert bench.flash == OLD
    run(bench, unprotect=True)
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_another_chip_is_refused_and_not_touched(bench: RomBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.virtual_board.boot_rom.CHIP_ID", 0x0448)
    error = refused(bench)
    assert error.cause is Cause.WRONG_CHIP
    assert "0x0448" in str(error)
    assert bench.flash == OLD


def test_a_chip_with_less_flash_is_refused(bench: RomBench) -> None:
    bench.load(SYSTEM + SIZES_AT, b"\x01")
    error = refused(bench)
    assert error.cause is Cause.WRONG_CHIP
    assert "16 kB" in str(error)


def test_nobody_answers(bench: RomBench) -> None:
    bench.to_host = lambda _: ()
    error = refused(bench)
    assert error.cause is Cause.NO_ANSWER
    assert "check the fixture's contacts" in str(error)


def test_a_cell_that_keeps_its_value_is_named(bench: RomBench) -> None:
    at = 0x3D1
    bench.stuck.append((at, 3, not IMAGE[at] >> 3 & 1))
    error = refused(bench)
    assert error.cause in (Cause.VERIFY, Cause.REFUSED)
    assert error.address is not None
    assert error.address & ~0x7F == FLASH + at & ~0x7F
    if error.cause is Cause.VERIFY:
        assert error.address == FLASH + at


def test_what_changes_after_the_writing_is_named_or_mended(bench: RomBench) -> None:
    def flip(step: str, done: int, total: int) -> None:
        if step == "write" and done == total:
            bench.load(FLASH + 5, bytes([IMAGE[5] ^ 4]))

    link = Link("bench", bench, bench.clock, bench.wait)
    assert flash(link, ModemLines(), IMAGE, progress=flip).repetitions > 0
    assert bench.flash[: len(IMAGE)] == IMAGE


@pytest.mark.parametrize("quietly", [False, True], ids=["refuses more", "forgets more"])
def test_a_rom_that_takes_one_page_a_command(bench: RomBench, monkeypatch: pytest.MonkeyPatch, quietly: bool) -> None:
    write = ChipRomTarget.write

    def one_page(target: ChipRomTarget, address: int, data: bytes) -> bool:
        return (quietly or len(data) <= 128) and write(target, address, data[:128])

    monkeypatch.setattr(ChipRomTarget, "write", one_page)
    assert run(bench).baud == 1_000_000  # the line is not at fault
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_a_block_is_erased_again_whose_acknowledgement_was_lost(bench: RomBench) -> None:
    lost = []

    def lose(byte: int) -> Iterable[int]:
        answers_block = bench.sent - bench.written[-1] > 100
        if answers_block and len(lost) < 2:
            lost.append(byte)
            bench.load(FLASH + 128, bytes(8))  # and something else was written
            return ()
        return (byte,)

    bench.to_host = lose
    assert run(bench).repetitions == len(lost) == 2
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_a_damaged_command_is_not_taken_for_protection(bench: RomBench) -> None:
    """It is refused as well, and what follows it is out of step."""
    reads = []

    def twice(byte: int) -> Iterable[int]:
        if byte == rom.READ and len(reads) < 2:
            reads.append(byte)
            return (byte, byte)
        return (byte,)

    bench.to_chip = twice
    run(bench)
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_settings_that_end_like_an_acknowledgement_are_not_read_out_of_step(bench: RomBench) -> None:
    """One answer too many makes each piece of data begin with it, and its last byte the answer to the next command."""
    settings = SETTINGS[:-1] + b"\x79"
    bench.load(FLASH + SETTINGS_AT, settings)
    doubled = []

    def double(byte: int) -> Iterable[int]:
        if bench.last_piece.endswith(rom.code(255)) and not doubled:
            doubled.append(byte)
            return (byte, byte)
        return (byte,)

    bench.to_host = double
    run(bench, baud=115_200)
    assert doubled == [0x79]
    assert bench.flash[SETTINGS_AT:] == settings


def test_a_rom_that_has_to_be_waited_for(bench: RomBench) -> None:
    """It hears nothing while it acknowledges, not even the one byte that a receiver keeps."""
    lost = []

    def forget(byte: int) -> Iterable[int]:
        if bench.busy:
            lost.append(byte)
            return ()
        return (byte,)

    bench.to_chip = forget
    flashed = run(bench)
    assert bench.flash[: len(IMAGE)] == IMAGE
    assert flashed.repetitions == 0
    assert lost


def test_the_speed_is_what_the_line_holds(bench: RomBench) -> None:
    bench.to_chip = lambda byte: (byte ^ 0x10 if bench.baudrate > 230_400 else byte,)
    flashed = run(bench)
    assert flashed.baud == 230_400
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_a_speed_at_which_only_the_first_byte_arrives_is_not_used(bench: RomBench) -> None:
    bench.to_chip = lambda byte: (byte,) if byte == 0x7F or bench.baudrate <= 460_800 else ()
    assert run(bench).baud == 460_800


def test_a_line_that_falls_silent_at_its_speed_is_used_at_a_modest_one(bench: RomBench) -> None:
    bench.to_host = lambda byte: () if bench.baudrate > 115_200 and bench.clock() > 0.1 else (byte,)
    assert run(bench).baud == 115_200
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_a_line_that_gets_worse_is_used_more_slowly(bench: RomBench) -> None:
    count = [0]

    def worse(byte: int) -> Iterable[int]:
        count[0] += 1
        return (byte ^ 1 if bench.baudrate > 115_200 and count[0] > 1200 and count[0] % 50 == 0 else byte,)

    bench.to_chip = worse
    flashed = run(bench)
    assert flashed.baud < 1_000_000
    assert bench.flash[: len(IMAGE)] == IMAGE


def test_no_more_than_the_wished_speed(bench: RomBench) -> None:
    assert run(bench, baud=57_600).baud == 57_600


@pytest.mark.parametrize("lost", [range(997, 9999, 997), range(1000, 1230)], ids=["single bytes", "most of a block"])
def test_by_hand_it_asks_once_and_finds_its_way_without_a_reset(bench: RomBench, lost: range) -> None:
    asked: list[str] = []

    def press(text: str) -> None:
        asked.append(text)
        bench.rts, bench.dtr = False, False
        bench.dtr = True

    count = [0]

    def lossy(byte: int) -> Iterable[int]:
        count[0] += 1
        return () if count[0] in lost else (byte,)

    bench.to_chip = lossy
    flashed = run(bench, reset=ByHand(press))
    assert bench.flash[: len(IMAGE)] == IMAGE
    assert flashed.repetitions > 0
    assert len(asked) == 1
    assert "BOOT0" in asked[0]
    assert bench.started


@pytest.mark.parametrize(
    "image", [b"", b"\xff" * 64, bytes(64), IMAGE + bytes(SETTINGS_AT)], ids=["empty", "blank", "zeros", "too long"]
)
def test_what_is_no_program_for_this_chip_is_not_written(bench: RomBench, image: bytes) -> None:
    with pytest.raises(InputError):
        run(bench, image)
    assert bench.flash == OLD
    assert bench.sent == 0


def test_half_a_flash_starts_nothing(bench: RomBench) -> None:
    """Wherever the plug is pulled, the vectors are there only with all of the rest."""
    run(bench)
    pieces = list(bench.written)
    for after in pieces[::5]:
        fresh = RomBench(seed=3)
        fresh.load(FLASH, OLD)
        fresh.cut_after = (after + 1, 0.001)
        try:
            run(fresh)
        except FlashError:
            content = fresh.flash
            old, new = content[:7168] == OLD[:7168], content[: len(IMAGE)] == IMAGE
            assert old or new or content[:8] != VECTORS
        fresh.mend()
        run(fresh)
        assert fresh.flash[: len(IMAGE)] == IMAGE
        assert fresh.flash[SETTINGS_AT:] == SETTINGS


@pytest.mark.parametrize(("baud", "most"), [(115_200, 1.1), (230_400, 1.15), (1_000_000, 1.45)])
def test_28_kb_take_little_more_than_the_wire(baud: int, most: float) -> None:
    """At 1 M baud the flash takes 1.0 ms for a page that passes the wire in 1.4 ms, and the ROM hears nothing meanwhile."""
    image = IMAGE + b"\x5a" * (28 * 1024 - len(IMAGE))
    flashed = run(RomBench(seed=1), image, baud=baud)
    assert flashed.wire_seconds == pytest.approx(2 * 28 * 1024 * 11 / baud)
    assert 1.0 < flashed.over_wire_time < most
