"""The audio block: microphone, amplifier and the MCU pins on it, fed from the supply that the MCU has.

An MCU pin on a net that an output drives is the analogue input, its capacity is the load. Any other MCU pin on the
block's nets is an output: it feeds the block through its own resistance, from the MCU's supply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.netlist import GROUND, Component, Netlist
from hardware.parts.audio import LMV321
from hardware.parts.mcu import PY32F003
from hardware.parts.part import PinKind
from hardware.spice import program
from hardware.spice.deck import NOMINAL, Corner, elements, node_of, share_of_capacitance, the_only

BLOCK = "audio"
SWITCH_ON_S = 1e-3  # when the transient raises the supplying pin
_EDGE_S = 100e-9
_STEP_S = 100e-6

# Every node has a path to ground of its own, so that a missing part gives an answer instead of a singular matrix.
_OPTIONS = (".options rshunt=1e12",)
_SWEEP = "dec 40 10 100k"

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]


@dataclass(frozen=True)
class Response:
    """Small-signal behaviour: arrays over the same frequencies."""

    frequency_hz: Real
    gain: Complex  # microphone's open output to the analogue input
    supply_gain: Complex  # MCU supply to the analogue input
    noise_v_per_rthz: Real  # at the analogue input, microphone's own included


@dataclass(frozen=True)
class SwitchOn:
    """The block as its supplying pin rises at `SWITCH_ON_S`: arrays over the same times, and where it settles at last."""

    time_s: Real
    output_v: Real
    supply_v: Real  # on the block's supply net
    pin_a: Real  # out of the supplying pin
    mcu_supply_v: Real
    settled_output_v: float
    settled_supply_v: float


def preamp_response(netlist: Netlist, supply_v: float) -> tuple[Real, Complex]:
    """Frequencies in Hz and complex gain from the microphone's open output to the amplifier's, at nominal values.

    Zero gain where the amplifier is not fitted. InputError if ngspice is missing.
    """
    found = response(netlist, supply_v)
    return found.frequency_hz, found.gain


def response(netlist: Netlist, supply_v: float, corner: Corner = NOMINAL, bias_v: Mapping[str, float] | None = None) -> Response:
    """Gain, supply rejection and noise at one supply voltage.

    `bias_v`: node voltages at which the capacitors are taken; by default those of the nominal circuit.
    """
    amplifiers = netlist.of_part(LMV321.name)
    output = node_of(netlist.net_of(amplifiers[0].ref, "OUT") or "open") if amplifiers else "sound"
    bias = operating_point(netlist, supply_v) if bias_v is None else bias_v
    commands = [
        "alter @vsound[acmag] = 1",
        f"ac {_SWEEP}",
        f"noise v({output}) vsound {_SWEEP}",
        "alter @vsound[acmag] = 0",
        "alter @vsupply[acmag] = 1",
        f"ac {_SWEEP}",
    ]
    gain, noise, supply = program.run(_deck(netlist, ideal_supply(netlist, supply_v), corner, bias), commands)
    present = 1.0 if amplifiers else 0.0
    return Response(
        frequency_hz=gain["frequency"].real,
        gain=present * gain[f"v({output})"].astype(np.complex128),
        supply_gain=present * supply[f"v({output})"].astype(np.complex128),
        noise_v_per_rthz=present * noise["onoise_spectrum"].real,
    )


def operating_point(netlist: Netlist, supply_v: float, corner: Corner = NOMINAL) -> dict[str, float]:
    """DC voltage of each node, with the block switched on."""
    (found,) = program.run(_deck(netlist, ideal_supply(netlist, supply_v), corner, {}), ["op"])
    return {name[2:-1]: float(values[0].real) for name, values in found.items() if name.startswith("v(")}


def switch_on(
    netlist: Netlist, supply: Sequence[str], corner: Corner, bias_v: Mapping[str, float], until_s: float = 0.15
) -> SwitchOn:
    """The block from the moment that the MCU raises its pin.

    `supply`: elements that feed the MCU's supply node. `bias_v`: node voltages at which the capacitors are taken.
    """
    amplifier = the_only(netlist, LMV321)
    (_, fed), *_ = _outputs(netlist)
    output, rail = (f"v({node_of(netlist.net_of(amplifier.ref, name) or 'open')})" for name in ("OUT", "V+"))
    mcu_rail, pin_node, gate = (f"v({name})" for name in (mcu_supply(netlist), fed, "gate"))
    commands = [f"save {output} {rail} {mcu_rail} {pin_node} {gate}", "op", f"tran {_STEP_S:g} {until_s:g} 0 {_STEP_S:g}"]
    settled, found = program.run(_deck(netlist, supply, corner, bias_v), commands)
    return SwitchOn(
        time_s=found["time"].real,
        output_v=found[output].real,
        supply_v=found[rail].real,
        pin_a=(found[gate].real * found[mcu_rail].real - found[pin_node].real) / corner.fact(_mcu(netlist), "pin_output_ohm"),
        mcu_supply_v=found[mcu_rail].real,
        settled_output_v=float(settled[output][0].real),
        settled_supply_v=float(settled[rail][0].real),
    )


def mcu_supply(netlist: Netlist) -> str:
    """Node of the MCU's supply."""
    return node_of(netlist.net_of(_mcu(netlist).ref, "VCC") or "open")


