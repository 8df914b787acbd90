"""Supply current of the SC7A20: the LIS2DH12's table and half as much again, since Silan's was not found. UNVERIFIED."""

import itertools
from functools import cache

STANDBY_UA = 0.5  # JLCPCB catalogue; the older SC7A20TR draws some 10
ALLOWANCE = 1.5
RATE_HZ = (1, 10, 25, 50, 100, 200, 400, 1344)
NORMAL_UA = (2, 4, 6, 11, 20, 38, 73, 185)
LOW_POWER_UA = (2, 3, 4, 6, 10, 18, 36, 36 * 1344 / 400)  # the last one is MISSING: in proportion


@cache
def current_ua(rate_hz: float, low_power: bool) -> float:
    """Straight lines between the table's rates, in proportion above the last; 0 Hz is standby."""
    if rate_hz == 0:
        return STANDBY_UA
    table = LOW_POWER_UA if low_power else NORMAL_UA
    for (rate_0, rate_1), (low, high) in zip(itertools.pairwise(RATE_HZ), itertools.pairwise(table), strict=True):
        if rate_hz <= rate_1:
            return ALLOWANCE * (low + (high - low) * (rate_hz - rate_0) / (rate_1 - rate_0))
    return ALLOWANCE * table[-1] * rate_hz / RATE_HZ[-1]
