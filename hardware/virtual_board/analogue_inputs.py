"""What the ADC sees at each of its channels.

The converter itself is ideal but for its 12 bits: its own noise and non-linearity (datasheet table 6-21: 3 LSB at most)
are not modelled. The reference is exactly 1.2 V.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from hardware.netlist import GROUND, Netlist
from hardware.parts.audio import LMV321
from hardware.parts.mcu_functions import PinFunction
from hardware.spice import preamp
from hardware.virtual_board.device import Drive
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.preamp import Preamp
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.signals import PortPin, Signals
from hardware.virtual_board.sound import SoundSource
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.wiring import Level

REFERENCE_CHANNEL = 12
REFERENCE_V = 1.2
FULL_SCALE = 4095
_AHEAD = 256  # samples of the sound worked out at once while they are taken at an even pace


@dataclass
class AudioInput:
    """The amplifier's output as the converter samples it: blocks of samples are worked out ahead."""

    preamp: Preamp
    _last: Ticks = 0
    _first: Ticks = 0
    _step: Ticks = 0
    _volts: tuple[float, ...] = ()

    def switch(self, supply_v: float | None, now: Ticks) -> None:
        self.preamp.switch(supply_v, now)
        self._volts = ()

    def volt(self, now: Ticks) -> float:
        place, rest = divmod(now - self._first, self._step) if self._step else (0, 1)
        if rest or not 0 <= place < len(self._volts):
            step, even = now - self._last, now - self._last == self._step
            self._first, self._step = now, max(step, 1)
            self._volts = tuple(self.preamp.volts(now, self._step, _AHEAD if even else 1))
            place = 0
        self._last = now
        return self._volts[place]


def audio_input(netlist: Netlist, sound: SoundSource, seed: int) -> AudioInput | None:
    """The circuit's audio block; None where nothing feeds it, or the amplifier is missing or has an open output or supply."""
    amplifiers = netlist.of_part(LMV321.name)
    connected = [netlist.net_of(amplifier.ref, pin) is not None for amplifier in amplifiers for pin in ("OUT", "V+")]
    if not amplifiers or not all(connected) or not preamp.supplying_pins(netlist):
        return None
    return AudioInput(Preamp(netlist, sound, seed))


@dataclass
class AnalogueInputs:
    """Channels by pin. `audio` is None if the circuit has no working audio block. `samples` notes what the microphone gives."""

    signals: Signals
    pins: tuple[PortPin, ...]
    functions: tuple[PinFunction, ...]
    audio: AudioInput | None
    samples: Samples | None = None
    _fed: bool = False

    def pins_changed(self, supply_v: Callable[[Ticks], float], now: Ticks) -> None:
        """The chip's pins do something new: perhaps they switch the microphone."""
        if self.audio is None:
            return
        fed = any(self.signals.drive_of(pin.terminal) is Drive.HIGH for pin in self._supplying)
        if fed != self._fed:
            self._fed = fed
            self.audio.switch(supply_v(now) if fed else None, now)

    def counts(self, channel: int, supply_v: float, now: Ticks) -> int:
        """Result of a conversion of 12 bits sampled now. NotModelled for the temperature sensor."""
        volt = self._volt(channel, supply_v, now)
        counts = max(0, min(FULL_SCALE, round(volt / supply_v * FULL_SCALE)))
        if self.samples is not None and self._fed and self._channels.get(channel) in self._listening:
            self.samples.sound.append((now, counts))
        return counts

    @property
    def microphone_on(self) -> bool:
        return self._fed

    def _volt(self, channel: int, supply_v: float, now: Ticks) -> float:
        if channel == REFERENCE_CHANNEL:
            return REFERENCE_V
        pin = self._channels.get(channel)
        if pin is None:
            raise NotModelled(f"ADC channel {channel}")
        if pin in self._listening and self.audio is not None:
            return self.audio.volt(now)
        high = pin.net != GROUND and self.signals.level(pin.net) is Level.HIGH
        return supply_v if high else 0.0

    @cached_property
    def _channels(self) -> dict[int, PortPin]:
        by_name = {pin.name: pin for pin in self.pins}
        return {f.adc_channel: by_name[f.pin] for f in self.functions if f.adc_channel is not None and f.pin in by_name}

    @cached_property
    def _supplying(self) -> tuple[PortPin, ...]:
        numbers = preamp.supplying_pins(self.signals.wiring.netlist)
        return tuple(pin for pin in self.pins if pin.terminal.number in numbers)

    @cached_property
    def _listening(self) -> tuple[PortPin, ...]:
        numbers = preamp.listening_pins(self.signals.wiring.netlist)
        return tuple(pin for pin in self.pins if pin.terminal.number in numbers)
