"""The boot ROM's serial port in time: its speed, how long answers take, and what it hears meanwhile."""

import pytest
from chips import MS, Recorder, idle_chip

from hardware.virtual_board.boot_rom import ACK, NACK
from hardware.virtual_board.core.machine import FLASH
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.factory import FACTORY_OPTION_BYTES, OPTION_BYTES_AT, system_memory
from hardware.virtual_board.mcu.rom_target import PROGRAM_TICKS
from hardware.virtual_board.rom_session import FRAME_BITS, RomSession
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks

BIT = TICKS_PER_SECOND // 115_200
FRAME = FRAME_BITS * BIT
IDENTIFY, GET = b"\x02\xfd", b"\x00\xff"
IDENTITY = bytes([ACK, 1, 4, 0x40, ACK])
BROWN_OUT = bytes.fromhex("aabf5540 ff0000ff ffffffff ffff0000")


class Host:
    """Sends bytes one after the other, and notes what comes when. The chip stands still: it does not matter here."""

    def __init__(self) -> None:
        chip = idle_chip(Recorder(), system_memory(1))
        chip.machine.hold(True)
        self.chip: Chip = chip
        self.session = RomSession(chip)
        self.heard: list[tuple[Ticks, int]] = []

    def say(self, data: bytes, bit_ticks: Ticks = BIT) -> None:
        for byte in data:
            self.wait(FRAME_BITS * bit_ticks)
            self.session.receive(byte, bit_ticks, self.chip.now, heard=True)

    def wait(self, ticks: Ticks) -> None:
        until = self.chip.now + ticks
        while (at := self.session.next_event()) is not None and at <= until and not self.session.reset_wanted(self.chip.now):
            self.chip.machine.run(max(at, self.chip.now))
            self.note()
        self.chip.machine.run(until)
        self.note()

    def note(self) -> None:
        self.heard += [(self.chip.now, byte) for byte in self.session.answer(self.chip.now)]

    def answer(self, ticks: Ticks = 100 * MS) -> bytes:
        self.heard.clear()
        self.wait(ticks)
        return bytes(byte for _, byte in self.heard)


@pytest.fixture
def host() -> Host:
    made = Host()
    made.say(b"\x7f")
    assert made.answer() == bytes([ACK])
    return made


def folded(data: bytes) -> bytes:
    result = 0
    for byte in data:
        result ^= byte
    return data + bytes([result])


def test_an_answer_takes_a_frame_for_each_byte(host: Host) -> None:
    host.say(IDENTIFY)
    begun = host.chip.now
    assert host.answer() == IDENTITY
    assert host.heard[-1][0] == begun + len(IDENTITY) * FRAME


def test_the_answer_to_a_write_comes_when_it_is_done(host: Host) -> None:
    host.chip.machine.load(FLASH, b"\xff" * 256)
    for piece in (b"\x31\xce", folded(FLASH.to_bytes(4, "big")), folded(b"\xff" + bytes(256))):
        host.say(piece)
        begun = host.chip.now
        assert host.answer() == bytes([ACK])
    assert host.heard[-1][0] == begun + 2 * PROGRAM_TICKS + FRAME


def test_it_keeps_the_speed_of_the_first_byte(host: Host) -> None:
    host.say(IDENTIFY, bit_ticks=BIT // 2)
    assert host.answer() == bytes([NACK])
    host.say(IDENTIFY, bit_ticks=BIT * 102 // 100)
    assert host.answer() == IDENTITY


@pytest.mark.parametrize(("baud", "answers"), [(2400, False), (4800, True), (1_000_000, True), (2_000_000, False)])
def test_it_finds_speeds_within_limits(baud: int, answers: bool) -> None:
    host = Host()
    host.say(b"\x7f", bit_ticks=TICKS_PER_SECOND // baud)
    assert host.answer() == (bytes([ACK]) if answers else b"")


def test_one_byte_is_kept_while_it_sends_and_no_more(host: Host) -> None:
    host.say(GET)
    host.say(IDENTIFY[:1])
    host.answer()
    host.say(IDENTIFY[1:])
    assert host.answer() == IDENTITY
    host.say(GET)
    host.say(IDENTIFY)  # the second of which is lost
    host.answer()
    host.say(IDENTIFY[1:])
    assert host.answer() == IDENTITY


def test_option_bytes_are_written_whole_and_reset_the_chip(host: Host) -> None:
    place = 0x1FFF_0000 + OPTION_BYTES_AT
    for piece in (b"\x31\xce", folded(place.to_bytes(4, "big")), folded(b"\x0f" + BROWN_OUT)):
        host.say(piece)
        assert not host.session.reset_wanted(host.chip.now)
        assert host.answer() == bytes([ACK])
    assert host.session.reset_wanted(host.chip.now)
    assert host.session.target.read(place, 16) == BROWN_OUT


def test_damaged_option_bytes_are_refused(host: Host) -> None:
    place = 0x1FFF_0000 + OPTION_BYTES_AT
    assert not host.session.target.write(place, BROWN_OUT[:2] + FACTORY_OPTION_BYTES[2:])
    assert not host.session.target.write(place, BROWN_OUT[:8])
    assert host.session.target.read(place, 16) == FACTORY_OPTION_BYTES


def test_damaged_option_bytes_protect_the_flash_until_that_is_lifted(host: Host) -> None:
    place = 0x1FFF_0000 + OPTION_BYTES_AT
    host.chip.machine.load(place, BROWN_OUT[:2] + FACTORY_OPTION_BYTES[2:])
    assert host.session.target.read_protected()
    host.session.target.set_read_protection(False)
    assert not host.session.target.read_protected()
    assert host.session.target.read(place, 16) == FACTORY_OPTION_BYTES


def test_it_wants_the_bytes_of_a_stage_together_but_each_one_while_it_works(host: Host) -> None:
    assert host.session.frames_wanted(host.chip.now) == 2
    host.say(IDENTIFY[:1])
    assert host.session.frames_wanted(host.chip.now) == 1
    host.say(IDENTIFY[1:])
    assert host.session.frames_wanted(host.chip.now) == 1
    assert host.answer() == IDENTITY
    assert host.session.frames_wanted(host.chip.now) == 2
