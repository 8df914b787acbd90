"""FABRICATION.md: what to choose in JLCPCB's order form, with the finest features as measured on the board."""

from hardware import paths
from hardware.layout import outline, rules
from hardware.revision import ORDER_NUMBER_MARK, REVISION
from manufacturing.copper_measures import Measures
from manufacturing.panel import PanelDesign


def text(measures: Measures, panel: PanelDesign, boards: int) -> str:
    """The notes, in Markdown, for an order of so many boards."""
    tables = (
        ("Board", _board(measures)),
        ("Panel", _panel(panel, boards)),
        ("Assembly", _ASSEMBLY),
    )
    out = [f"# Fabrication notes: {paths.NAME} rev {REVISION}", ""]
    out += [
        "`board/` is for single boards, to which JLCPCB adds rails where it needs them; `panel/` is for the panel. Gerbers, "
        "drill files, cpl.csv and board.step count from the same point, the lower left corner.",
    ]
    for title, rows in tables:
        out += ["", f"## {title}", "", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join(out) + "\n"


def _board(measures: Measures) -> list[tuple[str, str]]:
    return [
        ("Layers", "2, FR4, 1 oz copper"),
        ("Size", f"{outline.WIDTH_MM:g} x {outline.HEIGHT_MM:g} mm, corners of {outline.CORNER_MM:g} mm, routed"),
        ("Thickness", f"{measures.thickness:g} mm"),
        ("Finish", "HASL, lead free; ENIG for a flatter seat of U2 (0.5 mm pitch)"),
        ("Colour", "green mask, white silkscreen"),
        (
            "Finest track and gap",
            f"{measures.track:g} mm, {measures.gap:g} mm (rules: {rules.TRACK_MM:g}, {rules.CLEARANCE_MM:g})",
        ),
        ("Smallest hole", f"{measures.drill:g} mm plated, ring {measures.ring:g} mm or more"),
        ("Copper to edge", f"{outline.EDGE_CLEARANCE_MM:g} mm or more"),
        ("Vias", "tented"),
        ("Impedance control", "none: the line from radio to antenna is shorter than 10 mm"),
        ("Castellated holes, gold fingers, edge plating", "none"),
        ("Mark on PCB", f"order number at the text {ORDER_NUMBER_MARK}: on the back of the single board, on the panel's rail"),
    ]


def _panel(panel: PanelDesign, boards: int) -> list[tuple[str, str]]:
    marks = f"{len(panel.fiducials)} of {panel.fiducial_copper_mm:g} mm, opening {panel.fiducial_opening_mm:g} mm"
    tabs = ", ".join(f"{y:g}" for y in panel.tabs_mm)
    return [
        ("Delivery format", "panel by customer"),
        ("Grid", f"{panel.columns} columns x {panel.rows} rows, {panel.boards} boards"),
        ("Size", f"{panel.width_mm:g} x {panel.height_mm:g} mm"),
        ("Panels for this order", f"{panel.panels(boards)} ({boards} boards)"),
        ("Separation", f"mouse bites: {panel.bites} holes of {panel.bite_drill_mm:g} mm to a bridge of {panel.tab_mm:g} mm"),
        ("Bridges", f"on the long sides, {tabs} mm from the antenna's edge; routed gap {panel.gap_mm:g} mm"),
        ("Rails", f"{panel.rail_mm:g} mm, left and right"),
        ("Fiducials", f"{marks}, {panel.fiducial_edge_mm:g} mm from the edge, on top"),
        ("Tooling holes", f"4 of {panel.tooling_drill_mm:g} mm"),
    ]


_ASSEMBLY = [
    ("Type", "Standard for the panel; Economic takes small runs of single boards"),
    ("Side", "top; BT1 is a through-hole part that is put in from the bottom and soldered on top"),
    ("Confirm parts placement", "yes: polarity.html has a picture of each part that can be turned"),
    ("Designators on the panel", "R1_7 is R1 of the seventh board, counted from left to right, then from top to bottom"),
    ("Not fitted", "the cell; programming pads, test points and antenna are copper only"),
]
