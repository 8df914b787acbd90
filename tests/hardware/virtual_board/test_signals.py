"""Levels of the nets: who drives, who hears, who answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from chips import Recorder, idle_chip
from faults import exchange, reconnect

from hardware import netlist
from hardware.netlist import Netlist
from hardware.virtual_board.device import Drive
from hardware.virtual_board.signals import Signals, port_pins
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import LevelChange, Trace
from hardware.virtual_board.wiring import Level, Wiring

BOARD = netlist.read()
GPIO_A, GPIO_B, IOPENR = 0x5000_0000, 0x5000_0400, 0x4002_1034
MODER, OTYPER, PUPDR, IDR, BSRR = 0x00, 0x04, 0x0C, 0x10, 0x18


@dataclass
class Follower:
    """Stands for the radio: its DATA does the opposite of its SCK. Remembers what it heard."""

    heard: list[tuple[str, bool]] = field(default_factory=list)
    data: Drive = Drive.OPEN

    def supply(self, volts: Mapping[str, float], now: Ticks) -> None: ...

    def input(self, pin: str, high: bool, now: Ticks) -> None:  # noqa: ARG002 - it answers at once
        self.heard.append((pin, high))
        if pin == "SCK":
            self.data = Drive.LOW if high else Drive.HIGH

    def advance(self, now: Ticks) -> None: ...

    def next_event(self) -> Ticks | None: ...

    def outputs(self) -> Mapping[str, Drive]:
        return {"DATA": self.data}

    def current_ua(self) -> Mapping[str, float]:
        return {}


class Bench:
    """A chip whose registers are set by hand, on the netlist, with a follower in the radio's place."""

    def __init__(self, board: Netlist = BOARD) -> None:
        recorder = Recorder()
        self.chip = idle_chip(recorder)
        wiring = Wiring(board)
        self.radio = Follower()
        self.trace = Trace()
        self.signals = Signals(wiring, self.chip, port_pins(wiring, "U1"), {"U3": self.radio}, self.trace)
        recorder.pins = lambda port, changed: self.signals.pins_changed(port, changed, self.chip.now)  # type: ignore[method-assign]
        self.chip.machine.access(IOPENR, 4, 0x23)

    def output(self, port: int, bit: int, high: bool) -> None:
        """A push-pull output at this level."""
        self.chip.machine.access(port + BSRR, 4, 1 << (bit if high else bit + 16))
        self._mode(port, bit, 1)

    def input(self, port: int, bit: int, pull: int = 0) -> None:
        """`pull`: 0 none, 1 up, 2 down."""
        pulls = self.chip.machine.access(port + PUPDR, 4)
        self.chip.machine.access(port + PUPDR, 4, pulls & ~(3 << 2 * bit) | pull << 2 * bit)
        self._mode(port, bit, 0)

    def read(self, port: int, bit: int) -> int:
        return self.chip.machine.access(port + IDR, 4) >> bit & 1

    def _mode(self, port: int, bit: int, mode: int) -> None:
        modes = self.chip.machine.access(port + MODER, 4)
        self.chip.machine.access(port + MODER, 4, modes & ~(3 << 2 * bit) | mode << 2 * bit)


def test_a_part_hears_what_the_chip_drives_and_the_chip_reads_what_the_part_answers() -> None:
    bench = Bench()
    bench.input(GPIO_A, 7)
    bench.output(GPIO_A, 5, high=True)
    assert ("SCK", True) in bench.radio.heard
    assert bench.read(GPIO_A, 7) == 0
    bench.output(GPIO_A, 5, high=False)
    assert bench.read(GPIO_A, 7) == 1


def test_with_clock_and_select_exchanged_in_the_circuit_the_part_hears_its_select_instead() -> None:
    bench = Bench(exchange(BOARD, "U3", "SCK", "CSN"))
    bench.output(GPIO_A, 5, high=True)
    assert bench.radio.heard == [("CSN", True)]


def test_an_open_pin_is_on_nobodys_net() -> None:
    bench = Bench(reconnect(BOARD, "U3", "SCK", None))
    bench.output(GPIO_A, 5, high=True)
    assert bench.radio.heard == []


@pytest.mark.parametrize(("pull", "level"), [(1, "HIGH"), (2, "LOW")])
def test_a_pull_inside_the_chip_decides_on_a_net_that_nobody_drives(pull: int, level: str) -> None:
    bench = Bench()
    bench.input(GPIO_A, 3, pull)
    assert bench.signals.level("UART_RX").name == level
    assert bench.read(GPIO_A, 3) == pull % 2


def test_a_host_at_the_pads_wins_over_a_pull() -> None:
    bench = Bench()
    bench.input(GPIO_A, 3, pull=1)
    bench.signals.drive("J1", "RX", Drive.LOW, bench.chip.now)
    assert bench.read(GPIO_A, 3) == 0


def test_two_outputs_against_each_other_are_noted_once_with_their_time() -> None:
    bench = Bench()
    bench.output(GPIO_A, 5, high=False)
    bench.output(GPIO_A, 7, high=False)  # the follower holds it high
    assert bench.signals.level("RF_DATA") is Level.CONTENTION
    since = bench.signals.contentions["RF_DATA"]
    bench.output(GPIO_A, 5, high=True)
    bench.output(GPIO_A, 5, high=False)
    assert bench.signals.contentions == {"RF_DATA": since}


def test_a_chip_without_supply_lets_go_of_its_nets() -> None:
    bench = Bench()
    bench.output(GPIO_B, 5, high=True)
    assert bench.signals.level("LED") is Level.HIGH
    bench.signals.chip_off(bench.chip.now)
    assert bench.signals.level("LED") is Level.FLOATING


def test_each_change_of_a_level_is_in_the_trace_and_nothing_else() -> None:
    bench = Bench()
    for high in (True, True, False):
        bench.output(GPIO_B, 5, high)
    changes = [(e.net, e.level) for e in bench.trace.events if isinstance(e, LevelChange) and e.net == "LED"]
    assert changes == [("LED", Level.HIGH), ("LED", Level.LOW)]


def test_nets_that_change_at_once_do_so_in_the_order_of_their_names() -> None:
    """Not in that of a set, which differs from process to process."""
    bench = Bench()
    bench.signals.levels.clear()
    bench.trace.events.clear()
    bench.signals.settle(["UART_TX", "LED", "UART_RX"], bench.chip.now)
    assert [event.net for event in bench.trace.events if isinstance(event, LevelChange)] == ["LED", "UART_RX", "UART_TX"]
