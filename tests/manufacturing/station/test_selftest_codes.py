"""Each kind of fault gives its code, on a virtual board whose netlist has that fault."""

import pytest
from bench import also, circuit, joined, lifted, ref, swapped, trial, unit, without

from hardware.netlist import Netlist
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMA2718
from hardware.parts.indicator import LED_RED
from hardware.parts.mcu import PY32F003
from hardware.parts.radio import CI24R1, CRYSTAL_16M
from hardware.spice.supply import Cell
from hardware.virtual_board.motion import Rest
from manufacturing.station.coverage.changes import scaled
from manufacturing.station.records.record import Outcome, Verdict
from manufacturing.station.selftest.steps import STEPS, of_board


@pytest.mark.parametrize(
    ("wired", "steps", "code"),
    [
        (scaled(circuit(), {"R4": 10.0}), ("microphone-supply",), "MICPWR-CHARGE-HIGH"),
        (joined("VMIC", "MIC_PWR"), ("microphone-supply",), "MICPWR-CHARGE-LOW"),
        (joined("MIC_PWR", "VBAT"), ("microphone-supply",), "MICPWR-CHARGE-LOW"),
        (scaled(circuit(), {"R2": 10.0}), ("pull-ups",), "I2C-SCL-LOW"),
        (scaled(circuit(), {"R3": 0.1}), ("pull-ups",), "I2C-SDA-HIGH"),
        (also("ACC_INT", SC7A20HTR, "INT2"), ("interrupt-pins",), "ACC-INT1-WRONG"),
        (also("VBAT", SC7A20HTR, "INT2"), ("interrupt-pins",), "ACC-DROOP-LOW"),
        (also("GND", SC7A20HTR, "INT2"), ("interrupt-pins",), "ACC-DROOP-HIGH"),
        (swapped(SC7A20HTR, "INT1", "INT2"), ("interrupt-pins",), "ACC-INT1-WRONG"),
        (without(ref(SC7A20HTR)), ("accelerometer",), "ACC-NOANSWER"),
        (swapped(SC7A20HTR, "SCL", "SDA"), ("accelerometer",), "ACC-NOANSWER"),
        (joined("I2C_SCL", "I2C_SDA"), ("accelerometer",), "ACC-NOANSWER"),
        (without("R2"), ("accelerometer",), "ACC-STUCK"),
        (lifted(SC7A20HTR, "INT1"), ("interrupt",), "INT-HIGHLEVEL-WRONG"),
        (without(ref(LMA2718)), ("supply", "microphone"), "MIC-BIAS-LOW"),
        (without("C14"), ("supply", "tone"), "TONE-LEVEL-LOW"),
        (without("C13"), ("supply", "tone"), "TONE-TREBLE-HIGH"),
        (without(ref(CI24R1)), ("radio",), "RADIO-NOANSWER"),
        (swapped(CI24R1, "CSN", "SCK"), ("radio",), "RADIO-NOANSWER"),
        (without(ref(CRYSTAL_16M)), ("radio",), "RADIO-TIMEOUT"),
        (without(ref(CRYSTAL_16M)), ("beacon",), "BEACON-RECEIVED-WRONG"),
        (without("C10"), ("beacon",), "BEACON-RSSI-LOW"),
        (joined("RF_OUT", "GND"), ("beacon",), "BEACON-RSSI-LOW"),
        (lifted(PY32F003, "PA13"), ("debug-port",), "SWD-HIGH-WRONG"),
        (lifted(PY32F003, "PA14"), ("debug-port",), "SWD-HIGH-WRONG"),
        (joined("SWDIO", "VBAT"), ("debug-port",), "SWD-LOW-WRONG"),
        (joined("SWCLK", "LED"), ("debug-port",), "SWD-HIGH-WRONG"),
        (without(ref(LED_RED)), ("led",), "LED-DARK"),
        (joined("LED_A", "GND"), ("led",), "LED-DARK"),
        (joined("VMIC", "GND"), ("supply", "microphone"), "MIC-BIAS-LOW"),
        (joined("UART_TX", "UART_RX"), (), "FLASH-NOANSWER"),
        (swapped(PY32F003, "PA2", "PA3"), (), "FLASH-NOANSWER"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_of_the_circuit(wired: Netlist, steps: tuple[str, ...], code: str) -> None:
    result = trial(unit(wired)[1], "link", *steps)
    assert (result.verdict, result.code) == (Verdict.FAIL, code)
    assert result.text
    assert result.steps[-1].outcome is Outcome.FAIL
    assert result.steps[-1].code == code


def test_a_cell_that_is_nearly_empty() -> None:
    result = trial(unit(cell=Cell(2.1, 15))[1], "supply")
    assert (result.verdict, result.code) == (Verdict.FAIL, "SUPPLY-SUPPLY-LOW")
    assert result.measurements[-1].value == pytest.approx(2070, abs=30)


def test_a_board_that_lies_askew() -> None:
    result = trial(unit(motion=Rest((0.3, 0.0, 1.0)))[1], "axes")
    assert result.code == "AXES-X-HIGH"
    assert [one.name for one in result.measurements if one.step == "axes"][-1] == "z_noise"  # all of a step is kept


def test_a_slow_clock() -> None:
    board, position = unit()
    board.chip.set_clock_error(lsi_ppm=-100_000)
    assert trial(position, "sleep").code == "SLEEP-LSI-LOW"


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        (SC7A20HTR, {"pull-ups", "interrupt-pins", "accelerometer", "axes", "accelerometer-selftest", "interrupt"}),
        (LMA2718, {"microphone-supply", "microphone", "tone"}),
        (CI24R1, {"radio", "beacon"}),
        (LED_RED, {"led"}),
    ],
)
def test_a_block_that_the_variant_lacks_has_no_steps(part: object, lost: set[str]) -> None:
    names = {step.name for step in of_board(without(ref(part)))}  # type: ignore[arg-type]
    assert names == {step.name for step in STEPS} - lost
