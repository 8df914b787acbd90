"""JLCPCB's limits for two layers as KiCad design rules.

Source: facts on JLCPCB (capability page; 0.3/0.6 mm vias and 0.15 mm tracks carry no surcharge). We stay above the
absolute limits (0.10 mm track and space, 0.15/0.25 mm via) by half.
"""

import json
from typing import Any

from hardware import paths
from hardware.layout.outline import EDGE_CLEARANCE_MM

TRACK_MM = 0.15
CLEARANCE_MM = 0.15
VIA_DRILL_MM, VIA_MM = 0.3, 0.6
HOLE_TO_HOLE_MM = 0.25  # JLCPCB: 0.2 between vias
SILK_HEIGHT_MM, SILK_STROKE_MM = 0.7, 0.1  # JLCPCB prints 0.15 mm strokes best; ours are 0.8 / 0.12 or more

# net class: pattern of net names, track width; the router and the hand-drawn tracks read the widths from here
NET_CLASSES: dict[str, tuple[tuple[str, ...], float]] = {
    "Supply": (("*VBAT", "*VMIC", "*MIC_PWR"), 0.4),
    "Ground": (("*GND",), 0.3),
    "Radio": (("*RF_OUT", "*RF_MATCH", "*RF_ANT"), 0.4),
}
SIGNAL_MM = 0.2

_RULES = {
    "max_error": 0.005,
    "min_clearance": CLEARANCE_MM,
    "min_connection": 0.1,
    "min_copper_edge_clearance": EDGE_CLEARANCE_MM,
    "min_hole_clearance": 0.2,
    "min_hole_to_hole": HOLE_TO_HOLE_MM,
    "min_microvia_diameter": 0.2,
    "min_microvia_drill": 0.1,
    "min_resolved_spokes": 2,
    "min_silk_clearance": 0.1,
    "min_text_height": SILK_HEIGHT_MM,
    "min_text_thickness": SILK_STROKE_MM,
    "min_through_hole_diameter": 0.3,
    "min_track_width": TRACK_MM,
    "min_via_annular_width": 0.1,
    "min_via_diameter": 0.5,
    "solder_mask_to_copper_clearance": 0.0,
    "use_height_for_length_calcs": True,
}

# KiCad leaves these at "ignore" unless told otherwise; everything else is on by itself.
_RAISED = (
    "annular_width",
    "copper_edge_clearance",
    "courtyards_overlap",
    "footprint_filters_mismatch",
    "footprint_symbol_mismatch",
    "footprint_type_mismatch",
    "holes_co_located",
    "isolated_copper",
    "lib_footprint_issues",
    "lib_footprint_mismatch",
    "malformed_courtyard",
    "missing_courtyard",
    "npth_inside_courtyard",
    "pth_inside_courtyard",
    "silk_edge_clearance",
    "silk_over_copper",
    "silk_overlap",
    "starved_thermal",
    "text_height",
    "text_thickness",
    "track_dangling",
    "unconnected_items",
    "via_dangling",
    "zones_intersect",
)


def track_width(net: str) -> float:
    """Width in mm of a net's tracks, by its class."""
    for patterns, width in NET_CLASSES.values():
        if any(net.endswith(pattern.lstrip("*")) for pattern in patterns):
            return width
    return SIGNAL_MM


def project() -> str:
    """The .kicad_pro text: rules, net classes, severities."""
    classes = [_net_class("Default", SIGNAL_MM, 2**31 - 1)]
    classes += [_net_class(name, width, priority) for priority, (name, (_, width)) in enumerate(NET_CLASSES.items())]
    patterns = [{"netclass": name, "pattern": p} for name, (names, _) in NET_CLASSES.items() for p in names]
    content = {
        "board": {
            "design_settings": {
                "defaults": {},
                "diff_pair_dimensions": [],
                "drc_exclusions": [],
                "meta": {"version": 2},
                "rule_severities": dict.fromkeys(_RAISED, "error"),
                "rules": _RULES,
                "track_widths": [],
                "via_dimensions": [],
            }
        },
        "boards": [],
        "libraries": {"pinned_footprint_libs": [], "pinned_symbol_libs": []},
        "meta": {"filename": f"{paths.NAME}.kicad_pro", "version": 3},
        "net_settings": {
            "classes": classes,
            "meta": {"version": 4},
            "net_colors": None,
            "netclass_assignments": None,
            "netclass_patterns": patterns,
        },
        "pcbnew": {"page_layout_descr_file": ""},
        "sheets": [],
        "text_variables": {},
    }
    return json.dumps(content, indent=2) + "\n"


def _net_class(name: str, track: float, priority: int) -> dict[str, Any]:
    return {
        "name": name,
        "priority": priority,
        "clearance": CLEARANCE_MM,
        "track_width": track,
        "via_diameter": VIA_MM,
        "via_drill": VIA_DRILL_MM,
        "microvia_diameter": 0.3,
        "microvia_drill": 0.1,
        "diff_pair_gap": 0.25,
        "diff_pair_via_gap": 0.25,
        "diff_pair_width": 0.2,
        "bus_width": 12,
        "line_style": 0,
        "wire_width": 6,
        "pcb_color": "rgba(0, 0, 0, 0.000)",
        "schematic_color": "rgba(0, 0, 0, 0.000)",
    }


# What has no field among the rules above.
CUSTOM_RULES = """(version 1)
(rule "JLCPCB: drilled via"
  (condition "A.Type == 'Via'")
  (constraint hole_size (min 0.3mm)))
# The antenna's ground pad has a 0.3 mm hole, which JLCPCB drills as a via (0.1 mm ring); leads need 0.2 mm.
(rule "JLCPCB: plated hole for a lead, annular ring"
  (condition "A.Type == 'Pad' && A.Pad_Type == 'Through-hole' && A.Hole_Size_X > 0.5mm")
  (constraint annular_width (min 0.2mm)))
"""
