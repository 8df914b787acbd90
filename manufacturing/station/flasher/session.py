"""A conversation with the boot ROM that survives a bad line: again, from the beginning of a command, at last more slowly.

With modem lines the speed is raised as far as the line holds: the ROM takes a new one only after a reset. A person is not asked
to reset a board again and again, so there it stays at the first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from manufacturing.station.flasher.failures import Cause, FlashError, Refused, Trouble
from manufacturing.station.flasher.identity import Identity, follows_pieces, identify
from manufacturing.station.flasher.rom import Rom
from manufacturing.station.link import Link
from manufacturing.station.reset import Reset

# The ROM takes 4800 to 1 M (PY32Isp manual); what adapters offer of it.
BAUDS = (1_000_000, 921_600, 500_000, 460_800, 230_400, 115_200, 57_600, 19_200)
MODEST_BAUD = 115_200
_TRIES = 6  # of one command, at one speed
ANY = 1000
_MOST_TROUBLES = 3  # at one speed, where a slower one can be had
_REGAIN_TRIES = 4

_Result = TypeVar("_Result")


@dataclass
class Session:
    """`troubles`: how often something had to be done again."""

    link: Link
    reset: Reset
    bauds: tuple[int, ...]  # that are left to try, the present one first
    troubles: int = 0
    rom: Rom = field(init=False)
    identity: Identity = field(init=False)
    _troubles_at_baud: int = field(default=0, init=False)
    _steps_only: bool = field(default=False, init=False)

    def begin(self) -> None:
        """Enter the ROM, identify the chip. FlashError if nobody answers."""
        while True:
            try:
                self._enter()
                self.identity = self._identified()
                self._try_pieces()
                return
            except (Trouble, FlashError):  # only of silence
                if not self._slow_down():
                    text = f"the boot ROM of the chip at {self.link.name} does not answer: {self.reset.advice}"
                    raise FlashError(Cause.NO_ANSWER, text) from None

    def enter_again(self) -> None:
        """After something that resets the chip."""
        self.reset.into_rom(self.link)
        self._regain(entered=True)

    def attempt(
        self, command: Callable[[Rom], _Result], mend: Callable[[Rom], None] | None = None, refusals: int = ANY
    ) -> _Result:
        """Until it succeeds, at each speed some times. `mend` goes before each repetition. FlashError if the ROM no longer
        answers, Refused if it refused to the last, or so many times."""
        tries, refused, mending = 0, 0, False
        while True:
            baud = self.rom.baud
            try:
                if mending and mend is not None:
                    mend(self.rom)
                return command(self.rom)
            except Trouble as error:
                mending = True
                refused += isinstance(error, Refused)
                self.note_trouble()
                self._regain()
                tries = tries + 1 if self.rom.baud == baud else 0
                if isinstance(error, Refused) and (tries == _TRIES or refused >= refusals):
                    raise
                if tries == _TRIES:
                    raise self._lost() from None

    def note_trouble(self) -> None:
        self.troubles += 1
        self._troubles_at_baud += 1

    # How

    def _enter(self) -> None:
        self.reset.into_rom(self.link)
        self.rom = Rom(self.link, self.bauds[0])
        self.rom.synchronise(tries=2 if self.reset.repeats else 6)

    def _identified(self) -> Identity:
        try:
            return identify(self.rom)
        except Trouble:
            self._regain()
            return identify(self.rom)

    def _try_pieces(self) -> None:
        if self.identity.uid is None or self._steps_only:
            return
        try:
            follows_pieces(self.rom, self.identity.uid)
        except Trouble:
            self._steps_only = True
            self._regain()

    def _regain(self, entered: bool = False) -> None:
        """The ROM at the beginning of a command; in steps, if pieces may be what failed."""
        if self._troubles_at_baud > _MOST_TROUBLES:
            self._slow_down()
        together = self._troubles_at_baud == 0 and not self._steps_only and self.rom.together
        while True:
            self.rom = Rom(self.link, self.bauds[0], together)
            for _ in range(_REGAIN_TRIES):
                try:
                    self._find_beginning(entered)
                    return
                except Trouble:
                    entered = False
            if not self._slow_down(MODEST_BAUD):
                raise self._lost()

    def _find_beginning(self, entered: bool) -> None:
        if self.reset.repeats and not entered:
            self.reset.into_rom(self.link)
        if not (self.reset.repeats or entered):
            self.rom.realign()
        self.rom.synchronise(tries=2)

    def _slow_down(self, most: int = BAUDS[0]) -> bool:
        """To the next speed, or the first that is at most so high. False if there is none, or the chip cannot be reset for it."""
        slower = tuple(baud for baud in self.bauds[1:] if baud <= most)
        if not slower or not self.reset.repeats:
            return False
        self.bauds, self._troubles_at_baud = slower, 0
        return True

    def _lost(self) -> FlashError:
        return FlashError(
            Cause.NO_ANSWER, f"the boot ROM of the chip at {self.link.name} no longer answers: check contacts and cell, run again"
        )


def connect(link: Link, reset: Reset, baud: int | None = None) -> Session:
    """The chip in its ROM, identified. `baud`: the highest to try."""
    if reset.repeats:
        bauds = tuple(rate for rate in BAUDS if baud is None or rate < baud)
        bauds = bauds if baud is None else (baud, *bauds)
    else:
        bauds = (baud or MODEST_BAUD,)
    session = Session(link, reset, bauds)
    session.begin()
    return session
