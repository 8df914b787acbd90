"""Current integrated over time, by cause, and what it means for a cell.

A cause is a part and what it does: "U1 run", "U3 transmit". Its current is a step function of time; between two steps
the charge is exact. Figures come from the parts' definitions and models; none is made up here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.parts.cell import CR2032
from hardware.virtual_board.ticks import Ticks, to_seconds

_HOURS_PER_DAY = 24


@dataclass
class PowerMeter:
    """Charge since the meter was started or reset. Plain data: a deep copy is a snapshot."""

    started: Ticks = 0
    _now_ua: dict[str, float] = field(default_factory=dict)
    _since: dict[str, Ticks] = field(default_factory=dict)
    _charge_uc: dict[str, float] = field(default_factory=dict)

    def set(self, part: str, by_cause: Mapping[str, float], now: Ticks) -> None:
        """From now on the part draws these currents in microampere; causes of the part that are left out draw none."""
        prefix = f"{part} "
        wanted = {prefix + cause: current for cause, current in by_cause.items()}
        for cause in [name for name in self._now_ua if name.startswith(prefix) and name not in wanted]:
            self._step(cause, 0.0, now)
        for cause, current in wanted.items():
            if current < 0:
                raise ValueError(f"{cause} draws {current} uA")
            self._step(cause, current, now)

    def present_ua(self) -> float:
        """All of the board, now."""
        return sum(self._now_ua.values())

    def average_ua(self, now: Ticks) -> dict[str, float]:
        """Average of each cause since the start, the largest first. Empty if no time has passed."""
        seconds = to_seconds(now - self.started)
        if seconds <= 0:
            return {}
        charge = {
            cause: self._charge_uc.get(cause, 0.0) + current * to_seconds(now - self._since[cause])
            for cause, current in self._now_ua.items()
        }
        average = {cause: total / seconds for cause, total in charge.items() if total > 0}
        return dict(sorted(average.items(), key=lambda item: (-item[1], item[0])))

    def reset(self, now: Ticks) -> None:
        """Start counting anew; currents go on."""
        self.started = now
        self._charge_uc.clear()
        self._since = dict.fromkeys(self._since, now)

    def _step(self, cause: str, current_ua: float, now: Ticks) -> None:
        before, since = self._now_ua.get(cause, 0.0), self._since.get(cause, now)
        self._charge_uc[cause] = self._charge_uc.get(cause, 0.0) + before * to_seconds(now - since)
        self._now_ua[cause], self._since[cause] = current_ua, now


def days(average_ua: float) -> dict[str, float]:
    """Days on a good and on a poor CR2032, self-discharge left aside."""
    capacities = {"good": float(CR2032.facts["good_mah"]), "poor": float(CR2032.facts["poor_mah"])}
    return {name: mah * 1000 / average_ua / _HOURS_PER_DAY for name, mah in capacities.items()}
