"""What a network is to be, and how it is trained."""

from dataclasses import dataclass

from firmware.model.network.dense import WIDTHS


@dataclass(frozen=True)
class Settings:
    hidden: tuple[int, ...] = (16,)  # units of the hidden layers; none: a linear classifier
    bits: tuple[int, ...] = (8, 8)  # of the weights, for each layer, the last one with the classes' units included
    runs: tuple[int, ...] = ()  # of features that share their scaling, see Scaling
    scaled: bool = True  # False: features are taken as they are, from -128 to 127, and no table of offsets is needed
    epochs: int = 25
    batch: int = 256
    learning_rate: float = 4e-3  # the highest
    rise: float = 0.3  # share of all steps in which the learning rate rises
    weight_decay: float = 0.05
    dropout: tuple[float, ...] = (0.1, 0.2)  # of what each layer takes in: features, hidden units
    label_smoothing: float = 0.05
    batch_norm: bool = False  # of the hidden layers; it costs nothing on the chip

    def __post_init__(self) -> None:
        """Raises ValueError for settings that no training can have."""
        layers = len(self.hidden) + 1
        if len(self.bits) != layers or len(self.dropout) != layers:
            raise ValueError(f"bits and dropout need one value for each of {layers} layers")
        if any(bits not in WIDTHS for bits in self.bits):
            raise ValueError(f"weights have {', '.join(map(str, WIDTHS))} bits, not {self.bits}")
        if min(*self.hidden, self.epochs, self.batch, 1) < 1:
            raise ValueError("hidden units, epochs and batch must be at least 1")
        if not all(0 <= share < 1 for share in (*self.dropout, self.label_smoothing)):
            raise ValueError("dropout and label smoothing must be from 0 to below 1")
        if not 0 < self.rise < 1 or self.learning_rate <= 0 or self.weight_decay < 0:
            raise ValueError("the rise must be between 0 and 1, the learning rate above 0, the weight decay not below 0")
