"""What the board draws on average with a model of another size: computed, not measured.

The default image is measured on the virtual board. Each cycle that another model takes more or less in an answer is a cycle
in which the core runs in place of waiting as it does between two answers, at the virtual board's figures for 24 MHz.
"""

from collections.abc import Callable
from dataclasses import dataclass

from firmware import models
from firmware.model import features_motion
from firmware.model.evaluation.final import FOLDER
from firmware.model.evaluation.task import Cost, Task
from firmware.model.search.candidate import cycles
from firmware.stack import Beeps
from firmware.supply_current import average_ua
from hardware.errors import InputError
from hardware.virtual_board.mcu.current import ACTIVE_UA, STOP_UA, Mode
from hardware.virtual_board.motion import Rest, Walking

CORE_HZ = 24_000_000
BEACON = {"beacon_interval_ms": 2000}
LISTENING = {**BEACON, "listen_ms": 60000}
SETTLE_S, LISTEN_S = 3.0, 8.0


@dataclass(frozen=True)
class Use:
    """`ua()`: of the default image. `answers_per_s` of a model, between which the core draws `waiting_ua`."""

    words: str
    ua: Callable[[], float]
    answers_per_s: float
    waiting_ua: float


def _moving() -> Use:
    answers = features_motion.constant("RATE_HZ") / features_motion.constant("HOP")
    waiting = STOP_UA[Mode.STOP_LPR_1V0]
    return Use("always moving, with a beacon every 2 s", lambda: average_ua(Walking(), BEACON), answers, waiting)


def _listening() -> Use:
    """The core sleeps between hops, as STOP would stop the converter."""
    return Use(
        "always listening, with a word each second and a beacon every 2 s",
        lambda: average_ua(Rest(), LISTENING, Beeps(), SETTLE_S, LISTEN_S),
        1.0,
        ACTIVE_UA[Mode.SLEEP][CORE_HZ],
    )


_USES = {"motion": _moving, "sound": _listening}


def use(task: str) -> Use:
    return _USES[task]()


@dataclass(frozen=True)
class Base:
    """The measured current, and the cycles an answer of the model in that image."""

    use: Use
    ua: float
    cycles: int

    def with_model(self, cost: Cost) -> float:
        """Microampere."""
        per_cycle_uc = (ACTIVE_UA[Mode.RUN][CORE_HZ] - self.use.waiting_ua) / CORE_HZ
        return self.ua + (cycles(cost) - self.cycles) * per_cycle_uc * self.use.answers_per_s


def measure(task: Task) -> Base:
    """InputError for an image without a model of the task, or none at all."""
    kind = models.in_default_image()[task.name]
    if kind == models.NONE:
        raise InputError(f"the default image has no model of {task.name}, so that its current is not known: put one in")
    assert task.cost is not None
    committed = task.cost(FOLDER / f"{task.name}_{kind}.c", f"{task.name}_{kind}")
    found = use(task.name)
    return Base(found, found.ua(), cycles(committed))
