"""The firmware's start-up, clock, STOP, watchdog and reset, compiled as they are, on the models."""

from pathlib import Path

import pytest
from chips import MS, Recorder
from hal_programs import compiled, enumerator, powered, report, to_break

from hardware.virtual_board.core.machine import StopReason
from hardware.virtual_board.mcu.current import Mode

HAL = ("startup.c", "hal/clock.c", "hal/low_power.c", "hal/iwdg.c", "hal/chip.c")
REPORT = ("clock", "stop", "watchdog", "cause", "stop_ms")  # words of `report` in hal_program.c
OK = 0


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("hal_program.c", HAL, tmp_path_factory.mktemp("hal"))


def test_the_firmwares_own_order_of_register_accesses(elf: Path) -> None:
    chip = powered(elf, Recorder())
    to_break(chip)
    assert (chip.hclk_hz, chip.lsi_on, report(chip, elf, REPORT)["clock"]) == (24_000_000, True, OK)
    begin = chip.now
    to_break(chip)
    assert MS <= chip.now - begin < 1.01 * MS  # a delay is as long as asked for, and not less
    begin, slept = chip.now, chip.machine.sleep_ticks
    chip.machine.run(begin + 300 * MS)
    assert chip.mode == Mode.STOP_LPR_1V0
    to_break(chip)
    found = report(chip, elf, REPORT)
    assert (found["watchdog"], found["stop"], found["stop_ms"]) == (OK, OK, 501)  # with the tick before it
    assert chip.machine.sleep_ticks - slept == pytest.approx(500 * MS, rel=0.002)
    assert found["cause"] == enumerator("hal/chip.h", "reset_cause", "RESET_POWER")

    assert chip.machine.run(chip.now + MS) == StopReason.RESET
    chip.restart()
    for _ in range(3):
        to_break(chip)
    assert report(chip, elf, REPORT)["cause"] == enumerator("hal/chip.h", "reset_cause", "RESET_SOFTWARE")
    begin = chip.now
    assert chip.machine.run(begin + 3000 * MS) == StopReason.RESET
    assert 400 * MS < chip.now - begin < 600 * MS  # half of its time was slept
    chip.restart()
    to_break(chip)
    assert report(chip, elf, REPORT)["cause"] == enumerator("hal/chip.h", "reset_cause", "RESET_WATCHDOG")
