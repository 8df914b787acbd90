"""The steps of a board: those whose part its netlist has."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from hardware.netlist import Netlist
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.audio import LMA2718
from hardware.parts.board_features import PROGRAMMING_ROW
from hardware.parts.indicator import LED_RED
from hardware.parts.radio import CI24R1
from hardware.rails.impedance import probes
from manufacturing.station.selftest import procedure, rails
from manufacturing.station.selftest.unit import UnitUnderTest

# What the station does itself: it flashes an image before each phase with power, and writes the configuration after the last.
FACTORY, FLASH, CONFIGURATION = "factory", "flash", "configuration"
CODES = {FACTORY: "FLASH", FLASH: "FLASH", CONFIGURATION: "CONF"}


class Phase(Enum):
    """What runs on the unit meanwhile."""

    UNPOWERED = "nothing: it has no power"
    FACTORY = "the factory test image"
    PRODUCT = "the product's firmware"


@dataclass(frozen=True)
class Step:
    """`part`: without it the step is left out; "" is every board. `units`: of what it holds against limits.

    Without power, it needs a rail that has capacitors.
    """

    name: str
    code: str
    part: str
    run: Callable[[UnitUnderTest], None]
    units: dict[str, str]
    phase: Phase = Phase.PRODUCT


_AXES_MG = {name: "mg" for axis in procedure.AXES for name in (axis, f"{axis}_noise")}
_PULLED_MG = {f"{axis}_{mode}": "mg" for mode in (1, 2) for axis in procedure.AXES}
_INTERRUPTS = {"int1": "", "int2": "", "droop": "mV/V"}
_TONE = {"level": "mV", "frequency": "Hz", "bass": "", "treble": ""}

STEPS = (
    Step("rails", "RAILS", "", procedure.rails, rails.units(), Phase.UNPOWERED),
    Step("microphone-supply", "MICPWR", LMA2718.name, procedure.microphone_supply, {"charge": "us"}, Phase.FACTORY),
    Step("pull-ups", "I2C", SC7A20HTR.name, procedure.pull_ups, dict.fromkeys(procedure.LINES, "mV/V"), Phase.FACTORY),
    Step("interrupt-pins", "ACC", SC7A20HTR.name, procedure.interrupt_pins, _INTERRUPTS, Phase.FACTORY),
    Step("debug-port", "SWD", PROGRAMMING_ROW.name, procedure.debug_port, {"low": "", "high": ""}, Phase.FACTORY),
    Step("link", "LINK", "", procedure.link, {}),
    Step("identity", "ID", "", procedure.identity, {}),
    Step("checksum", "CRC", "", procedure.checksum, {}),
    Step("supply", "SUPPLY", "", procedure.supply, {"supply": "mV"}),
    Step("accelerometer", "ACC", SC7A20HTR.name, procedure.accelerometer, {"who_am_i": "", "version": ""}),
    Step("axes", "AXES", SC7A20HTR.name, procedure.axes, _AXES_MG),
    Step("accelerometer-selftest", "ACCTEST", SC7A20HTR.name, procedure.accelerometer_selftest, _PULLED_MG),
    Step("interrupt", "INT", SC7A20HTR.name, procedure.interrupt, {"low_level": "", "high_level": "", "edges": ""}),
    Step("microphone", "MIC", LMA2718.name, procedure.microphone, {"bias": "mV", "noise": "mV"}),
    Step("tone", "TONE", LMA2718.name, procedure.tone, _TONE),
    Step("radio", "RADIO", CI24R1.name, procedure.radio, {"crystal_start": "us"}),
    Step("beacon", "BEACON", CI24R1.name, procedure.beacon, {"received": "", "rssi": "dBm"}),
    Step("led", "LED", LED_RED.name, procedure.led, {"light": "%"}),
    Step("sleep", "SLEEP", "", procedure.sleep, {"slept": "ms", "lsi": "Hz"}),
)

_OFFSETS = {f"offset_{axis}": "mg" for axis in procedure.AXES}


def of_board(netlist: Netlist) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if _applies(step, netlist))


def _applies(step: Step, netlist: Netlist) -> bool:
    return bool(probes(netlist) if step.phase is Phase.UNPOWERED else not step.part or netlist.of_part(step.part))


def limited() -> dict[tuple[str, str], str]:
    """Step and quantity of everything that has limits, of whatever board, with its unit."""
    own = {(step.name, quantity): unit for step in STEPS for quantity, unit in step.units.items()}
    return own | {(CONFIGURATION, quantity): unit for quantity, unit in _OFFSETS.items()}
