"""What the PY32F003 draws, by cause, from its datasheet (rev. 1.2, section 6.3): typical, 25 degrees, 3.3 V.

The datasheet has no maxima. Its figures for run and sleep are for code in flash, with the clocks of all peripherals off or
all on. Those of all on are taken, so that no figure flatters: firmware that uses half of them draws up to 0.3 mA less at
24 MHz. Between the frequencies of the table the current is on the straight line between its neighbours.
"""

from bisect import bisect_left
from enum import IntEnum


class Mode(IntEnum):
    """As `enum mode` of the core."""

    RUN = 0
    SLEEP = 1
    STOP_MAIN = 2  # main regulator
    STOP_LPR_1V2 = 3  # low-power regulator
    STOP_LPR_1V0 = 4


_LSI_HZ = 32_768
# HCLK: microampere with all peripherals' clocks on. At LSI the flash is awake; asleep it would be 95.
ACTIVE_UA: dict[Mode, dict[int, float]] = {
    Mode.RUN: {_LSI_HZ: 170, 4_000_000: 500, 8_000_000: 700, 16_000_000: 1100, 24_000_000: 1500},
    Mode.SLEEP: {_LSI_HZ: 170, 4_000_000: 400, 8_000_000: 500, 16_000_000: 750, 24_000_000: 1000},
}
# The same with LSI and what it clocks.
STOP_UA = {Mode.STOP_MAIN: 70.0, Mode.STOP_LPR_1V2: 6.0, Mode.STOP_LPR_1V0: 4.5}
LSI_UA = 0.21
ADC_UA = 1000.0  # table 6-21
FLASH_UA = 2500.0  # (?) no public figure: that of another small Cortex-M0+ (MSPM0C1104) while it programs


def current_ua(mode: Mode, hclk_hz: int, lsi_on: bool, adc_on: bool, flash_busy: bool) -> dict[str, float]:
    """Microampere by cause. In STOP the ADC and the flash stand still, whatever their registers say."""
    if mode in STOP_UA:
        return {"stop": STOP_UA[mode]}
    causes = {mode.name.lower(): _interpolated(ACTIVE_UA[mode], hclk_hz)}
    extras = {"LSI": (lsi_on, LSI_UA), "ADC": (adc_on, ADC_UA), "flash": (flash_busy, FLASH_UA)}
    return causes | {cause: current for cause, (on, current) in extras.items() if on}


def _interpolated(table: dict[int, float], hz: int) -> float:
    """Constant below the table; above it the last slope goes on."""
    known = list(table)
    upper = min(max(bisect_left(known, hz), 1), len(known) - 1)
    low, high = known[upper - 1], known[upper]
    slope = (table[high] - table[low]) / (high - low)
    return table[low] + slope * (max(hz, known[0]) - low)
