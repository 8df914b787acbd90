"""The PY32F003 as the board sees it: a core with its peripherals, pins, serial port, and what it draws."""

from enum import IntEnum

from hardware.virtual_board.core.machine import Machine, Outside
from hardware.virtual_board.device import Drive
from hardware.virtual_board.mcu.current import Mode
from hardware.virtual_board.ticks import Ticks

PORTS = "ABF"  # in the order of the port numbers
NO_FUNCTION = 16


class PinDrive(IntEnum):
    """What a port pin does, as `enum drive` of api.cdef."""

    LOW = 0
    HIGH = 1
    OPEN = 2
    PULL_UP = 3
    PULL_DOWN = 4

    @property
    def drive(self) -> Drive:
        return _DRIVES.get(self, Drive.OPEN)

    @property
    def pull(self) -> Drive:
        """The weak resistor inside the chip."""
        return _PULLS.get(self, Drive.OPEN)


_DRIVES = {PinDrive.LOW: Drive.LOW, PinDrive.HIGH: Drive.HIGH}
_PULLS = {PinDrive.PULL_UP: Drive.HIGH, PinDrive.PULL_DOWN: Drive.LOW}


class Chip:
    """One microcontroller. Its whole state is in `machine.snapshot()`."""

    def __init__(self, outside: Outside) -> None:
        self.machine = Machine()
        self.machine.add_mcu(outside)

    @property
    def now(self) -> Ticks:
        return self.machine.ticks

    def power_on(self, boot0: bool = False) -> None:
        """Begin as after power on, from flash or, with BOOT0 high, as the option bytes say. RAM lost its content."""
        self.machine.lib.mcu_power_on(self.machine.handle, boot0)

    def restart(self, boot0: bool = False) -> None:
        """Do the reset that a run stopped for (StopReason.RESET); its cause is then in RCC_CSR."""
        self.machine.lib.mcu_restart(self.machine.handle, boot0)

    def reset_pin(self, boot0: bool = False) -> None:
        """The reset pin was low."""
        self.machine.lib.mcu_reset_pin(self.machine.handle, boot0)

    def set_clock_error(self, hsi_ppm: int = 0, lsi_ppm: int = 0) -> None:
        """How far the oscillators are off with the factory's trim; HSI in steps of a tick, 1.6 % at 24 MHz."""
        self.machine.lib.mcu_set_clock_error(self.machine.handle, hsi_ppm, lsi_ppm)

    @property
    def mode(self) -> Mode:
        return Mode(self.machine.lib.mcu_mode(self.machine.handle))

    @property
    def hclk_hz(self) -> int:
        return int(self.machine.lib.mcu_hclk_hz(self.machine.handle))

    @property
    def lsi_on(self) -> bool:
        return bool(self.machine.lib.mcu_lsi_on(self.machine.handle))

    def pin(self, port: int, bit: int) -> PinDrive:
        return PinDrive(self.machine.lib.mcu_pin(self.machine.handle, port, bit))

    def function(self, port: int, bit: int) -> int | None:
        """Number of the alternate function that the pin has at present; None in another mode."""
        number = self.machine.lib.mcu_pin_function(self.machine.handle, port, bit)
        return None if number == NO_FUNCTION else int(number)

    def set_pin(self, port: int, bit: int, high: bool) -> None:
        """The level on the net of a pin."""
        self.machine.lib.mcu_set_pin(self.machine.handle, port, bit, high)

    def receive(self, byte: int, bit_ticks: Ticks, framing_error: bool = False) -> None:
        """A byte arrived whole at USART1's receiver, sent with bits of this length; a framing error stands for a break."""
        self.machine.lib.mcu_usart_receive(self.machine.handle, byte, bit_ticks, framing_error)

    def lose_power(self, seed: int) -> None:
        """The supply is gone; what the flash was changing keeps bits in between, by chance. The next reset is a power on."""
        self.machine.lib.mcu_power_lost(self.machine.handle, seed)

    @property
    def flash_busy(self) -> bool:
        """The flash erases or programs."""
        return bool(self.machine.lib.mcu_flash_busy(self.machine.handle))

    @property
    def adc_on(self) -> bool:
        """The converter is enabled or calibrates."""
        return bool(self.machine.lib.mcu_adc_on(self.machine.handle))

    @property
    def brownout_mv(self) -> int:
        """Falling supply at which the brown-out reset acts; 0 while the option bytes have it off."""
        return int(self.machine.lib.flash_brownout_mv(self.machine.handle))

    @property
    def adc_sampled_at(self) -> Ticks:
        """Time of the sample that `Outside.convert` is asked for; `now` may be some cycles later, at an instruction's end."""
        return int(self.machine.lib.mcu_adc_sampled_at(self.machine.handle))
