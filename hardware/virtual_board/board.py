"""The whole board, running: the real firmware on the emulated chip, wired by the netlist.

    board = VirtualBoard(netlist.read(), Path("build/firmware/firmware.bin"), motion=Walking())
    board.run(10)
    board.beacons

A fault of the circuit is a change to the netlist; one of the supply is `exchange_cell`. What the firmware asks of a part that its
model lacks raises NotModelled, with the address and the program counter.
"""

from collections.abc import Callable
from pathlib import Path

from hardware.netlist import Netlist
from hardware.spice.supply import Cell
from hardware.virtual_board import host_line
from hardware.virtual_board.assembly import Assembly, Fault, assemble
from hardware.virtual_board.beacon import Beacon, received
from hardware.virtual_board.connections import Connections
from hardware.virtual_board.core.machine import FLASH, SYSTEM
from hardware.virtual_board.device import Drive
from hardware.virtual_board.events import schedule
from hardware.virtual_board.firmware_image import image
from hardware.virtual_board.mcu import factory
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.motion import MotionSource, Rest
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.coin_cell import FRESH
from hardware.virtual_board.programming_pads import BOOT_PAD, RESET_PAD, RX_PAD, drive_pad, join_debug_pads
from hardware.virtual_board.reception import SENSITIVITY_DBM, Reception
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.serial_port import SerialPort
from hardware.virtual_board.snapshots import Snapshot, restored, taken
from hardware.virtual_board.sound import Silence, SoundSource
from hardware.virtual_board.stops import stopped
from hardware.virtual_board.supply_and_reset import power_up, reset_changed
from hardware.virtual_board.ticks import Ticks, from_seconds, to_seconds
from hardware.virtual_board.trace import Trace
from hardware.virtual_board.uart_line import UartLine


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
        self._netlist, self._seed = netlist, seed
        self._reception = Reception(netlist)
        self._connections = Connections()
        self._chip = Chip(self._connections)
        self._chip.machine.load(FLASH, image(firmware))
        self._chip.machine.load(SYSTEM, factory.system_memory(seed))
        self._connections.board = assemble(netlist, self._chip, motion or Rest(), sound or Silence(), cell, seed, trace, samples)
        if boot0:
            self.set_boot0(True)
        power_up(self._assembly)

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
            stopped(self._assembly, reason)

    def run_for(self, condition: Callable[[], bool], at_most_s: float, step_s: float = 1e-3) -> bool:
        """Until the condition holds; False if it does not within that time."""
        limit = self.now + from_seconds(at_most_s)
        while not condition():
            if self.now >= limit:
                return False
            self.run_until(min(limit, self.now + from_seconds(step_s)))
        return True

    def snapshot(self) -> Snapshot:
        return taken(self._assembly)

    def restore(self, snapshot: Snapshot) -> None:
        """Back to that moment, trace and samples too. InputError for a snapshot of another board."""
        self._connections.board = restored(snapshot, self._chip)

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
        drive_pad(self._assembly, RX_PAD, Drive.HIGH)
        return SerialPort(self, timeout)

    def answer_at(self) -> Ticks | None:
        return host_line.answer_at(self._assembly)

    def line_changed(self) -> None:
        schedule(self._assembly, self.now)

    def set_reset(self, asserted: bool) -> None:
        drive_pad(self._assembly, RESET_PAD, Drive.LOW if asserted else Drive.OPEN)
        reset_changed(self._assembly)

    def set_boot0(self, high: bool) -> None:
        drive_pad(self._assembly, BOOT_PAD, Drive.HIGH if high else Drive.LOW)
        reset_changed(self._assembly)  # on a board where the two pads are exchanged

    def join_debug_pads(self) -> None:
        """A resistor of the fixture, from SWDIO to SWCLK, through which the former drives the latter."""
        join_debug_pads(self._assembly)

    def exchange_cell(self, cell: Cell) -> None:
        """Another cell, or the same one discharged further; the bulk capacitor bridges the moment."""
        self._assembly.supply.exchange(cell, self.now)
        schedule(self._assembly, self.now)
