"""The whole board, running: the real firmware on the emulated chip, wired by the netlist.

    board = VirtualBoard(netlist.read(), Path("build/firmware/firmware.bin"), motion=Walking())
    board.run(10)
    board.beacons

A fault of the circuit is a change to the netlist; one of the supply is `exchange_cell`. What the firmware asks of a part that its
model lacks raises NotModelled, with the address and the program counter.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.errors import InputError
from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board.assembly import Assembly, Fault, assemble
from hardware.virtual_board.beacon import Beacon, received
from hardware.virtual_board.connections import BOOT_PAD, RESET_PAD, RX_PAD, Connections
from hardware.virtual_board.core.machine import FLASH, SYSTEM, StopReason
from hardware.virtual_board.device import Drive
from hardware.virtual_board.mcu import factory
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.motion import MotionSource, Rest
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.coin_cell import FRESH
from hardware.virtual_board.reception import SENSITIVITY_DBM, Reception
from hardware.virtual_board.rom_session import RomSession
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.sound import Silence, SoundSource
from hardware.virtual_board.ticks import Ticks, from_seconds, to_seconds
from hardware.virtual_board.trace import Event, Trace
from hardware.virtual_board.uart_line import UartLine

FLASH_BYTES = 32 * 1024
RCC_CSR, IWDG_FLAG = 0x4002_1060, 29  # why the chip was reset


@dataclass(frozen=True)
class Snapshot:
    """A moment of a board, to be given back to the board that it was taken from."""

    machine: bytes
    assembly: Assembly
    events: tuple[Event, ...]  # of the trace
    samples: Samples | None


class VirtualBoard:
    """One board from the moment that its cell goes in. `seed`: of the chip's unique ID, noise and tolerances."""

    def __init__(
        self,
        netlist: Netlist,
        firmware: Path | bytes,
        *,
        motion: MotionSource | None = None,
        sound: SoundSource | None = None,
        cell: Cell = FRESH,
        seed: int = 1,
        trace: Trace | None = None,
        samples: Samples | None = None,
        boot0: bool = False,
    ) -> None:
        """`samples` gets all that the sensors give. `boot0`: the pad is held high at power-on.

        InputError if the firmware is missing or too large.
        """
        self._netlist, self._seed, self._motion = netlist, seed, motion or Rest()
        self._reception = Reception(netlist)
        self._connections = Connections()
        self._chip = Chip(self._connections)
        self._chip.machine.load(FLASH, _image(firmware))
        self._chip.machine.load(SYSTEM, factory.system_memory(seed))
        self._connections.board = assemble(netlist, self._chip, self._motion, sound or Silence(), cell, seed, trace, samples)
        if boot0:
            self.set_boot0(True)
        self._connections.power_up()

    @property
    def netlist(self) -> Netlist:
        """That it was made from, faults included."""
        return self._netlist

    @property
    def seed(self) -> int:
        return self._seed

    # Time

    @property
    def now(self) -> Ticks:
        return self._chip.now

    def run(self, seconds: float) -> None:
        """Let so much time pass on the board."""
        self.run_until(self.now + from_seconds(seconds))

    def run_until(self, until: Ticks) -> None:
        machine = self._chip.machine
        while self.now < until:
            try:
                reason = machine.run(until)
            except NotModelled as error:
                raise NotModelled(f"{error}, at {to_seconds(self.now):.6f} s") from error
            self._stopped(reason)

    def run_for(self, condition: Callable[[], bool], at_most_s: float, step_s: float = 1e-3) -> bool:
        """Until the condition holds; False if it does not within that time."""
        limit = self.now + from_seconds(at_most_s)
        while not condition():
            if self.now >= limit:
                return False
            self.run_until(min(limit, self.now + from_seconds(step_s)))
        return True

    def _stopped(self, reason: StopReason) -> None:
        match reason:
            case StopReason.TIME | StopReason.ASLEEP:
                return
            case StopReason.RESET:
                self._reset()
            case StopReason.LOCKUP:
                trap = self._chip.machine.trap
                text = f"locked up: {trap.cause.name} at pc {trap.pc:#010x}, address {trap.address:#010x}"
                self._assembly.note(text, self.now)
            case StopReason.BOOT_ROM:
                self._assembly.rom = RomSession(self._chip)
            case StopReason.UNMODELLED:
                raise NotModelled(f"{self._access}: no model has this register")
            case StopReason.UNCLOCKED:
                raise NotModelled(f"{self._access}: the clock of this peripheral is off")

    @property
    def _access(self) -> str:
        """That the chip stopped at."""
        trap = self._chip.machine.trap
        return f"{trap.size} bytes at {trap.address:#010x} {'written' if trap.write else 'read'} at pc {trap.pc:#010x}"

    def _reset(self) -> None:
        """The program, a watchdog or the boot ROM asked for it. Only the watchdog's is a fault."""
        if self._assembly.rom is not None and self._assembly.rom.target.reset_wanted:
            self._assembly.rom.target.launch_options()
        self._connections.leave_rom()
        self._chip.restart(self._connections.boot0)
        self._connections.supply_changed(self.now)  # the option bytes may say another brown-out level now
        self._connections.schedule()
        if self._chip.machine.access(RCC_CSR, 4) >> IWDG_FLAG & 1:
            self._assembly.note("the watchdog reset the chip", self.now)

    @property
    def cycles(self) -> int:
        """Cycles of the core since the start, sleep left out; the clock is taken as what it is now."""
        machine = self._chip.machine
        return (machine.ticks - machine.sleep_ticks) // machine.ticks_per_cycle

    # The parts

    @property
    def _assembly(self) -> Assembly:
        return self._connections.board

    @property
    def chip(self) -> Chip:
        return self._chip

    @property
    def line(self) -> UartLine:
        return self._assembly.line

    @property
    def faults(self) -> list[Fault]:
        return self._assembly.faults

    @property
    def beacons(self) -> list[Beacon]:
        """What the receiver in the fixture heard so far, one for each packet that reached it.

        Listening needs ngspice, to know what reaches the antenna. InputError if it is missing.
        """
        strengths = ((packet, self._reception.rssi_dbm(packet)) for packet in self._assembly.packets)
        return [received(packet, rssi_dbm) for packet, rssi_dbm in strengths if rssi_dbm >= SENSITIVITY_DBM]

    @property
    def console(self) -> str:
        """All that the board sent on its serial port."""
        return self._assembly.line.text.decode("ascii", "backslashreplace")

    @property
    def supply_v(self) -> float:
        return self._assembly.supply.volt(self.now)

    def restart_average(self) -> None:
        """Leave out of `average_ua` what was so far."""
        self._assembly.supply.meter.reset(self.now)

    def average_ua(self) -> dict[str, float]:
        """Average current by part and cause since the cell went in or `restart_average`, the largest first."""
        return self._assembly.supply.meter.average_ua(self.now)

    def level(self, net: str) -> str:
        """LOW, HIGH, FLOATING or CONTENTION."""
        return self._assembly.signals.level(net).name

    # From outside

    def serial(self, timeout: float | None = 1.0) -> SerialPort:
        """A host connected to the programming pads."""
        self._connections.drive_pad(RX_PAD, Drive.HIGH)
        return SerialPort(self, timeout)

    def answer_at(self) -> Ticks | None:
        if self._assembly.rom is None:
            return None
        sent_at = self.line.sent_at if self.line.busy(self.now) else None
        return min((at for at in (sent_at, self._assembly.rom.next_event()) if at is not None), default=None)

    def line_changed(self) -> None:
        self._connections.schedule()

    def set_reset(self, asserted: bool) -> None:
        self._connections.drive_pad(RESET_PAD, Drive.LOW if asserted else Drive.OPEN)
        self._connections.reset_changed()

    def set_boot0(self, high: bool) -> None:
        self._connections.drive_pad(BOOT_PAD, Drive.HIGH if high else Drive.LOW)
        self._connections.reset_changed()  # on a board where the two pads are exchanged

    def join_debug_pads(self) -> None:
        """A resistor of the fixture, from SWDIO to SWCLK, through which the former drives the latter."""
        self._assembly.debug_pads_joined = True
        self._connections.follow_debug_pad()

    def exchange_cell(self, cell: Cell) -> None:
        """Another cell, or the same one discharged further; the bulk capacitor bridges the moment."""
        self._assembly.supply.exchange(cell, self.now)
        self._connections.schedule()

    # Snapshots

    def snapshot(self) -> Snapshot:
        trace = self._assembly.trace
        events = tuple(trace.events) if trace is not None else ()
        samples = self._assembly.samples.copied() if self._assembly.samples is not None else None
        return Snapshot(self._chip.machine.snapshot(), self._copied(self._assembly), events, samples)

    def restore(self, snapshot: Snapshot) -> None:
        """Back to that moment, trace and samples too. InputError for a snapshot of another board."""
        if snapshot.assembly.chip is not self._chip:
            raise InputError("the snapshot is of another board: restore it there")
        self._chip.machine.restore(snapshot.machine)
        self._connections.board = self._copied(snapshot.assembly)
        if self._assembly.trace is not None:
            self._assembly.trace.events[:] = snapshot.events
        if self._assembly.samples is not None and snapshot.samples is not None:
            self._assembly.samples.put_back(snapshot.samples)

    def _copied(self, assembly: Assembly) -> Assembly:
        table = assembly.functions.table
        shared = (self._chip, self._netlist, assembly.wiring, self._motion, table, assembly.trace, assembly.samples)
        return copy.deepcopy(assembly, {id(one): one for one in shared})


def _image(firmware: Path | bytes) -> bytes:
    if isinstance(firmware, bytes):
        image = firmware
    else:
        try:
            image = firmware.read_bytes()
        except OSError as error:
            raise InputError(f"{firmware} cannot be read ({error.strerror}): run make firmware") from None
    if len(image) > FLASH_BYTES:
        raise InputError(f"the firmware has {len(image)} bytes, and the chip's flash {FLASH_BYTES}: make it smaller")
    return image
