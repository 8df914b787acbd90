"""Writes the tables of the sound front end, firmware/src/model/sound_tables.c: `python -m firmware.model.sound_tables`.

They are committed: a build needs no NumPy, and a change of a table is seen in review. Computed on the chip they would need
a sine routine, which is longer than the 0.3 kB they take.
"""

from itertools import pairwise

import numpy as np

from hardware.paths import ROOT

TABLES = ROOT / "firmware" / "src" / "model" / "sound_tables.c"
SAMPLES = 256
RATE_HZ = 8000
BANDS = 12
EDGES_HZ = (100, 3800)
ONE = 65536  # of a weight


def cosines() -> list[int]:
    """q14, over half a turn of 256 steps."""
    return [round(16384 * float(np.cos(2 * np.pi * n / SAMPLES))) for n in range(SAMPLES // 2 + 1)]


def band_edges() -> list[float]:
    """In bins, equally spaced on O'Shaughnessy's mel scale: 2595 log10(1 + f / 700 Hz). Band b rises from edge b to b + 1."""
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in EDGES_HZ)
    hertz = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    return [float(edge) for edge in hertz * SAMPLES / RATE_HZ]


def first_bin() -> int:
    return int(np.ceil(band_edges()[0]))


def slopes() -> list[tuple[int, int]]:
    """(weight in the first bin above the lower edge, step to the next bin) of each band, and of what the last one falls by."""
    edges = band_edges()
    found = []
    for low, high in pairwise(edges):
        first = round((np.ceil(low) - low) / (high - low) * ONE)
        step = round(ONE / (high - low))
        found.append((first, step))
        bins = int(np.ceil(high)) - int(np.ceil(low))
        assert first + step * (bins - 1) < ONE <= first + step * bins, f"rounding moves the end of the slope from bin {low:.2f}"
    return found


def _rows(items: list[str], per_row: int) -> list[str]:
    return [f"    {', '.join(items[at : at + per_row])}," for at in range(0, len(items), per_row)]


def source() -> str:
    lines = [
        "// Written by firmware/model/sound_tables.py.",
        '#include "sound_tables.h"',
        "",
        f'_Static_assert(MEL_FIRST_BIN == {first_bin()}, "the lowest band\'s edge has moved");',
        "",
        f"const int16_t cosine_q14[{SAMPLES // 2 + 1}] = {{",
        *_rows([str(value) for value in cosines()], 16),
        "};",
        "",
        f"const mel_slope mel_slopes[{BANDS + 1}] = {{",
        *_rows([f"{{{first}, {step}}}" for first, step in slopes()], 7),
        "};",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLES.write_text(source())
