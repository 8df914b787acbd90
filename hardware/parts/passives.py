"""Resistors, capacitors and the inductor: one table each, turned into part definitions.

Values, tolerances and ratings are those of the order code; `hardware.checks.order_codes` compares them
with what the distributor's catalogue says of that code.
"""

from hardware.parts.part import Alternate, Part, Pin, PinKind, Rating, Source

_PINS = (Pin("1", "1", PinKind.PASSIVE), Pin("2", "2", PinKind.PASSIVE))
_CATALOGUE = Source("JLCPCB catalogue of 2026-05-21 (hardware/parts/catalogue.csv)", verified=True)
_KICAD_FOOTPRINT = Source("KiCad 9 library, IPC-7351 nominal", verified=True)
_SOURCES = {"ratings": _CATALOGUE, "footprint": _KICAD_FOOTPRINT}

# value, ohm, LCSC, manufacturer number; all 0402, 1 %, 50 V, UNI-ROYAL, basic parts
_RESISTORS = (
    ("220", 220.0, "C25091", "0402WGF2200TCE"),
    ("1k", 1e3, "C11702", "0402WGF1001TCE"),
    ("4.7k", 4.7e3, "C25900", "0402WGF4701TCE"),
    ("100k", 100e3, "C25741", "0402WGF1003TCE"),
)

# value, farad, tolerance, volt, dielectric, size, LCSC, manufacturer number, manufacturer, share of value left at 3 V
_SAMSUNG, _FENGHUA = "Samsung Electro-Mechanics", "Fenghua"
_CAPACITORS = (
    ("1.5p", 1.5e-12, 0.17, 50.0, "C0G", "0402", "C1552", "0402CG1R5C500NT", _FENGHUA, 1.0),
    ("470p", 470e-12, 0.10, 50.0, "X7R", "0402", "C1537", "0402B471K500NT", _FENGHUA, 1.0),
    ("100n", 100e-9, 0.10, 16.0, "X7R", "0402", "C1525", "CL05B104KO5NNNC", _SAMSUNG, 0.95),
    ("1u", 1e-6, 0.10, 25.0, "X5R", "0402", "C52923", "CL05A105KA5NQNC", _SAMSUNG, 0.85),
    ("10u", 10e-6, 0.20, 6.3, "X5R", "0402", "C15525", "CL05A106MQ5NUNC", _SAMSUNG, 0.40),
    ("47u", 47e-6, 0.20, 6.3, "X5R", "0805", "C16780", "CL21A476MQYNNNE", _SAMSUNG, 0.55),
)
_CAPACITOR_FOOTPRINT = {"0402": "Capacitor_SMD:C_0402_1005Metric", "0805": "Capacitor_SMD:C_0805_2012Metric"}
# At 2.4 GHz, typical of 0402 (?): makers state 0.4 to 0.7 nH, and mounting adds to it (bethesignal.net, 2009-02).
_CAPACITOR_AT_RADIO_FREQUENCY = {"series_h": 0.4e-9, "series_ohm": 0.4}
# Series resistance at resonance, and inductance as mounted over a ground pour (?): typical of these sizes and capacities; it
# falls as the capacity grows (bethesignal.net, 2009-02), and depends on the way to ground. Boards have to show it.
_MOUNTED_H = {"0402": 0.6e-9, "0805": 0.8e-9}
_ESR_OHM = {"1.5p": 0.4, "470p": 0.2, "100n": 0.025, "1u": 0.012, "10u": 0.006, "47u": 0.004}
# Multilayer 0402 (?): with the pads' stray capacitance it resonates at 6 GHz; the quality is that at 2.45 GHz.
_INDUCTOR_AT_RADIO_FREQUENCY: dict[str, float | str] = {"parallel_f": 0.13e-12, "quality": 40.0}
_DC_BIAS = Source(
    "loss of X5R capacity under DC bias: typical of the class (facts sheet on power), no curve of the maker read",
    verified=False,
    before_paying="read the DC bias curves of CL05A106MQ5NUNC and CL21A476MQYNNNE in the maker's simulator",
)

_BULK_ALTERNATES = {
    "47u": (Alternate("CL21A226MAQNNNE", "C45783", drop_in=True, note="22 uF: twice the droop, see the supply report"),)
}


def _resistor(value: str, ohm: float, lcsc: str, mpn: str) -> Part:
    return Part(
        name=f"R_{value}",
        value=value,
        reference="R",
        footprint="Resistor_SMD:R_0402_1005Metric",
        pins=_PINS,
        sources=_SOURCES,
        mpn=mpn,
        manufacturer="UNI-ROYAL",
        lcsc=lcsc,
        description=f"{value} 1% 62.5mW 50V 0402",
        rating=Rating("resistance", ohm, 0.01, voltage_max_v=50.0),
    )


def _capacitor(
    value: str,
    farad: float,
    tolerance: float,
    volt: float,
    dielectric: str,
    size: str,
    lcsc: str,
    mpn: str,
    manufacturer: str,
    share_at_3v: float,
) -> Part:
    return Part(
        name=f"C_{value}",
        value=value,
        reference="C",
        footprint=_CAPACITOR_FOOTPRINT[size],
        pins=_PINS,
        sources=_SOURCES if share_at_3v > 0.8 else _SOURCES | {"dc_bias": _DC_BIAS},
        mpn=mpn,
        manufacturer=manufacturer,
        lcsc=lcsc,
        description=f"{value}F {tolerance:.0%} {volt:g}V {dielectric} {size}",
        rating=Rating("capacitance", farad, tolerance, voltage_max_v=volt, dielectric=dielectric),
        alternates=_BULK_ALTERNATES.get(value, ()),
        facts={
            "share_of_capacitance_at_3v": share_at_3v,
            "mounted_h": _MOUNTED_H[size],
            "esr_ohm": _ESR_OHM[value],
            **_CAPACITOR_AT_RADIO_FREQUENCY,
        },
    )


_INDUCTOR_3N9 = Part(
    name="L_3.9n",
    value="3.9n",
    reference="L",
    footprint="Inductor_SMD:L_0402_1005Metric",
    pins=_PINS,
    sources=_SOURCES,
    mpn="SDCL1005C3N9STDF",
    manufacturer="Sunlord",
    lcsc="C14033",
    description="3.9nH 0.3nH 300mA 0402",
    rating=Rating("inductance", 3.9e-9, 0.08),
    facts=_INDUCTOR_AT_RADIO_FREQUENCY,
)

PASSIVES: tuple[Part, ...] = (
    *(_resistor(*row) for row in _RESISTORS),
    *(_capacitor(*row) for row in _CAPACITORS),
    _INDUCTOR_3N9,
)
