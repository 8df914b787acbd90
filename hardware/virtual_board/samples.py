"""What the board's sensors gave the firmware, sample by sample, so that the same can be computed elsewhere."""

from dataclasses import dataclass, field

from hardware.virtual_board.ticks import Ticks


@dataclass
class Samples:
    """Each with its time. `motion`: counts of 12 bits along x, y and z, as the accelerometer's output registers had them.
    `sound`: results of the converter's channel of the microphone while that is on."""

    motion: list[tuple[Ticks, tuple[int, int, int]]] = field(default_factory=list)
    sound: list[tuple[Ticks, int]] = field(default_factory=list)

    def copied(self) -> "Samples":
        return Samples(list(self.motion), list(self.sound))

    def put_back(self, copy: "Samples") -> None:
        self.motion[:], self.sound[:] = copy.motion, copy.sound
