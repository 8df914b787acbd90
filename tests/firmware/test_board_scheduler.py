"""Sleep, waking, and what goes on without the accelerometer, of the real firmware on the wired board."""

from dataclasses import dataclass

import images
import pytest
from boards import booted, lifted, new, shorted, without

from firmware.console import Console
from hardware.netlist import Netlist
from hardware.virtual_board.mcu.current import Mode
from hardware.virtual_board.ticks import Ticks, to_seconds


@dataclass(frozen=True)
class Knock:
    """A board that lies still but for a tenth of a second."""

    at_s: float

    def acceleration_g(self, now: Ticks) -> tuple[float, float, float]:
        return 0.0, 0.0, 2.0 if self.at_s <= to_seconds(now) < self.at_s + 0.1 else 1.0


def test_it_stops_after_start_and_after_the_console() -> None:
    board = booted()
    assert board.chip.mode != Mode.STOP_LPR_1V0  # a second for debugger and console
    board.run(1)
    assert board.chip.mode == Mode.STOP_LPR_1V0
    assert Console(board.serial()).request("info").values["reset"] == "power"
    board.run(2.5)
    assert board.chip.mode != Mode.STOP_LPR_1V0
    board.run(1.2)
    assert board.chip.mode == Mode.STOP_LPR_1V0


def test_without_a_model_motion_raises_the_line_which_falls_again_after_a_second() -> None:
    board = new(motion=Knock(3.0), firmware=images.without_model())
    board.run(2.9)
    assert board.level("ACC_INT") == "LOW"
    board.run(0.3)
    assert board.level("ACC_INT") == "HIGH"
    board.run(1.5)
    assert board.level("ACC_INT") == "LOW"
    assert board.faults == []


@pytest.mark.parametrize(
    ("wired", "fault"),
    [
        pytest.param(without("U2"), "accelerometer=no-answer", id="no accelerometer"),
        pytest.param(shorted("I2C_SDA", "GND"), "accelerometer=bus-stuck", id="data low"),
        pytest.param(shorted("I2C_SCL", "GND"), "accelerometer=bus-stuck", id="clock low"),
        pytest.param(lifted("U2", "INT1"), "interrupt_line=mismatch", id="interrupt line open"),
        pytest.param(shorted("ACC_INT", "GND"), "interrupt_line=mismatch", id="interrupt line low"),
    ],
)
def test_a_fault_of_the_accelerometer_is_reported_once_and_beacons_go_on(wired: Netlist, fault: str) -> None:
    board = new(wired)
    board.run(25)
    assert [line.split("*")[0] for line in board.console.splitlines() if line.startswith("fault")] == [f"fault {fault}"]
    assert len(board.beacons) == 39
    assert board.faults == []
