"""The accelerometer alone, and what a driver does with it on the bus."""

from hardware.virtual_board.device import Drive
from hardware.virtual_board.motion import MotionSource, Replay, Rest, Vector
from hardware.virtual_board.parts.sc7a20 import BOOT_TIME, Sc7a20
from hardware.virtual_board.ticks import Ticks, from_seconds

POWER = {"VDD": 3.0, "VDDIO": 3.0, "GND": 0.0, "GNDIO": 0.0}
PERIOD_100_HZ = from_seconds(0.01)


class Bench:
    """A controller on the bus."""

    def __init__(self, motion: MotionSource | None = None, noise_g: float = 0.0, **errors: float) -> None:
        self.part = Sc7a20(motion=motion or Rest(), noise_g=noise_g, **errors)  # type: ignore[arg-type]
        self.now: Ticks = 0
        self.address = 0x18
        self.part.input("SDO", False, 0)
        self.part.input("CS", True, 0)
        self.part.supply(POWER, 0)
        self.wait(BOOT_TIME)

    def wait(self, ticks: Ticks) -> None:
        self.now += ticks
        self.part.advance(self.now)

    def write(self, register: int, *data: int) -> None:
        assert self.part.i2c_start(self.address, False, self.now)
        for byte in (register | 0x80, *data):
            assert self.part.i2c_write(byte, self.now)
        self.part.i2c_stop(self.now)

    def read(self, register: int, count: int = 1, increment: bool = True) -> bytes:
        assert self.part.i2c_start(self.address, False, self.now)
        assert self.part.i2c_write(register | (0x80 if increment else 0), self.now)
        assert self.part.i2c_start(self.address, True, self.now)
        data = bytes(self.part.i2c_read(self.now) for _ in range(count))
        self.part.i2c_stop(self.now)
        return data

    def sample(self) -> Vector:
        """Counts of 12 bit."""
        raw = self.read(0x28, 6)
        assert not any(byte & 0x0F for byte in raw[::2])
        x, y, z = (int.from_bytes(raw[at : at + 2], "little", signed=True) >> 4 for at in (0, 2, 4))
        return x, y, z

    def after(self, samples: int) -> Vector:
        self.wait(samples * PERIOD_100_HZ)
        return self.sample()

    def int1(self) -> Drive:
        return self.part.outputs()["INT1"]


def ramp(step_mg: int = 10, count: int = 200) -> Replay:
    """Sample n at 100 Hz shows n steps on x. It begins as soon as the board has power, the samples 5 ms later."""
    return Replay(tuple((max(0, n) * step_mg / 1024, 0.0, 1.0) for n in range(-1, count) for _ in (0, 1)), rate_hz=200)
