"""The firmware's flash, converter and sound stream, compiled as they are, on the models."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from chips import CYCLE, MS, Recorder
from hal_programs import compiled, enumerator, powered, report, to_break

from hardware.virtual_board.mcu.chip import Chip

HAL = ("startup.c", "hal/clock.c", "hal/flash.c", "hal/adc.c", "hal/adc_stream.c", "hal/chip.c")
FIELDS = (
    *("config", "clock", "erased", "programmed", "again", "refused", "calibrated", "supply_result", "supply_mv"),
    *("started", "halves", "first", "last", "lost", "calibrated_again", "read_again", "counts"),
)
OK, MISMATCH, BAD_ARGUMENT = (
    enumerator("hal/result.h", "result", f"RESULT_{name}") for name in ("OK", "MISMATCH", "BAD_ARGUMENT")
)
MICROPHONE = 4
REFERENCE = 12


@dataclass
class Sound(Recorder):
    """The microphone's channel counts up."""

    chip: Chip | None = None
    sampled: list[int] = field(default_factory=list)

    def convert(self, channel: int) -> int:
        super().convert(channel)
        if channel != MICROPHONE:
            return self.counts[channel]
        assert self.chip
        self.sampled.append(self.chip.adc_sampled_at)
        return len(self.sampled)


@pytest.fixture(scope="module")
def elf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("hal_sound_program.c", HAL, tmp_path_factory.mktemp("hal"))


def test_the_firmwares_own_order_of_register_accesses(elf: Path) -> None:
    outside = Sound(counts={REFERENCE: 1638, 5: 77})
    chip = outside.chip = powered(elf, outside)
    to_break(chip)
    config = report(chip, elf, FIELDS)["config"]

    begin = chip.now
    to_break(chip)
    assert chip.machine.read(config, 128) == b"\xff" * 128
    assert chip.now - begin == pytest.approx(3.0 * MS, rel=0.03)
    begin = chip.now
    to_break(chip)
    assert chip.machine.read(config, 128) == b"".join(bytes([i] * 4) for i in range(32))
    assert chip.now - begin == pytest.approx(1.0 * MS, rel=0.05)
    to_break(chip)
    found = report(chip, elf, FIELDS)
    assert (found["clock"], found["erased"], found["programmed"]) == (OK, OK, OK)
    assert (found["again"], found["refused"]) == (MISMATCH, BAD_ARGUMENT)

    to_break(chip)
    found = report(chip, elf, FIELDS)
    assert (found["calibrated"], found["supply_result"], found["supply_mv"]) == (OK, OK, 3000)
    assert not chip.adc_on

    begin = chip.now
    to_break(chip)
    found = report(chip, elf, FIELDS)
    assert (found["started"], found["lost"]) == (OK, 0)
    assert (found["first"], found["last"]) == (1, 20 * 64)
    gaps = {b - a for a, b in zip(outside.sampled[1:], outside.sampled[2:], strict=False)}
    assert gaps == {3000 * CYCLE}
    assert chip.now - begin == pytest.approx(20 * 64 * 3000 * CYCLE, rel=0.002)
    assert not chip.adc_on

    to_break(chip)
    found = report(chip, elf, FIELDS)
    assert (found["calibrated_again"], found["read_again"], found["counts"]) == (OK, OK, 77)
