"""`make bench`: how long things take, beside the time they should take; and our models beside what
other generators make. It reports; it never fails."""

import subprocess
import time
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from hardware import paths


class Timing(NamedTuple):
    what: str
    command: tuple[str, ...]
    bar_seconds: float


CORE_AGAINST_UNICORN = "tests/hardware/virtual_board/differential.py"

# build/ is disposable, so the first one empties it.
TIMINGS = (
    Timing("everything from an empty build/", ("sh", "-c", "make -s clean && make -s -j2 build"), 90),
    Timing("again, nothing changed", ("make", "--no-print-directory"), 2),
    Timing("set-up, nothing missing", ("scripts/setup",), 1),
    Timing("virtual board: 1.5 G cycles of compute code (150 MHz)", (".venv/bin/python", "-m", "scripts.bench_core"), 10),
    Timing("virtual board: core against Unicorn, 5 rounds", (".venv/bin/python", CORE_AGAINST_UNICORN, "5"), 120),
    Timing("virtual board: 60 s of the firmware, with beacons", (".venv/bin/dollar", "simulate", "--seconds", "60", "--json"), 6),
    Timing("the station on 100 faults and 10 good boards", (".venv/bin/dollar", "coverage", "--sample", "100", "--json"), 60),
    Timing("dollar check", (".venv/bin/dollar", "check", "--json"), 30),
)

MODELS = (".venv/bin/python", "-m", "scripts.bench_models")


def main() -> None:
    table = Table("what", "seconds", "bar", title="two cores, wall clock")
    for timing in TIMINGS:
        start = time.perf_counter()
        subprocess.run(timing.command, cwd=paths.ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        table.add_row(
            timing.what, f"{seconds:.1f}", f"{timing.bar_seconds:g}" + (" missed" if seconds > timing.bar_seconds else "")
        )
    Console().print(table)
    subprocess.run(MODELS, cwd=paths.ROOT, check=False)


if __name__ == "__main__":
    main()
