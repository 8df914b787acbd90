"""What the chip's pins and buses lead to on this board: the calls of `Outside`, answered by the assembly."""

from dataclasses import dataclass, field

from hardware.virtual_board import host_line
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.events import others_due, schedule
from hardware.virtual_board.follow_up import follow_up
from hardware.virtual_board.programming_pads import follow_debug_pad
from hardware.virtual_board.supply_and_reset import chip_changed, supply_changed
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.wiring import DRIVE_OF, Level


@dataclass
class Connections:
    """`board` is set before the chip runs, and exchanged whole when a snapshot is restored."""

    board: Assembly = field(init=False)

    def pins(self, port: int, changed: int) -> None:
        board, now = self.board, self.board.now
        board.functions.pins_changed()
        board.signals.pins_changed(port, changed, now)
        board.inputs.pins_changed(board.supply.volt, now)
        if board.debug_pads_joined:
            follow_debug_pad(board)
        _feed(board, now)
        follow_up(board, now)

    def sent(self, byte: int, bit_ticks: int) -> None:
        host_line.sent(self.board, byte, bit_ticks)

    def i2c_lines(self) -> int:
        return self.board.bus.lines()

    def i2c_start(self, address: int, read: int) -> bool:
        return self.board.bus.start(address, bool(read), self.board.now)

    def i2c_write(self, byte: int) -> bool:
        board, now = self.board, self.board.now
        acknowledged = board.bus.write(byte, now)
        _parts_changed(board, now)
        return acknowledged

    def i2c_read(self) -> int:
        board, now = self.board, self.board.now
        byte = board.bus.read(now)
        _parts_changed(board, now)
        return byte

    def i2c_stop(self) -> None:
        board, now = self.board, self.board.now
        board.bus.stop(now, board.trace)
        _parts_changed(board, now)

    def convert(self, channel: int) -> int:
        board = self.board
        at = board.chip.adc_sampled_at  # the core may be some cycles further
        return board.inputs.counts(channel, board.supply.volt(board.now), at)

    def power(self) -> None:
        chip_changed(self.board)

    def event(self) -> None:
        """The time of something outside the chip has come."""
        board, now = self.board, self.board.now
        host_line.event(board, now)
        if host_line.rom_alone_hears(board) and not others_due(board, now):
            schedule(board, now)  # most of the events while a board is flashed
            return
        supply_changed(board, now)
        for ref, device in board.devices.items():
            device.advance(now)
            board.signals.device_changed(ref, now)
        follow_up(board, now)


def _feed(board: Assembly, now: Ticks) -> None:
    """Pins that feed a capacitor drive it, or show what charge it has."""
    for fed in board.fed:
        level = board.signals.level(fed.fed.net)
        drive = DRIVE_OF[level]
        if drive is fed.driven:
            continue
        supply_v = board.supply.volt(now)
        fed.drive(drive, supply_v, now)
        if level is Level.FLOATING:
            board.signals.show_charge(fed.fed.net, fed.is_high(supply_v, now), now)


def _parts_changed(board: Assembly, now: Ticks) -> None:
    for ref in board.devices:
        board.signals.device_changed(ref, now)
    follow_up(board, now)
