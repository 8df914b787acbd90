"""What the board's sensors gave the firmware, sample by sample, so that the same can be computed elsewhere."""

from dataclasses import dataclass, field

from hardware.virtual_board.ticks import Ticks


@dataclass
class Samples:
    """Each with its time. `motion`: counts of 12 bits along x, y and z, as the accelerometer's output registers had them.
    `sound`: results of the converter's channel of the microphone while that is on."""

    motion: list[tuple[Ticks, tuple[int, int, int]]] = field(default_factory=list)
    sound: list[tuple[Ticks, int]] = field(default_factory=list)

    def forget_after(self, time: Ticks) -> None:
        """Time went back to this moment."""
        self.motion[:] = [sample for sample in self.motion if sample[0] <= time]
        self.sound[:] = [sample for sample in self.sound if sample[0] <= time]
