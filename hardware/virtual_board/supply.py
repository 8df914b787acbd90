"""The supply: cell, capacitors, what each part draws, and when the voltage passes a threshold that a part minds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hardware.netlist import GROUND, Netlist
from hardware.parts.cell import HOLDER
from hardware.parts.mcu import PY32F003
from hardware.parts.part import PinKind
from hardware.spice.supply import Cell
from hardware.virtual_board.parts.coin_cell import CoinCell, bulk_farad
from hardware.virtual_board.power import PowerMeter
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import Current, Trace

_MICRO = 1e-6
_RESET_V = PY32F003.supplies["VCC"].operating_min_v
_START_ABOVE_V = float(PY32F003.facts["start_above_v"])


@dataclass
class Supply:
    """The net of the holder's plus. `thresholds_v`: the parts are told when the voltage passes one of them."""

    net: str | None  # None if no cell reaches it the right way round
    cell: CoinCell
    thresholds_v: tuple[float, ...]
    meter: PowerMeter = field(default_factory=PowerMeter)
    trace: Trace | None = None
    brownout_v: float = 0.0  # one more threshold while the chip's option bytes have it
    drawn: dict[str, Mapping[str, float]] = field(default_factory=dict)  # by part, then cause, in microampere
    _crossings: tuple[Ticks, ...] | None = None  # of thresholds, with this load; None: not worked out yet

    def volt(self, now: Ticks) -> float:
        return self.cell.volt(now) if self.net is not None else 0.0

    def draw(self, part: str, by_cause: Mapping[str, float], now: Ticks) -> None:
        """From now on the part draws so many microampere by cause."""
        self.drawn[part] = by_cause
        self.meter.set(part, by_cause, now)
        total_ua = self.meter.present_ua()
        self.cell.draw(total_ua * _MICRO, now)
        self._crossings = None
        if self.trace is not None:
            self.trace.add(Current(now, total_ua))

    def exchange(self, cell: Cell, now: Ticks) -> None:
        """Another cell, or the same one discharged further."""
        self.cell.exchange(cell, now)
        self._crossings = None

    def set_brownout(self, volt: float) -> None:
        if volt != self.brownout_v:
            self.brownout_v = volt
            self._crossings = None

    @property
    def least_v(self) -> float:
        """With less the chip stops."""
        return max(_RESET_V, self.brownout_v)

    @property
    def start_v(self) -> float:
        """From here on it starts again: somewhat more, else a weak cell would start and stop it without end."""
        return self.least_v + _START_ABOVE_V

    def next_event(self, now: Ticks) -> Ticks | None:
        """When the voltage next passes a threshold after `now`, if the load stays as it is."""
        if self._crossings is None:
            thresholds_v = (*self.thresholds_v, self.brownout_v, self.start_v)
            self._crossings = tuple(at for volt in thresholds_v if (at := self.cell.when_at(volt)) is not None)
        return min([at for at in self._crossings if at > now], default=None)

    def at_pins(self, netlist: Netlist, ref: str, now: Ticks) -> dict[str, float]:
        """Voltages at a part's supply pins by name; a pin on neither supply nor ground is left out."""
        volts = {}
        for pin in netlist.components[ref].part.pins:
            net = netlist.net_of(ref, pin.number) if pin.kind is PinKind.POWER_IN else None
            if net is not None and net in (GROUND, self.net):
                volts[pin.name] = 0.0 if net == GROUND else self.volt(now)
        return volts


def supply(netlist: Netlist, cell: Cell, thresholds_v: Iterable[float], trace: Trace | None) -> Supply:
    """As the circuit has it. No supply where the holder is missing or the wrong way round: such a board does nothing."""
    holders = netlist.of_part(HOLDER.name)
    plus = netlist.net_of(holders[0].ref, "+") if len(holders) == 1 else None
    minus = netlist.net_of(holders[0].ref, "-") if len(holders) == 1 else None
    if plus is None or plus == GROUND or minus != GROUND:
        return Supply(None, CoinCell(cell, 1.0), (), trace=trace)
    return Supply(plus, CoinCell(cell, bulk_farad(netlist, cell.volt)), tuple(sorted(set(thresholds_v))), trace=trace)
