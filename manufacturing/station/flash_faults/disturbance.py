"""What a bad line does to the bytes that pass it."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

KINDS = ("flip", "flip-pair", "drop", "repeat", "reorder", "truncate", "insert")
_LONGEST_CUT = 300  # bytes that a truncated piece loses


@dataclass
class Disturbance:
    """Of one kind, in one direction: at each byte with the chance `rate`, or once, at byte `once`."""

    kind: str
    chance: random.Random
    rate: float = 0.0
    once: int | None = None
    happened: int = 0
    _passed: int = 0
    _held: int | None = None
    _losing: int = 0
    _pair: tuple[int, int] | None = None  # how many bytes until the second flip, and of which bit
    _how: dict[str, Callable[[int], Iterable[int]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._how = {
            "flip": lambda byte: (byte ^ 1 << self.chance.randrange(8),),
            "flip-pair": self._first_of_pair,
            "drop": lambda _: (),
            "repeat": lambda byte: (byte, byte),
            "reorder": self._hold,
            "truncate": self._lose,
            "insert": lambda byte: (byte, self.chance.randrange(256)),
        }

    def __call__(self, byte: int) -> Iterable[int]:
        self._passed += 1
        if self._held is not None:
            held, self._held = self._held, None
            return (byte, held)
        if self._losing:
            self._losing -= 1
            return ()
        if self._pair is not None:
            return (self._second_of_pair(byte),)
        if self._passed - 1 == self.once or self.chance.random() < self.rate:
            self.happened += 1
            return self._how[self.kind](byte)
        return (byte,)

    def _hold(self, byte: int) -> Iterable[int]:
        """It comes after the next."""
        self._held = byte
        return ()

    def _lose(self, _: int) -> Iterable[int]:
        self._losing = self.chance.randrange(_LONGEST_CUT)
        return ()

    def _first_of_pair(self, byte: int) -> Iterable[int]:
        """One bit in two bytes: the exclusive or over both does not see it."""
        bit = self.chance.randrange(8)
        self._pair = (self.chance.choice((0, 0, 1, 3, 8)), bit)
        return (byte ^ 1 << bit,)

    def _second_of_pair(self, byte: int) -> int:
        assert self._pair is not None
        left, bit = self._pair
        self._pair = (left - 1, bit) if left else None
        return byte if left else byte ^ 1 << bit
