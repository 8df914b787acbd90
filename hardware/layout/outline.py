"""Size of the board. Origin at the top left corner, millimetres, y down; the antenna is at the top."""

WIDTH_MM = 24.0
HEIGHT_MM = 32.0
CORNER_MM = 1.0  # small enough for the outermost programming pads

THICKNESS_MM = 1.6
EDGE_CLEARANCE_MM = 0.3  # copper to routed edge, JLCPCB

# No copper of any kind beside the antenna's own, on both layers, over the whole width: TI SWRA117D figure 1.
ANTENNA_BOTTOM_MM = 5.35
