"""The coin cell and its holder."""

from hardware.parts.part import Alternate, Part, Pin, PinKind, Polarity, Source

CELL_MAX_V = 3.4  # fresh, warm, no load
# Below it the radio (2.1 V) and the op-amp (2.1 V) lose their guarantee; 0.1 V is left for the drop to their pins.
CUTOFF_V = 2.2

# What the supply report and the virtual board assume of the cell.
CR2032 = Part(
    name="CR2032",
    value="CR2032",
    reference="",
    footprint="",
    description="Lithium coin cell, 3 V, 20 x 3.2 mm",
    mpn="CR2032",
    pins=(),
    fitted_by_user=True,
    sources={
        "ratings": Source("Texas Instruments SWRA349 for resistance and capacity", verified=True),
        "price": Source(
            "no stored quote: 0.05 to 0.12 USD in bulk, taken as 0.20",
            verified=False,
            before_paying="ask two sellers for a quote",
        ),
    },
    facts={
        "open_circuit_max_v": CELL_MAX_V,
        "fresh_v": 3.0,
        "fresh_ohm": 20.0,
        "aged_v": 2.75,
        "aged_ohm": 60.0,
        "good_mah": 200.0,
        "poor_mah": 100.0,
    },
)

HOLDER = Part(
    name="BS-02-A1AJ010",
    value="CR2032 holder",
    reference="BT",
    footprint="dollar:BatteryHolder_MYOUNG_BS-02-A1AJ010_CR2032",
    mpn="BS-02-A1AJ010",
    manufacturer="MYOUNG",
    lcsc="C5239862",
    description="CR2032 holder",
    pins=(Pin("1", "-", PinKind.POWER_OUT), Pin("2", "+", PinKind.POWER_OUT)),
    polarity=Polarity(pin="2", part_mark="+ on the tab end, which touches the can of the cell", board_mark="+ beside pad 2"),
    alternates=(
        Alternate("BS-2-1", "C70376", drop_in=False, note="through-hole; compare the drawing"),
        Alternate("MY-2032-16", "C2902340", drop_in=False, note="SMD clip with a bare copper disc as the minus contact"),
    ),
    sources={
        "footprint": Source("land and outline in faebryk's test board (faebryk/faebryk @657735bf)", verified=True),
        "pinout": Source(
            "pad 2 at the tab end is + in faebryk's pin map and on KiCad's MYOUNG BS-07; one badge design has it the other way",
            verified=False,
            before_paying="compare the polarity with the maker's drawing of C5239862",
        ),
        "rotation": Source(
            "in no public table; the part goes in by its pins",
            verified=False,
            before_paying="look at the plus end in JLCPCB's preview",
        ),
    },
    through_hole_joints=2,
    facts={"source_max_v": CELL_MAX_V},
)
