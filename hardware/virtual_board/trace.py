"""What happened on the board, for a person to look at: levels, transfers, packets, current; as VCD for a wave viewer."""

import io
from dataclasses import dataclass, field

from vcd import VCDWriter

from hardware.virtual_board.ticks import TICKS_PER_SECOND, Ticks
from hardware.virtual_board.wiring import Level

_NANOSECOND = 10**9
_WIRE = {Level.LOW: "0", Level.HIGH: "1", Level.FLOATING: "z", Level.CONTENTION: "x"}


@dataclass(frozen=True)
class LevelChange:
    """A net took a level."""

    time: Ticks
    net: str
    level: Level


@dataclass(frozen=True)
class Transfer:
    """Something said on a bus or on air: `channel` is "i2c", "spi", "uart", "air"; `text` is what a person reads."""

    time: Ticks
    channel: str
    text: str


@dataclass(frozen=True)
class Current:
    """Supply current of the whole board from now on."""

    time: Ticks
    microampere: float


Event = LevelChange | Transfer | Current


@dataclass
class Trace:
    """Events in the order of their time."""

    events: list[Event] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """ValueError if the event is older than the last one."""
        if self.events and event.time < self.events[-1].time:
            raise ValueError(f"an event at tick {event.time} after one at tick {self.events[-1].time}")
        self.events.append(event)

    def to_vcd(self) -> str:
        """The trace as a value change dump in nanoseconds: a wire for each net, a text for each channel, the current."""
        text = io.StringIO()
        with VCDWriter(text, timescale="1 ns", date="", version="dollar simulate") as writer:
            nets = {e.net for e in self.events if isinstance(e, LevelChange)}
            channels = {e.channel for e in self.events if isinstance(e, Transfer)}
            wires = {net: writer.register_var("nets", net, "wire", size=1, init="z") for net in sorted(nets)}
            texts = {name: writer.register_var("bus", name, "string", init="") for name in sorted(channels)}
            current = writer.register_var("supply", "current_ua", "real", init=0.0)
            for event in self.events:
                now = event.time * _NANOSECOND // TICKS_PER_SECOND
                match event:
                    case LevelChange(net=net, level=level):
                        writer.change(wires[net], now, _WIRE[level])
                    case Transfer(channel=channel, text=words):
                        writer.change(texts[channel], now, words.replace(" ", "_"))  # a viewer ends a text at a space
                    case Current(microampere=microampere):
                        writer.change(current, now, microampere)
        return text.getvalue()
