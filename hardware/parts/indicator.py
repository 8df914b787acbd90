"""The one LED."""

from hardware.parts.part import Part, Pin, PinKind, Polarity, Source

LED_RED = Part(
    name="KT-0603R",
    value="red",
    reference="D",
    footprint="LED_SMD:LED_0603_1608Metric",
    mpn="KT-0603R",
    manufacturer="Hubei KENTO",
    lcsc="C2286",
    description="LED red 0603, 1.8 to 2.4 V",
    pins=(Pin("1", "K", PinKind.PASSIVE), Pin("2", "A", PinKind.PASSIVE)),
    polarity=Polarity(pin="1", part_mark="green bar or cut corner at the cathode", board_mark="bar and K at the cathode"),
    sources={
        "pinout": Source("KiCad's LED footprints: pad 1 is the cathode", verified=True),
        "ratings": Source("JLCPCB catalogue of 2026-05-21", verified=True),
        "footprint": Source("KiCad 9 library", verified=True),
        "rotation": Source(
            "in no public table", verified=False, before_paying="look at the cathode in JLCPCB's placement preview"
        ),
    },
    facts={"forward_v": 1.8},
)
