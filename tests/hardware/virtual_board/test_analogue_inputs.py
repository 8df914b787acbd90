"""What the ADC's channels see on the wired board."""

import numpy as np
import pytest
from chips import Recorder, idle_chip
from faults import exchange, reconnect, remove
from numpy.typing import NDArray

from hardware import netlist
from hardware.netlist import Netlist
from hardware.parts import mcu_functions
from hardware.virtual_board.analogue_inputs import AnalogueInputs, AudioInput, audio_input
from hardware.virtual_board.device import Drive
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.preamp import Preamp
from hardware.virtual_board.signals import Signals, port_pins
from hardware.virtual_board.sound import Silence, Tone
from hardware.virtual_board.ticks import Ticks, from_seconds
from hardware.virtual_board.wiring import Wiring

BOARD = netlist.read()
MIC_CHANNEL, SPARE_CHANNEL, SERIAL_CHANNEL, REFERENCE, TEMPERATURE = 0, 1, 3, 12, 11
PERIOD = from_seconds(1 / 8000)


class Counting(Preamp):
    """Gives the time in ticks as a voltage, and counts how often it is asked."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def switch(self, supply_v: float | None, now: Ticks) -> None: ...

    def volts(self, first: Ticks, step: Ticks, count: int) -> NDArray[np.float64]:
        self.calls.append(count)
        return np.array([first + step * i for i in range(count)], dtype=float)


def inputs(board: Netlist = BOARD, tone: Tone | Silence | None = None) -> AnalogueInputs:
    wiring = Wiring(board)
    pins = port_pins(wiring, "U1")
    signals = Signals(wiring, idle_chip(Recorder()), pins, {})
    signals.settle(board.nets, 0)
    return AnalogueInputs(signals, pins, mcu_functions.read(), audio_input(board, tone or Silence(), 1))


def switch(found: AnalogueInputs, high: bool) -> None:
    """The chip's pin for the microphone's supply, by hand."""
    found.signals.drive("U1", "PA12", Drive.HIGH if high else Drive.LOW, 0)
    found.pins_changed(lambda _: 3.0, 0)


@pytest.mark.parametrize("supply_v", [2.2, 3.0, 3.3])
def test_the_reference_tells_the_supply(supply_v: float) -> None:
    assert inputs().counts(REFERENCE, supply_v, 0) == round(1.2 / supply_v * 4095)


def test_a_digital_net_is_full_scale_or_nothing_and_an_open_pin_nothing() -> None:
    found = inputs()
    found.signals.drive("J1", "RX", Drive.HIGH, 0)
    assert found.counts(SERIAL_CHANNEL, 3.0, 0) == 4095
    found.signals.drive("J1", "RX", Drive.LOW, 0)
    assert found.counts(SERIAL_CHANNEL, 3.0, 0) == 0
    assert found.counts(SPARE_CHANNEL, 3.0, 0) == 0


def test_the_temperature_sensor_is_not_modelled() -> None:
    with pytest.raises(NotModelled, match="ADC channel 11"):
        inputs().counts(TEMPERATURE, 3.0, 0)


def test_the_microphone_is_heard_only_while_its_supply_pin_is_high() -> None:
    found = inputs()
    settled = from_seconds(0.3)
    assert found.counts(MIC_CHANNEL, 3.0, settled) == 0
    switch(found, high=True)
    assert found.microphone_on
    assert found.counts(MIC_CHANNEL, 3.0, settled) == pytest.approx(0.75 / 3.0 * 4095, rel=0.05)  # the microphone's bias
    switch(found, high=False)
    assert found.counts(MIC_CHANNEL, 3.0, 2 * settled) == 0


@pytest.mark.parametrize(
    "board",
    [
        remove(BOARD, "U4"),
        reconnect(BOARD, "U4", "OUT", None),
        reconnect(BOARD, "U4", "V+", None),
        reconnect(BOARD, "U1", "PA0", None),
        exchange(BOARD, "U1", "PA0", "PA1"),
    ],
    ids=["no amplifier", "output open", "amplifier unpowered", "open", "on another pin"],
)
def test_a_fault_in_the_circuit_leaves_the_channel_silent(board: Netlist) -> None:
    found = inputs(board, Tone(1000.0, 90.0))
    switch(found, high=True)
    assert {found.counts(MIC_CHANNEL, 3.0, from_seconds(0.3) + i * PERIOD) for i in range(8)} == {0}


def test_even_sampling_is_worked_out_ahead_and_gives_the_same() -> None:
    preamp = Counting()
    found = AudioInput(preamp)
    moments = [1_000_000 + i * PERIOD for i in range(1000)]
    assert [found.volt(now) for now in moments] == moments
    assert len(preamp.calls) < 10


def test_uneven_sampling_gives_the_value_of_the_very_moment() -> None:
    found = AudioInput(Counting())
    moments = [1000, 1100, 1200, 1250, 1300, 1350, 9999, 10_000]
    assert [found.volt(now) for now in moments] == moments
