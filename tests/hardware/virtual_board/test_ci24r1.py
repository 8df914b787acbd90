"""The radio through its pins only: what a driver does on CSN, SCK and DATA, and what leaves the antenna."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.virtual_board.device import Drive
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.ci24r1 import CRYSTAL_START, SETTLING, Ci24r1, State
from hardware.virtual_board.ticks import Ticks, from_seconds, to_seconds

BIT = from_seconds(250e-9)
BLE_SETUP = ((0x00, 0x02), (0x01, 0x00), (0x03, 0x02), (0x04, 0x00), (0x05, 26), (0x06, 0x03))


class Bench:
    """A controller that bit-bangs the bus."""

    def __init__(self, crystal_works: bool = True) -> None:
        self.radio = Ci24r1(crystal_works=crystal_works)
        self.now: Ticks = 0
        self.radio.input("CSN", True, 0)
        self.radio.input("SCK", False, 0)
        self.power(3.0)

    def power(self, volts: float) -> None:
        self.radio.supply({"VDD": volts, "VSS": 0.0}, self.now)

    def pin(self, name: str, high: bool) -> None:
        self.now += BIT // 2
        self.radio.input(name, high, self.now)

    def put(self, byte: int) -> None:
        for place in range(7, -1, -1):
            self.pin("DATA", bool(byte >> place & 1))
            self.pin("SCK", True)
            assert self.radio.outputs()["DATA"] is Drive.OPEN  # never against the controller
            self.pin("SCK", False)

    def get(self) -> int:
        value = 0
        for _ in range(8):
            self.pin("SCK", True)
            value = value << 1 | {Drive.LOW: 0, Drive.HIGH: 1}[self.radio.outputs()["DATA"]]
            self.pin("SCK", False)
        return value

    def command(self, *data: int) -> None:
        self.pin("CSN", False)
        for byte in data:
            self.put(byte)
        self.pin("CSN", True)

    def read(self, address: int, count: int = 1) -> bytes:
        self.pin("CSN", False)
        self.put(address)
        data = bytes(self.get() for _ in range(count))
        self.pin("CSN", True)
        return data

    def write(self, address: int, *data: int) -> None:
        self.command(0x20 | address, *data)

    def wait(self, ticks: Ticks) -> None:
        self.now += ticks
        self.radio.advance(self.now)

    def set_up(self) -> None:
        for address, value in BLE_SETUP:
            self.write(address, value)
        self.write(0x10, 0x71, 0x91, 0x7D, 0x6B)
        self.wait(CRYSTAL_START)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ready() -> Bench:
    bench = Bench()
    bench.set_up()
    return bench


def test_reset_values(bench: Bench) -> None:
    single = {0x00: 0x08, 0x01: 0x3F, 0x02: 0x03, 0x03: 0x03, 0x04: 0x03, 0x05: 0x02, 0x06: 0x0E, 0x07: 0x0E, 0x17: 0x11}
    assert {address: bench.read(address)[0] for address in single} == single
    assert bench.read(0x10, 5) == b"\xe7" * 5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0x0A, 0x0B, 0x10]), st.binary(min_size=1, max_size=7)), max_size=6))
def test_addresses_read_back(writes: list[tuple[int, bytes]]) -> None:
    bench = Bench()
    expected = {0x0A: b"\xe7" * 5, 0x0B: b"\xc2" * 5, 0x10: b"\xe7" * 5}
    for address, data in writes:
        bench.write(address, *data)
        expected[address] = data[:5] + expected[address][len(data[:5]) :]
    assert {address: bench.read(address, 5) for address in expected} == expected


@settings(max_examples=40, deadline=None)
@given(address=st.sampled_from([0x03, 0x05, 0x06, 0x07, 0x08, 0x11, 0x17]), value=st.integers(0, 255))
def test_only_writable_bits_change(address: int, value: int) -> None:
    writable = {0x03: 0x03, 0x05: 0x7F, 0x06: 0xBF, 0x11: 0x3F}.get(address, 0)
    bench = Bench()
    before = bench.read(address)[0]
    bench.write(address, value)
    assert bench.read(address)[0] == before & ~writable | value & writable


def test_data_is_released_when_deselected(bench: Bench) -> None:
    bench.pin("CSN", False)
    bench.put(0x05)
    assert bench.radio.outputs()["DATA"] is Drive.LOW
    bench.pin("CSN", True)
    assert bench.radio.outputs()["DATA"] is Drive.OPEN


def test_a_transfer_cut_short_leaves_no_bits_behind(bench: Bench) -> None:
    bench.pin("CSN", False)
    bench.pin("DATA", True)
    bench.pin("SCK", True)
    bench.pin("SCK", False)
    bench.pin("CSN", True)
    assert bench.read(0x05) == b"\x02"


def test_only_edges_of_the_clock_count(bench: Bench) -> None:
    bench.pin("CSN", False)
    for place in range(7, -1, -1):
        bench.pin("DATA", bool(0x05 >> place & 1))
        for level in (True, True, False, False):
            bench.pin("SCK", level)
    assert bench.get() == 0x02


def test_packet_on_air(ready: Bench) -> None:
    ready.command(0xA0, *range(32))
    assert ready.radio.state is State.STANDBY
    ready.command(0x70)
    began = ready.now
    ready.wait(from_seconds(0.001))
    (packet,) = ready.radio.packets
    assert packet.start == began + SETTLING
    assert (packet.rf_channel, packet.rate_bps, packet.power_dbm) == (26, 1_000_000, 3)
    sent = bytes(int("".join(map(str, packet.bits[at : at + 8])), 2) for at in range(0, len(packet.bits), 8))
    assert sent == bytes.fromhex("55 6b7d9171") + bytes(range(32))
    assert to_seconds(packet.end - packet.start) == pytest.approx(296e-6)


def test_flag_rises_when_the_packet_is_out_and_clears_by_one(ready: Bench) -> None:
    ready.command(0xA0, *bytes(32))
    ready.command(0x70)
    ready.radio.advance(ready.now + SETTLING + from_seconds(295e-6))
    assert ready.radio.packets == []
    ready.wait(SETTLING + from_seconds(297e-6))
    assert ready.read(0x07)[0] == 0x2E
    ready.write(0x07, 0x10)
    assert ready.read(0x07)[0] == 0x2E
    ready.write(0x07, 0x20)
    assert ready.read(0x07)[0] == 0x0E


def test_fifo_holds_three_and_sends_in_order_while_on(ready: Bench) -> None:
    for payload in range(4):
        ready.command(0xA0, payload)
    assert ready.read(0x17)[0] == 0x21
    assert ready.read(0x07)[0] & 1
    ready.command(0x70)
    ready.wait(from_seconds(0.002))
    assert [int("".join(map(str, packet.bits[-8:])), 2) for packet in ready.radio.packets] == [0, 1, 2]
    assert {len(packet.bits) for packet in ready.radio.packets} == {8 * (1 + 4 + 1)}
    assert ready.radio.packets[1].start == ready.radio.packets[0].end
    assert ready.read(0x17)[0] == 0x11


def test_flush_empties_the_fifo(ready: Bench) -> None:
    ready.command(0xA0, 1)
    ready.command(0xE1)
    ready.command(0x70)
    ready.wait(from_seconds(0.002))
    assert ready.radio.packets == []


def test_a_payload_flushed_while_the_radio_settles_is_not_sent(ready: Bench) -> None:
    ready.command(0xA0, 1)
    ready.command(0x70)
    ready.command(0xE1)
    ready.wait(from_seconds(0.002))
    assert ready.radio.packets == []
    assert ready.radio.state is State.STANDBY


def test_a_payload_has_at_most_32_bytes(ready: Bench) -> None:
    ready.command(0xA0, *range(40))
    ready.command(0x70)
    ready.wait(from_seconds(0.002))
    assert len(ready.radio.packets[0].bits) == 8 * (1 + 4 + 32)


def test_off_means_one_packet_at_most(ready: Bench) -> None:
    ready.command(0xA0, 1)
    ready.command(0xA0, 2)
    ready.command(0x70)
    ready.command(0x71)
    ready.wait(from_seconds(0.002))
    assert len(ready.radio.packets) == 1
    assert ready.read(0x17)[0] == 0x01


def test_nothing_is_sent_before_the_crystal_runs(bench: Bench) -> None:
    for address, value in BLE_SETUP:
        bench.write(address, value)
    started = bench.radio.next_event()
    bench.command(0xA0, 1)
    bench.command(0x70)
    bench.wait(from_seconds(0.01))
    assert started is not None
    assert bench.radio.packets[0].start == started + SETTLING


def test_without_crystal_it_never_starts() -> None:
    bench = Bench(crystal_works=False)
    bench.set_up()
    bench.command(0xA0, 1)
    bench.command(0x70)
    bench.wait(from_seconds(1))
    assert bench.radio.state is State.STARTING
    assert bench.radio.packets == []
    assert bench.read(0x05) == b"\x1a"  # its registers answer all the same


def test_interrupt_on_data(ready: Bench) -> None:
    ready.command(0xA0, 1)
    ready.command(0x75)
    assert ready.radio.outputs()["DATA"] is Drive.HIGH
    ready.command(0x70)
    ready.wait(from_seconds(0.001))
    assert ready.radio.outputs()["DATA"] is Drive.LOW
    ready.command(0x74)
    assert ready.radio.outputs()["DATA"] is Drive.OPEN
    ready.write(0x00, 0x22)
    ready.command(0x75)
    assert ready.radio.outputs()["DATA"] is Drive.HIGH  # masked by CONFIG


def test_crystal_trim_bank(bench: Bench) -> None:
    bench.write(0x01, 0x80)
    with pytest.raises(NotModelled, match="bank 2 was read before it was written"):
        bench.read(0x0F)
    bench = Bench()
    bench.write(0x01, 0x80)
    bench.write(0x0F, 0x70)
    assert bench.read(0x0F) == b"\x70"
    bench.write(0x01, 0x00)
    assert bench.read(0x0F) == b"\xc6"


@pytest.mark.parametrize("bytes_sent", [(0xE3,), (0xA8, 1), (0x50,), (0x39, 0)])
def test_what_is_not_modelled_is_an_error(bench: Bench, bytes_sent: tuple[int, ...]) -> None:
    with pytest.raises(NotModelled, match="Ci24R1"):
        bench.command(*bytes_sent)


@pytest.mark.parametrize(("address", "value"), [(0x01, 0x40), (0x02, 0x40)])
def test_unknown_banks_are_errors(bench: Bench, address: int, value: int) -> None:
    bench.write(address, value)
    with pytest.raises(NotModelled, match="bank"):
        bench.write(0x0F, 0)


@pytest.mark.parametrize(("address", "value"), [(0x01, 1), (0x04, 3), (0x1D, 4), (0x1C, 1), (0x06, 0x28), (0x03, 0)])
def test_frames_that_are_not_modelled_are_errors(ready: Bench, address: int, value: int) -> None:
    ready.write(address, value)
    ready.command(0xA0, 1)
    ready.command(0x70)
    with pytest.raises(NotModelled):
        ready.wait(SETTLING)


def test_checksum_is_sent_when_it_is_on(ready: Bench) -> None:
    """CRC-16 with start 0xFFFF (IBM 3740) of "123456789" is 0x29B1: address 4321 and payload 56789."""
    ready.write(0x00, 0x0E)
    ready.write(0x10, *b"4321")
    ready.command(0xA0, *b"56789")
    ready.command(0x70)
    ready.wait(from_seconds(0.002))
    assert int("".join(map(str, ready.radio.packets[0].bits[-16:])), 2) == 0x29B1


def test_brown_out_cuts_the_packet_and_forgets(ready: Bench) -> None:
    ready.command(0xA0, *bytes(32))
    ready.command(0x70)
    ready.wait(SETTLING + from_seconds(100e-6))
    ready.power(2.09)
    assert len(ready.radio.packets[0].bits) == 100
    assert ready.radio.outputs()["DATA"] is Drive.OPEN
    assert ready.radio.current_ua() == {}
    ready.power(2.1)
    assert ready.read(0x05) == b"\x02"
    assert ready.radio.state is State.SHUTDOWN


def test_open_ground_is_no_supply() -> None:
    radio = Ci24r1()
    radio.supply({"VDD": 3.0}, 0)
    assert radio.state is State.OFF


def test_current_follows_the_state(ready: Bench) -> None:
    assert ready.radio.current_ua() == {"standby": 20.0}
    ready.command(0xA0, 1)
    ready.command(0x70)
    ready.wait(SETTLING)
    assert ready.radio.current_ua() == {"transmit": 18_000.0}
    ready.wait(from_seconds(0.001))
    ready.write(0x00, 0x00)
    assert ready.radio.current_ua() == {"shutdown": 2.0}


def test_a_snapshot_goes_on_by_itself(ready: Bench) -> None:
    ready.command(0xA0, 1)
    ready.command(0x70)
    snapshot = copy.deepcopy(ready.radio)
    ready.wait(from_seconds(0.001))
    assert snapshot.packets == []
    snapshot.advance(ready.now)
    assert snapshot.packets == ready.radio.packets
