"""What the chip's pins and buses lead to on this board: the calls of `Outside`, answered by the assembly."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.parts.audio import LMA2718, LMV321
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.core.machine import StopReason
from hardware.virtual_board.device import Drive
from hardware.virtual_board.mcu.current import current_ua
from hardware.virtual_board.rom_session import RomSession
from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks, to_seconds
from hardware.virtual_board.trace import Transfer
from hardware.virtual_board.uart_line import BREAK, DAMAGED, Frame, same_speed
from hardware.virtual_board.wiring import Level

TX_PAD, RX_PAD, RESET_PAD, BOOT_PAD = "TX", "RX", "NRST", "BOOT0"
DEBUG_PADS = "SWDIO", "SWCLK"
USART_TX, USART_RX = "USART1_TX", "USART1_RX"
ROM_TX, ROM_RX = "PA2", "PA3"
_DRIVE_OF = {Level.HIGH: Drive.HIGH, Level.LOW: Drive.LOW}
_MICROPHONE_UA = {name: float(part.facts["supply_ua"]) for name, part in (("microphone", LMA2718), ("amplifier", LMV321))}


@dataclass
class Connections:
    """`board` is set before the chip runs, and exchanged whole when a snapshot is restored."""

    board: Assembly = field(init=False)

    @property
    def _now(self) -> Ticks:
        return self.board.chip.now

    # Outside, as the chip calls it

    def pins(self, port: int, changed: int) -> None:
        now = self._now
        self.board.functions.pins_changed()
        self.board.signals.pins_changed(port, changed, now)
        self.board.inputs.pins_changed(self.board.supply.volt, now)
        if self.board.debug_pads_joined:
            self.follow_debug_pad()
        self._feed(now)
        self.follow_up(now)

    def _feed(self, now: Ticks) -> None:
        """Pins that feed a capacitor drive it, or show what charge it has."""
        for fed in self.board.fed:
            level = self.board.signals.level(fed.fed.net)
            drive = _DRIVE_OF.get(level, Drive.OPEN)
            if drive is fed.driven:
                continue
            supply_v = self.board.supply.volt(now)
            fed.drive(drive, supply_v, now)
            if level is Level.FLOATING:
                self.board.signals.show_charge(fed.fed.net, fed.is_high(supply_v, now), now)

    def sent(self, byte: int, bit_ticks: int) -> None:
        board = self.board
        if self._pad_net(TX_PAD) not in board.functions.nets_with(USART_TX):
            return
        self._to_host(byte if self._host_understands(bit_ticks) else DAMAGED)

    def _host_understands(self, bit_ticks: Ticks) -> bool:
        return same_speed(bit_ticks, TICKS_PER_SECOND / self.board.line.baud)

    def i2c_lines(self) -> int:
        return self.board.bus.lines()

    def i2c_start(self, address: int, read: int) -> bool:
        return self.board.bus.start(address, bool(read), self._now)

    def i2c_write(self, byte: int) -> bool:
        now = self._now
        acknowledged = self.board.bus.write(byte, now)
        self._parts_changed(now)
        return acknowledged

    def i2c_read(self) -> int:
        now = self._now
        byte = self.board.bus.read(now)
        self._parts_changed(now)
        return byte

    def i2c_stop(self) -> None:
        now = self._now
        self.board.bus.stop(now, self.board.trace)
        self._parts_changed(now)

    def convert(self, channel: int) -> int:
        at = self.board.chip.adc_sampled_at  # the core may be some cycles further
        return self.board.inputs.counts(channel, self.board.supply.volt(self._now), at)

    def power(self) -> None:
        chip = self.board.chip
        drawn = current_ua(chip.mode, chip.hclk_hz, chip.lsi_on, chip.adc_on, chip.flash_busy) if self.board.powered else {}
        self._draw(self.board.mcu, drawn, self._now)
        self.schedule()

    def event(self) -> None:
        """The time of something outside the chip has come."""
        now = self._now
        self._line_event(now)
        self._rom_event(now)
        if self._rom_alone_hears and not self._others_due(now):
            self._schedule(now)  # most of the events while a board is flashed
            return
        self.supply_changed(now)
        for ref, device in self.board.devices.items():
            device.advance(now)
            self.board.signals.device_changed(ref, now)
        self.follow_up(now)

    # What follows from a change

    def _parts_changed(self, now: Ticks) -> None:
        for ref in self.board.devices:
            self.board.signals.device_changed(ref, now)
        self.follow_up(now)

    def follow_up(self, now: Ticks) -> None:
        """Currents, packets and the time of the next event."""
        board = self.board
        for ref, device in board.devices.items():
            self._draw(ref, device.current_ua(), now)
            packets = getattr(device, "packets", None)
            if packets:
                board.packets += packets
                if board.trace is not None:
                    for packet in packets:
                        board.trace.add(Transfer(now, "air", f"{len(packet.bits)} bits at {2400 + packet.rf_channel} MHz"))
                packets.clear()
        self._draw("audio", _MICROPHONE_UA if board.inputs.microphone_on else {}, now)
        for led in board.leds:
            lit = board.signals.level(led.net) is Level.HIGH
            self._draw(led.ref, {"light": led.current_ua(board.supply.volt(now))} if lit else {}, now)
        for pull in board.pull_ups:
            low = board.signals.level(pull.net) is Level.LOW
            self._draw(pull.ref, {"pull-up": pull.current_ua(board.supply.volt(now))} if low else {}, now)
        for held in board.held_outputs:
            draws = board.signals.drive_of(held.terminal) is held.against
            name = f"{held.terminal.ref}.{held.terminal.number}"
            self._draw(name, {"held": held.current_ua(board.supply.volt(now))} if draws else {}, now)
        for net, since in board.signals.contentions.items():
            self.board.note(f"two outputs drive {net} against each other", since)
        self._schedule(now)

    def schedule(self) -> None:
        """Have `event` called when something outside next happens by itself."""
        self._schedule(self._now)

    def _schedule(self, now: Ticks) -> None:
        moments = self._next_of_others(now)
        self.board.others_at = min([at for at in moments if at is not None], default=None)
        if self.board.rom is None:
            moments.append(self.board.line.next_event())
        else:
            moments += self._next_of_rom(self.board.rom, now)
        self.board.chip.machine.schedule_outside(min([at for at in moments if at is not None], default=None))

    def _next_of_rom(self, rom: RomSession, now: Ticks) -> list[Ticks | None]:
        line = self.board.line
        return [rom.next_event(), line.whole_at(rom.frames_wanted(now)) if self._rom_alone_hears else line.next_event()]

    def _next_of_others(self, after: Ticks) -> list[Ticks | None]:
        """Supply and parts."""
        return [self.board.supply.next_event(after), *[device.next_event() for device in self.board.devices.values()]]

    def _others_due(self, now: Ticks) -> bool:
        """An event comes some ticks late, between two instructions."""
        return self.board.others_at is not None and self.board.others_at <= now

    def _draw(self, part: str, by_cause: Mapping[str, float], now: Ticks) -> None:
        if self.board.supply.drawn.get(part, {}) != by_cause:
            self.board.supply.draw(part, dict(by_cause), now)

    # The serial line

    def _line_event(self, now: Ticks) -> None:
        if self._rom_alone_hears:
            self._frames_to_rom_alone(now)
            return
        line = self.board.line
        if line.begins(now):
            self.drive_pad(RX_PAD, Drive.LOW)
        frame = line.arrived(now)
        if frame is not None:
            self.drive_pad(RX_PAD, Drive.HIGH)
            if self._pad_net(RX_PAD) == self._pad_net(TX_PAD) is not None:
                self._to_host(max(frame.byte, 0))  # the pads are shorted: the host hears itself
            self._frame_arrived(frame)

    def _frames_to_rom_alone(self, now: Ticks) -> None:
        rom = self.board.rom
        while rom is not None and (frames := self.board.line.whole(now, rom.frames_wanted(now))):
            if self.board.signals.level(self._pad_net(RX_PAD)) is Level.LOW:  # the first one began before the ROM
                self.drive_pad(RX_PAD, Drive.HIGH)
            self._to_rom(rom, frames)
            rom = self.board.rom

    @property
    def _rom_alone_hears(self) -> bool:
        """Then the edges of the host's bytes concern nobody: the ROM takes them whole."""
        return self.board.rom is not None and self.board.private_line and self.board.trace is None

    def _frame_arrived(self, frame: Frame) -> None:
        board, net = self.board, self._pad_net(RX_PAD)
        if net is None or not board.powered or board.in_reset:
            return
        if board.rom is not None:
            self._to_rom(board.rom, [frame])
        elif net in board.functions.nets_with(USART_RX):
            board.chip.receive(max(frame.byte, 0), frame.bit_ticks, framing_error=frame.byte == BREAK)

    def _to_rom(self, rom: RomSession, frames: list[Frame]) -> None:
        """Only the last one has an effect."""
        board, now = self.board, self._now
        if self._pad_net(RX_PAD) != board.wiring.net(board.mcu, ROM_RX):
            return
        answers = self._pad_net(TX_PAD) == board.wiring.net(board.mcu, ROM_TX)
        for frame in frames:
            if frame.byte != BREAK:
                rom.receive(frame.byte, frame.bit_ticks, now, heard=answers)
        self._follow_rom(rom)

    def _follow_rom(self, rom: RomSession) -> None:
        """It may have started a program."""
        if rom.left:
            self._from_rom(rom, rom.rest_of_answer())
            self.leave_rom()

    def leave_rom(self) -> None:
        """A program runs, or nothing."""
        if self._rom_alone_hears:
            self.board.line.pass_over(self._now)
        self.board.rom = None

    def _rom_event(self, now: Ticks) -> None:
        rom = self.board.rom
        if rom is not None:
            self._from_rom(rom, rom.answer(now))
            self._follow_rom(rom)
            if rom.reset_wanted(now):
                self.board.chip.machine.stop(StopReason.RESET)  # the board does it outside of the run

    def _from_rom(self, rom: RomSession, sent: bytes) -> None:
        understood = rom.bit_ticks is None or self._host_understands(rom.bit_ticks)
        self.board.line.from_board(sent if understood else bytes([DAMAGED]) * len(sent))

    def _to_host(self, byte: int) -> None:
        self.board.line.from_board(bytes([byte]))
        if self.board.trace is not None:
            self.board.trace.add(Transfer(self._now, "uart", repr(chr(byte))))

    def _pad_net(self, pad: str) -> str | None:
        return self.board.wiring.net(self.board.pads, pad) if self.board.pads is not None else None

    def drive_pad(self, pad: str, drive: Drive) -> None:
        """Somebody at the programming pads does this."""
        if self.board.pads is not None:
            self.board.signals.drive(self.board.pads, pad, drive, self._now)

    def follow_debug_pad(self) -> None:
        """The resistor of the fixture gives the second pad the level of the first."""
        first, second = DEBUG_PADS
        self.drive_pad(second, _DRIVE_OF.get(self.board.signals.level(self._pad_net(first)), Drive.OPEN))

    # Supply and reset

    def supply_changed(self, now: Ticks) -> None:
        """The voltage passed a threshold, or may have, or the threshold changed."""
        board = self.board
        board.supply.set_brownout(board.chip.brownout_mv / 1000)
        for ref, device in board.devices.items():
            device.supply(board.supply.at_pins(board.wiring.netlist, ref, now), now)
            board.signals.device_changed(ref, now)
        volts = board.supply.at_pins(board.wiring.netlist, board.mcu, now)
        minimum = board.supply.least_v
        powered = "VSS" in volts and volts.get("VCC", 0.0) >= (minimum if board.powered else board.supply.start_v)
        if powered != board.powered:
            if not powered:
                self.board.note(f"the supply fell below {minimum} V at {to_seconds(now):.3f} s: the chip stopped", now)
            board.powered = powered
            self.start_or_stop(after_power_loss=True)

    def reset_changed(self) -> None:
        """The reset pin may have a new level."""
        in_reset = self._mcu_level("PF2/NRST") is Level.LOW
        if in_reset != self.board.in_reset:
            self.board.in_reset = in_reset
            self.start_or_stop(after_power_loss=False)

    def start_or_stop(self, after_power_loss: bool) -> None:
        board, chip = self.board, self.board.chip
        runs = board.powered and not board.in_reset
        if board.rom is not None and after_power_loss and not runs:
            board.rom.target.lose_power(seed=self._now)
        self.leave_rom()
        if runs and after_power_loss:
            chip.power_on(self.boot0)
        elif runs:
            chip.reset_pin(self.boot0)
        elif after_power_loss:
            chip.lose_power(seed=self._now)
        chip.machine.hold(not runs)
        if runs:
            board.signals.chip_on(self._now)
        else:
            board.signals.chip_off(self._now)
        self.power()

    @property
    def boot0(self) -> bool:
        return self._mcu_level("PF4/BOOT0") is Level.HIGH

    def _mcu_level(self, pin: str) -> Level:
        return self.board.signals.level(self.board.wiring.net(self.board.mcu, pin))

    def power_up(self) -> None:
        """The cell goes in."""
        self.board.chip.machine.hold(True)  # for good if no supply reaches the chip
        self.board.signals.settle(self.board.wiring.netlist.nets, self._now)
        self.supply_changed(self._now)
        self.follow_up(self._now)
