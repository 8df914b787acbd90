"""Levels of all nets: what drives them, and who hears when one changes.

The microcontroller's pins, the outputs of the other parts and a host at the programming pads drive; the netlist says who
is joined. A net that nobody drives keeps the level that was last heard on it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hardware.netlist import Terminal
from hardware.parts.part import PinKind
from hardware.virtual_board.device import Device, Drive
from hardware.virtual_board.mcu.chip import PORTS, Chip, PinDrive
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import LevelChange, Trace
from hardware.virtual_board.wiring import Level, Wiring

_PORT_PIN = re.compile(r"P([ABF])(\d+)")
_MOST_ROUNDS = 100  # a loop of parts that never comes to rest


@dataclass(frozen=True)
class PortPin:
    """A pin of the microcontroller: port as a number, bit, and where it is in the netlist."""

    name: str
    port: int
    bit: int
    terminal: Terminal
    net: str | None


def port_pins(wiring: Wiring, ref: str) -> tuple[PortPin, ...]:
    found = []
    for pin in wiring.netlist.components[ref].part.pins:
        match = _PORT_PIN.match(pin.name)
        if match:
            net = wiring.net(ref, pin.number)
            found.append(PortPin(match[0], PORTS.index(match[1]), int(match[2]), Terminal(ref, pin.number), net))
    return tuple(found)


@dataclass
class Signals:
    """State of the nets. `devices`: models by reference. A deep copy that shares chip and wiring is its snapshot."""

    wiring: Wiring
    chip: Chip
    pins: tuple[PortPin, ...]
    devices: dict[str, Device]
    trace: Trace | None = None
    levels: dict[str, Level] = field(default_factory=dict)
    contentions: dict[str, Ticks] = field(default_factory=dict)  # nets on which two outputs met, and when first
    _drives: dict[Terminal, Drive] = field(default_factory=dict)
    _pulls: dict[str, Drive] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_port = [[pin for pin in self.pins if pin.port == port] for port in range(len(PORTS))]
        self._listeners: dict[str, list[PortPin | tuple[str, str]]] = {net: [] for net in self.wiring.netlist.nets}
        for pin in self.pins:
            if pin.net is not None:
                self._listeners[pin.net].append(pin)
        for ref in self.devices:
            for part_pin in self.wiring.netlist.components[ref].part.pins:
                net = self.wiring.net(ref, part_pin.number)
                if net is not None and part_pin.kind in (PinKind.INPUT, PinKind.BIDIRECTIONAL):
                    self._listeners[net].append((ref, part_pin.name))

    # Who drives

    def pins_changed(self, port: int, bits: int, now: Ticks) -> None:
        """The chip's pins do something new."""
        nets = set()
        for pin in self._by_port[port]:
            if bits >> pin.bit & 1 and pin.net is not None:
                self._take_pin(pin, self.chip.pin(port, pin.bit))
                nets.add(pin.net)
        self.settle(nets, now)

    def chip_off(self, now: Ticks) -> None:
        """Without supply or in reset the chip drives nothing."""
        for pin in self.pins:
            self._take_pin(pin, PinDrive.OPEN)
        self.settle({pin.net for pin in self.pins if pin.net is not None}, now)

    def chip_on(self, now: Ticks) -> None:
        """It begins: of pins that do the same as before nobody is told by `pins_changed`."""
        for pin in self.pins:
            self._take_pin(pin, self.chip.pin(pin.port, pin.bit))
        self.settle({pin.net for pin in self.pins if pin.net is not None}, now)

    def drive(self, ref: str, pin: str, drive: Drive, now: Ticks) -> None:
        """Something from outside the board does this at a pad."""
        net = self.wiring.net(ref, pin)
        if net is not None:
            self._drives[self.wiring.netlist.terminal(ref, pin)] = drive
            self.settle({net}, now)

    def device_changed(self, ref: str, now: Ticks) -> None:
        """A part may do something new at its outputs."""
        self.settle(self._take_outputs(ref), now)

    def drive_of(self, terminal: Terminal) -> Drive:
        """What the pin itself does, not a pull on its net."""
        return self._drives.get(terminal, Drive.OPEN)

    def show_charge(self, net: str, high: bool, now: Ticks) -> None:
        """The level that a charge gives to a net which nobody drives."""
        self.settle(self._tell(net, Level.HIGH if high else Level.LOW, now), now)

    # Levels

    def level(self, net: str | None) -> Level:
        return Level.FLOATING if net is None else self.levels.get(net, Level.FLOATING)

    def settle(self, nets: Iterable[str], now: Ticks) -> None:
        """Find the levels of these nets, and of those that follow from them."""
        waiting = sorted(nets)  # a set has another order in each process
        for _ in range(_MOST_ROUNDS):
            if not waiting:
                return
            following: set[str] = set()
            for net in waiting:
                level = self._level(net)
                if level is not self.levels.get(net):
                    self.levels[net] = level
                    following |= self._tell(net, level, now)
            waiting = sorted(following)
        raise RuntimeError(f"nets {', '.join(waiting)} never come to rest")

    def _level(self, net: str) -> Level:
        return self.wiring.level(net, self._drives, self._pulls.get(net, Drive.OPEN))

    def _tell(self, net: str, level: Level, now: Ticks) -> set[str]:
        """Everybody who listens on the net; returns the nets on which somebody answers."""
        if self.trace is not None:
            self.trace.add(LevelChange(now, net, level))
        if level is Level.CONTENTION:
            self.contentions.setdefault(net, now)
        if level not in (Level.LOW, Level.HIGH):
            return set()
        answered: set[str] = set()
        for listener in self._listeners[net]:
            if isinstance(listener, PortPin):
                self.chip.set_pin(listener.port, listener.bit, level is Level.HIGH)
            else:
                ref, pin = listener
                self.devices[ref].input(pin, level is Level.HIGH, now)
                answered |= self._take_outputs(ref)
        return answered

    def _take_pin(self, pin: PortPin, does: PinDrive) -> None:
        self._drives[pin.terminal] = does.drive
        if pin.net is not None:
            self._pulls[pin.net] = does.pull

    def _take_outputs(self, ref: str) -> set[str]:
        changed = set()
        outputs: Mapping[str, Drive] = self.devices[ref].outputs()
        for name, drive in outputs.items():
            terminal = self.wiring.netlist.terminal(ref, name)
            if self._drives.get(terminal) is not drive:
                self._drives[terminal] = drive
                net = self.wiring.net(ref, name)
                if net is not None:
                    changed.add(net)
        return changed
