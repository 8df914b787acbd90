"""All simulations and their verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from hardware.analogue import audio, droop, tolerance
from hardware.analogue.audio import Run
from hardware.analogue.limits import AUDIO, SUPPLY, Limit
from hardware.netlist import Netlist
from hardware.parts.board_features import PROGRAMMER_MAX_V
from hardware.parts.cell import CR2032, CUTOFF_V
from hardware.spice import preamp, supply
from hardware.spice.deck import NOMINAL, Corner
from hardware.spice.supply import Pulse

SUPPLIES_V = (float(CR2032.facts["fresh_v"]), CUTOFF_V)
# A current that only grows with the supply is measured at the highest that the board can have.
_AT_THE_HIGHEST_SUPPLY = {"inrush"}


@dataclass(frozen=True)
class Result:
    """One quantity under one condition: nominal, and at the worst corners of the ends that have a limit."""

    limit: Limit
    condition: str
    nominal: float
    lowest: float | None
    highest: float | None

    @property
    def ok(self) -> bool:
        return all(self.limit.holds(value) for value in (self.nominal, self.lowest, self.highest) if value is not None)


@dataclass(frozen=True)
class Study:
    """The results, and the simulations that the plots show."""

    results: tuple[Result, ...]
    nominal: Mapping[float, Run]  # by supply voltage
    corners: Mapping[float, tuple[Run, ...]]
    beacons: Mapping[str, Pulse]  # "fresh", "fresh worst", "aged", "aged worst"

    @property
    def ok(self) -> bool:
        return all(result.ok for result in self.results)


def study(netlist: Netlist) -> Study:
    """Simulate everything. InputError if ngspice is missing."""
    run_at = {
        volt: partial(_run, netlist, volt, preamp.operating_point(netlist, volt)) for volt in (*SUPPLIES_V, PROGRAMMER_MAX_V)
    }
    nominal = {volt: run(NOMINAL) for volt, run in run_at.items()}
    moves = tolerance.directions(
        lambda corner: audio.quantities(run_at[SUPPLIES_V[0]](corner)), tolerance.spreads(netlist, preamp.BLOCK)
    )
    wanted = [
        (limit, volt, highest)
        for limit in AUDIO
        for volt in ((PROGRAMMER_MAX_V,) if limit.name in _AT_THE_HIGHEST_SUPPLY else SUPPLIES_V)
        for highest, end in ((False, limit.minimum), (True, limit.maximum))
        if end is not None
    ]
    runs = tolerance.in_parallel(lambda ask: run_at[ask[1]](tolerance.worst(moves, ask[0].name, highest=ask[2])), wanted)
    worst = {(limit.name, volt, highest): run for (limit, volt, highest), run in zip(wanted, runs, strict=True)}
    return Study(
        results=(*_audio_results(nominal, worst), *_supply_results(netlist)),
        nominal=nominal,
        corners={volt: tuple(run for run in runs if run.supply_v == volt) for volt in nominal},
        beacons=_beacons(netlist),
    )


def _run(netlist: Netlist, volt: float, bias_v: Mapping[str, float], corner: Corner) -> Run:
    return audio.run(netlist, volt, corner, bias_v)


def _audio_results(nominal: Mapping[float, Run], worst: Mapping[tuple[str, float, bool], Run]) -> list[Result]:
    def value(limit: Limit, run: Run | None) -> float | None:
        return None if run is None else audio.quantities(run)[limit.name]

    return [
        Result(
            limit=limit,
            condition=f"{volt:g} V",
            nominal=audio.quantities(nominal[volt])[limit.name],
            lowest=value(limit, worst.get((limit.name, volt, False))),
            highest=value(limit, worst.get((limit.name, volt, True))),
        )
        for limit in AUDIO
        for volt in nominal
        if any((limit.name, volt, highest) in worst for highest in (False, True))
    ]


def _supply_results(netlist: Netlist) -> list[Result]:
    nominal, worst = (droop.quantities(netlist, corner) for corner in (NOMINAL, droop.least_capacitance(netlist)))
    return [
        Result(
            limit=limit,
            condition="cell",
            nominal=nominal[limit.name],
            lowest=worst[limit.name] if limit.minimum is not None else None,
            highest=worst[limit.name] if limit.maximum is not None else None,
        )
        for limit in SUPPLY
    ]


def _beacons(netlist: Netlist) -> dict[str, Pulse]:
    least = droop.least_capacitance(netlist)
    return {
        "fresh": supply.beacon(netlist, droop.FRESH),
        "fresh worst": supply.beacon(netlist, droop.FRESH, least),
        "aged": supply.beacon(netlist, droop.AGED),
        "aged worst": supply.beacon(netlist, droop.AGED, least),
    }