def _deck(netlist: Netlist, supply: Sequence[str], corner: Corner, bias_v: Mapping[str, float]) -> list[str]:
    return [
        *_OPTIONS,
        *supply,
        "Vsound sound 0 DC 0 AC 0",
        f"Vgate gate 0 DC 1 PWL(0 0 {SWITCH_ON_S:g} 0 {SWITCH_ON_S + _EDGE_S:.9g} 1)",
        *_mcu_pins(netlist, corner),
        *elements(netlist, netlist.in_block(BLOCK), corner, bias_v),
    ]


def audio_deck(netlist: Netlist) -> tuple[str, ...]:
    """All that sets one audio block apart from another: circuits with equal ones give equal results at nominal values.

    The block's deck with the microcontroller's pins on it, supply and bias at 0 V, and what the capacitors keep under bias.
    """
    shares = ((part.ref, share_of_capacitance(part.part, 3.0)) for part in netlist.in_block(BLOCK))
    losses = (f"* {ref} keeps {share:.9g} of its capacity at 3 V" for ref, share in shares if share != 1)
    return (*_deck(netlist, ideal_supply(netlist, 0), NOMINAL, {}), *losses)


def ideal_supply(netlist: Netlist, volt: float) -> list[str]:
    return [f"Vsupply {mcu_supply(netlist)} 0 DC {volt:.9g} AC 0"]


def _mcu(netlist: Netlist) -> Component:
    return the_only(netlist, PY32F003)


def _mcu_pins(netlist: Netlist, corner: Corner) -> list[str]:
    mcu, outputs = _mcu(netlist), _outputs(netlist)
    ohm, farad = corner.fact(mcu, "pin_output_ohm"), corner.fact(mcu, "adc_input_f")
    lines = []
    for pin, node in outputs:
        high = mcu_supply(netlist)
        lines += [
            f"Bhigh_{pin} {high} {node} I=v(gate)*(v({high})-v({node}))/{ohm:.9g}",
            f"Blow_{pin} {node} 0 I=(1-v(gate))*v({node})/{ohm:.9g}",
        ]
    lines += [f"Cpin_{pin} {node} 0 {farad:.9g}" for pin, node in _shared_nets(netlist) if (pin, node) not in outputs]
    return lines


def supplying_pins(netlist: Netlist) -> list[str]:
    """Numbers of the MCU's pins that feed the block."""
    return [pin for pin, _ in _outputs(netlist)]


def listening_pins(netlist: Netlist) -> list[str]:
    """Numbers of the MCU's pins that an output of the block drives."""
    feeding = supplying_pins(netlist)
    return [pin for pin, _ in _shared_nets(netlist) if pin not in feeding]


def _outputs(netlist: Netlist) -> list[tuple[str, str]]:
    """MCU pins (number) that feed the block, with the node that they are on."""
    driven = {
        node_of(net) for net in netlist.nets for _, pin in netlist.on_net(net) if pin.kind is PinKind.OUTPUT
    }  # by an output, so the MCU listens
    return [(pin, node) for pin, node in _shared_nets(netlist) if node not in driven]


def _shared_nets(netlist: Netlist) -> list[tuple[str, str]]:
    """Signal pins of the MCU that are on a net of the block, ground aside."""
    mcu = _mcu(netlist)
    pins = [(pin.number, netlist.net_of(mcu.ref, pin.number)) for pin in mcu.part.pins if pin.domain]
    return [
        (number, node_of(net))
        for number, net in pins
        if net not in (None, GROUND) and any(component.block == BLOCK for component, _ in netlist.on_net(net))
    ]
