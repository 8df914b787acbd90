"""The I2C bus between the microcontroller's controller and the parts that its pins reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hardware.virtual_board.device import I2cTarget
from hardware.virtual_board.signals import PortPin, Signals
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import Trace, Transfer
from hardware.virtual_board.wiring import Level

SCL, SDA = "I2C_SCL", "I2C_SDA"
NOBODY = 0xFF  # what is read from a bus that nobody drives


@dataclass
class I2cBus:
    """Transfers go to the parts on the nets of the pins that have the functions SCL and SDA at present."""

    signals: Signals
    targets: Mapping[str, I2cTarget]
    pin_with: Callable[[str], PortPin | None]  # that has this function now
    _addressed: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _reached: dict[tuple[PortPin, PortPin], list[str]] = field(default_factory=dict)  # from pins that were asked for

    def lines(self) -> int:
        """Bit 0: SCL is high, bit 1: SDA is high. A line without pull-up stays low once it was."""
        found = 0
        for place, function in enumerate((SCL, SDA)):
            pin = self.pin_with(function)
            if pin is not None and self.signals.level(pin.net) is Level.HIGH:
                found |= 1 << place
        return found

    def start(self, address: int, read: bool, now: Ticks) -> bool:
        scl, sda = self.pin_with(SCL), self.pin_with(SDA)
        reached = self._targets(scl, sda) if scl and sda else []
        self._addressed = [ref for ref in reached if self.targets[ref].i2c_start(address, read, now)]
        self._words.append(f"{'read' if read else 'write'} {address:02x}{'' if self._addressed else ' nobody'}")
        return bool(self._addressed)

    def _targets(self, scl: PortPin, sda: PortPin) -> list[str]:
        """Of two pins on one net nobody: no edge of SDA falls while SCL is high, which is what a START is."""
        if (scl, sda) not in self._reached:
            reached = self.signals.wiring.bus_targets(scl.terminal, sda.terminal, self.targets)
            self._reached[scl, sda] = reached if scl.net != sda.net else []
        return self._reached[scl, sda]

    def write(self, byte: int, now: Ticks) -> bool:
        self._words.append(f"{byte:02x}")
        answers = [self.targets[ref].i2c_write(byte, now) for ref in self._addressed]
        return any(answers)

    def read(self, now: Ticks) -> int:
        byte = NOBODY
        for ref in self._addressed:
            byte &= self.targets[ref].i2c_read(now)  # open drain: a low wins
        self._words.append(f"{byte:02x}")
        return byte

    def stop(self, now: Ticks, trace: Trace | None) -> None:
        for ref in self._addressed:
            self.targets[ref].i2c_stop(now)
        if trace is not None:
            trace.add(Transfer(now, "i2c", " ".join(self._words)))
        self._addressed, self._words = [], []
