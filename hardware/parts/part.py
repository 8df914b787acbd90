"""What the project knows of a part: one definition, read by circuit, layout, checks, cost and virtual board.

Every group of facts (pinout, ratings, footprint, rotation ...) carries its source and whether it was
verified, that is: read in the maker's own datasheet or seen in two independent working designs.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class PinKind(StrEnum):
    """Electrical type of a pin, in the terms of KiCad's symbol format."""

    INPUT = "input"
    OUTPUT = "output"
    BIDIRECTIONAL = "bidirectional"
    PASSIVE = "passive"
    POWER_IN = "power_in"
    POWER_OUT = "power_out"
    NO_CONNECT = "no_connect"


@dataclass(frozen=True)
class Pin:
    """One pin of a part.

    `domain` names the supply pin that the pin's levels follow ("VCC"); empty for passive parts.
    `current_max_ma` is the absolute maximum that the pin may source or sink, where the maker states one.
    """

    number: str
    name: str
    kind: PinKind
    domain: str = ""
    current_max_ma: float | None = None


@dataclass(frozen=True)
class Supply:
    """Supply range of a supply pin, in volts. No pin of its domain may exceed `absolute_max_v` + `pin_above_supply_v`."""

    operating_min_v: float
    operating_max_v: float
    absolute_max_v: float
    pin_above_supply_v: float = 0.3


@dataclass(frozen=True)
class LogicLevels:
    """Logic thresholds and output levels as fractions of the supply. Output levels hold up to `load_max_ma`."""

    input_low_max: float
    input_high_min: float
    output_low_max: float
    output_high_min: float
    load_max_ma: float


@dataclass(frozen=True)
class Decoupling:
    """A capacitor that a supply pin needs, and how far its pad may be from the pin's on the layout."""

    supply_pin: str
    ground_pin: str
    capacitance_f: float
    distance_mm: float


@dataclass(frozen=True)
class Polarity:
    """How a turned part would be noticed: the pin at the mark, what the mark looks like on part and on board."""

    pin: str
    part_mark: str
    board_mark: str


@dataclass(frozen=True)
class Source:
    """Where a group of facts comes from. `verified`: the maker's datasheet or two independent working designs say so."""

    text: str
    verified: bool
    before_paying: str = ""  # what to do about it while it is unverified


@dataclass(frozen=True)
class Alternate:
    """A second source. `drop_in`: same pads and pinout, no change to the board."""

    mpn: str
    lcsc: str
    drop_in: bool
    note: str = ""


@dataclass(frozen=True)
class Rating:
    """Value and limits of a passive part, in SI units (ohm, farad, henry, hertz, volt, watt)."""

    quantity: str  # "resistance", "capacitance", "inductance", "frequency", "wavelength colour" ...
    nominal: float
    tolerance: float  # relative, 0.01 = 1 %
    voltage_max_v: float | None = None
    dielectric: str = ""


@dataclass(frozen=True)
class Part:
    """A part that can be bought (lcsc set), or a feature of the bare board such as a pad or the antenna (lcsc empty)."""

    name: str  # short name of the definition, unique: "R_100k", "SC7A20HTR"
    value: str  # what stands on schematic and BOM
    reference: str  # prefix of the reference designator: "R", "U"
    footprint: str  # "library:name"
    pins: tuple[Pin, ...]
    sources: dict[str, Source] = field(hash=False)
    mpn: str = ""
    manufacturer: str = ""
    lcsc: str = ""
    description: str = ""
    rating: Rating | None = None
    supplies: dict[str, Supply] = field(default_factory=dict, hash=False)
    levels: LogicLevels | None = None
    decoupling: tuple[Decoupling, ...] = ()
    polarity: Polarity | None = None
    alternates: tuple[Alternate, ...] = ()
    rotation_offset_deg: float = 0.0  # added to KiCad's rotation for JLCPCB's placement file
    through_hole_joints: int = 0
    fitted_by_user: bool = False  # soldered or inserted after assembly: on the BOM's cost, not in the order
    net_tie: bool = False  # the footprint joins its pins in copper on purpose
    facts: dict[str, float | str] = field(default_factory=dict, hash=False)  # figures that simulation needs, by name with unit

    def pin(self, number_or_name: str) -> Pin:
        """The pin of that number, else the only pin of that name. KeyError if there is none or more than one."""
        for pin in self.pins:
            if pin.number == number_or_name:
                return pin
        named = [pin for pin in self.pins if pin.name == number_or_name]
        if len(named) != 1:
            raise KeyError(f"{self.name} has {len(named)} pins named {number_or_name}")
        return named[0]

    @property
    def is_bought(self) -> bool:
        return bool(self.lcsc)

    @property
    def unverified(self) -> dict[str, Source]:
        """The groups of facts that nobody confirmed yet."""
        return {group: source for group, source in self.sources.items() if not source.verified}
