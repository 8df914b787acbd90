"""The board put together from its netlist: a model for each part that has one, joined as the nets say."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.netlist import Component, Netlist
from hardware.parts import mcu_functions
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.board_features import PROGRAMMING_ROW
from hardware.parts.mcu import PY32F003
from hardware.parts.part import Part
from hardware.parts.radio import CI24R1, CRYSTAL_16M
from hardware.spice import preamp
from hardware.spice.supply import Cell
from hardware.virtual_board.analogue_inputs import AnalogueInputs, audio_input
from hardware.virtual_board.device import Device
from hardware.virtual_board.fed_net import FedVoltage, fed_nets
from hardware.virtual_board.held_outputs import HeldOutput, held_outputs
from hardware.virtual_board.i2c_bus import I2cBus
from hardware.virtual_board.mcu.chip import Chip
from hardware.virtual_board.motion import MotionSource
from hardware.virtual_board.parts.ci24r1 import Ci24r1
from hardware.virtual_board.parts.ci24r1_frame import Packet
from hardware.virtual_board.parts.led import Led, leds
from hardware.virtual_board.parts.sc7a20 import Sc7a20
from hardware.virtual_board.pin_functions import PinFunctions
from hardware.virtual_board.pull_ups import PullUp, pull_ups
from hardware.virtual_board.rom_session import RomSession
from hardware.virtual_board.samples import Samples
from hardware.virtual_board.signals import Signals, port_pins
from hardware.virtual_board.sound import SoundSource
from hardware.virtual_board.supply import Supply, supply
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.trace import Trace
from hardware.virtual_board.uart_line import UartLine
from hardware.virtual_board.wiring import Wiring


@dataclass(frozen=True)
class Fault:
    """Something that a board should not do, or have done to it."""

    time: Ticks
    text: str


@dataclass
class Assembly:
    """All of the board but the chip's own state."""

    chip: Chip
    wiring: Wiring
    motion: MotionSource
    mcu: str  # reference
    pads: str | None  # the programming row's
    signals: Signals
    functions: PinFunctions
    bus: I2cBus
    inputs: AnalogueInputs
    supply: Supply
    devices: dict[str, Device]
    leds: tuple[Led, ...]
    pull_ups: tuple[PullUp, ...]
    held_outputs: tuple[HeldOutput, ...]
    fed: tuple[FedVoltage, ...]
    private_line: bool  # nothing but the chip hears the host's bytes
    line: UartLine = field(default_factory=UartLine)
    packets: list[Packet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    trace: Trace | None = None
    samples: Samples | None = None
    rom: RomSession | None = None  # while the boot ROM runs
    others_at: Ticks | None = None  # when supply or a part next does something by itself
    debug_pads_joined: bool = False  # by a resistor of the fixture
    powered: bool = False
    in_reset: bool = False

    @property
    def now(self) -> Ticks:
        return self.chip.now

    def note(self, text: str, time: Ticks) -> None:
        """A fault; each is told once."""
        if all(fault.text != text for fault in self.faults):
            self.faults.append(Fault(time, text))

    def copied(self) -> "Assembly":
        """As it is now. What never changes is shared, and so are chip, trace and samples, whose content snapshots keep apart."""
        shared = (self.chip, self.wiring, self.wiring.netlist, self.motion, self.functions.table, self.trace, self.samples)
        return copy.deepcopy(self, {id(one): one for one in shared})


def assemble(
    netlist: Netlist,
    chip: Chip,
    motion: MotionSource,
    sound: SoundSource,
    cell: Cell,
    seed: int,
    trace: Trace | None,
    samples: Samples | None,
) -> Assembly:
    wiring = Wiring(netlist)
    (mcu,) = netlist.of_part(PY32F003.name)
    pins = port_pins(wiring, mcu.ref)
    functions = PinFunctions(chip, pins, mcu_functions.read())
    makers: dict[str, Callable[[Component], Device]] = {
        SC7A20HTR.name: lambda sensor: _accelerometer(sensor.part, motion, seed, samples),
        CI24R1.name: lambda radio: Ci24r1(crystal_works=crystal_works(wiring, radio)),
    }
    devices = {ref: makers[c.part.name](c) for ref, c in netlist.components.items() if c.part.name in makers}
    signals = Signals(wiring, chip, pins, devices, trace)
    targets = {ref: device for ref, device in devices.items() if isinstance(device, Sc7a20)}
    minimum_v = [s.operating_min_v for c in netlist.components.values() for s in c.part.supplies.values()]
    rows = netlist.of_part(PROGRAMMING_ROW.name)
    return Assembly(
        chip=chip,
        wiring=wiring,
        motion=motion,
        mcu=mcu.ref,
        pads=rows[0].ref if rows else None,
        signals=signals,
        functions=functions,
        bus=I2cBus(signals, targets, functions.pin_with),
        inputs=AnalogueInputs(signals, pins, functions.table, audio_input(netlist, sound, seed), samples),
        supply=supply(netlist, cell, minimum_v, trace),
        devices=devices,
        leds=leds(wiring),
        pull_ups=pull_ups(wiring),
        held_outputs=held_outputs(netlist),
        fed=tuple(map(FedVoltage, fed_nets(netlist, mcu.ref, preamp.supplying_pins(netlist)))),
        private_line=bool(rows) and _one_pin_hears(wiring, mcu.ref, rows[0].ref),
        trace=trace,
        samples=samples,
    )


def _accelerometer(part: Part, motion: MotionSource, seed: int, samples: Samples | None) -> Sc7a20:
    """With the offset and the error of rate that this very part has."""
    x, y, z, rate_error = (float(part.facts[name]) for name in ("offset_x_g", "offset_y_g", "offset_z_g", "rate_error"))
    return Sc7a20(motion=motion, rate_error=rate_error, offset_g=(x, y, z), seed=seed, samples=samples)


def _one_pin_hears(wiring: Wiring, mcu: str, pads: str) -> bool:
    """Whether the pad RX leads to one pin of the chip, which is no reset, and to nowhere else."""
    net = wiring.net(pads, "RX")
    ends = wiring.netlist.nets[net] if net is not None else ()
    at_chip = [wiring.netlist.pin(end).name for end in ends if end.ref == mcu]
    return len(ends) == 2 and len(at_chip) == 1 and "NRST" not in at_chip[0] and "BOOT0" not in at_chip[0]


def crystal_works(wiring: Wiring, radio: Component) -> bool:
    """A crystal across the radio's two pins, whichever way round, and nothing else on these nets to hold it."""
    wanted = {wiring.net(radio.ref, "XC1"), wiring.net(radio.ref, "XC2")}
    return len(wanted) == 2 and any(
        {wiring.net(crystal.ref, "1"), wiring.net(crystal.ref, "3")} == wanted
        and all(end.ref in (radio.ref, crystal.ref) for net in wanted if net is not None for end in wiring.netlist.nets[net])
        for crystal in wiring.netlist.of_part(CRYSTAL_16M.name)
    )
