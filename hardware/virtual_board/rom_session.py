"""The boot ROM at work on a chip: its answers wait until what they answer to is done."""

from hardware.virtual_board.boot_rom import BootRom
from hardware.virtual_board.core.machine import PC, SYSTEM
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.mcu.rom_target import SYSTEM_BYTES, ChipRomTarget
from hardware.virtual_board.ticks import Ticks


class RomSession:
    """From the ROM's entry until it starts a program or the chip is reset."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self.target = ChipRomTarget(chip)
        self._rom = BootRom(self.target)
        self._waiting = b""

    def receive(self, byte: int, now: Ticks, heard: bool) -> None:
        """A byte from the host. While the ROM works it hears nothing. `heard`: its answers reach the host."""
        if now >= self.target.ready_at:
            answer = self._rom.receive(byte)
            self._waiting += answer if heard else b""

    def answer(self, now: Ticks) -> bytes:
        """What is sent now; its time on the line is left out."""
        if not self._waiting or now < self.target.ready_at:
            return b""
        sent, self._waiting = self._waiting, b""
        return sent

    def next_event(self) -> Ticks | None:
        return max(self.target.ready_at, self._chip.now) if self._waiting or self.target.reset_wanted else None

    def reset_wanted(self, now: Ticks) -> bool:
        """The protection has changed, and the answer is sent."""
        return self.target.reset_wanted and not self._waiting and now >= self.target.ready_at

    @property
    def left(self) -> bool:
        """A program was started."""
        return not SYSTEM <= self._chip.machine.register(PC) < SYSTEM + SYSTEM_BYTES
