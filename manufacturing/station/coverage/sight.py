"""What the virtual board reads of a netlist. Two boards that look alike in it behave alike on every run,
but for less than a nanofarad on the supply.

It follows hardware/virtual_board: supply.py, wiring.py, assembly.py, pull_ups.py, fed_net.py, parts/led.py, and ngspice's
decks of audio block and antenna, and hardware/rails.
"""

from dataclasses import dataclass

from hardware.netlist import GROUND, Component, Netlist, Terminal
from hardware.parts.accelerometer import SC7A20HTR
from hardware.parts.board_features import PROGRAMMING_ROW
from hardware.parts.cell import HOLDER
from hardware.parts.mcu import PY32F003
from hardware.parts.part import Part, PinKind
from hardware.parts.radio import CI24R1
from hardware.rails import impedance
from hardware.rails.circuit import Branch
from hardware.spice import antenna, preamp
from hardware.spice.supply import Cell
from hardware.virtual_board.assembly import crystal_works
from hardware.virtual_board.fed_net import FedNet, fed_nets
from hardware.virtual_board.parts.coin_cell import bulk_farad
from hardware.virtual_board.parts.led import leds
from hardware.virtual_board.programming_pads import BOOT_PAD, DEBUG_PADS, RESET_PAD, RX_PAD, TX_PAD
from hardware.virtual_board.pull_ups import pull_ups
from hardware.virtual_board.wiring import Wiring
from manufacturing.station.coverage.changes import Changed

_ANALOGUE_RADIO_PINS = {"ANT", "XC1", "XC2"}
_FARAD_DIGITS = 9  # no run tells a nanofarad of the bulk capacity from none
_MODELLED = (PY32F003.name, SC7A20HTR.name, CI24R1.name)

Line = tuple[frozenset[Terminal], str, tuple[bool, ...]]  # terminals that a model reads or drives, rail, where the pulls go


@dataclass(frozen=True)
class Sight:
    """All that models are built from; values that they ignore are not in it."""

    cell: Cell
    bulk_farad: float
    present: frozenset[str]
    supplied: tuple[tuple[str, str | None], ...]  # rail of each supply pin
    lines: frozenset[Line]
    crystal_works: bool
    lights: frozenset[tuple[frozenset[Terminal], float]]
    pull_ups: frozenset[tuple[frozenset[Terminal], float]]
    fed: tuple[FedNet, ...]
    audio: tuple[str, ...]
    antenna: tuple[str, ...]
    rails: frozenset[Branch]


def sight(changed: Changed) -> Sight:
    netlist = changed.netlist
    wiring = Wiring(netlist)
    plus = _supply_net(netlist)
    (mcu,) = netlist.of_part(PY32F003.name)
    modelled = [c for c in netlist.components.values() if c.part.name in _MODELLED]
    return Sight(
        cell=changed.cell,
        bulk_farad=round(bulk_farad(netlist, changed.cell.volt), _FARAD_DIGITS) if plus is not None else 0.0,
        present=frozenset(c.ref for c in modelled),
        supplied=tuple(_supply_pins(netlist, modelled, plus)),
        lines=frozenset(line for net in netlist.nets if (line := _line(wiring, net, plus)) is not None),
        crystal_works=any(crystal_works(wiring, radio) for radio in netlist.of_part(CI24R1.name)),
        lights=frozenset((_ends(netlist, led.net), led.ohm) for led in leds(wiring) if _ends(netlist, led.net)),
        pull_ups=frozenset((_ends(netlist, pull.net), pull.ohm) for pull in pull_ups(wiring)),
        fed=fed_nets(netlist, mcu.ref, preamp.supplying_pins(netlist)),
        audio=preamp.audio_deck(netlist),
        antenna=antenna.deck(netlist),
        rails=impedance.decisive(netlist),
    )


def _supply_net(netlist: Netlist) -> str | None:
    holders = netlist.of_part(HOLDER.name)
    nets = [(netlist.net_of(h.ref, "+"), netlist.net_of(h.ref, "-")) for h in holders]
    return next((plus for plus, minus in nets if plus != GROUND and minus == GROUND), None)


def _supply_pins(netlist: Netlist, components: list[Component], plus: str | None) -> list[tuple[str, str | None]]:
    return [
        (f"{c.ref}.{pin.number}", _rail(netlist.net_of(c.ref, pin.number), plus))
        for c in components
        for pin in c.part.pins
        if pin.kind is PinKind.POWER_IN
    ]


def _rail(net: str | None, plus: str | None) -> str | None:
    return "ground" if net == GROUND else "supply" if net is not None and net == plus else None


def _line(wiring: Wiring, net: str, plus: str | None) -> Line | None:
    """None if nothing on the net can tell it from an open pin."""
    ends, rail = _ends(wiring.netlist, net), _rail(net, plus) or ""
    pulls = sorted(wiring.pulls(net), key=lambda pull: pull.ohm) if not rail else []
    directions = tuple(pull.high for pull in pulls)
    return (ends, rail, directions) if ends and (len(ends) > 1 or rail or pulls) else None


def _ends(netlist: Netlist, net: str) -> frozenset[Terminal]:
    """The terminals on the net that a model of logic levels has."""
    return frozenset(Terminal(c.ref, pin.number) for c, pin in netlist.on_net(net) if has_logic(c.part, pin.number))


def has_logic(part: Part, number: str) -> bool:
    pin = part.pin(number)
    if part.name == PROGRAMMING_ROW.name:
        return pin.name in (RX_PAD, TX_PAD, RESET_PAD, BOOT_PAD, *DEBUG_PADS)
    if part.name not in _MODELLED or pin.kind in (PinKind.POWER_IN, PinKind.NO_CONNECT):
        return False
    return not (part.name == CI24R1.name and pin.name in _ANALOGUE_RADIO_PINS)
