"""Where things are written. Everything below build/ can be deleted at any time."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"

NAME = "dollar-tinyml"  # of the KiCad project and of every file made from it
KICAD = BUILD / "kicad"  # opens in KiCad as a project
SCHEMATIC = KICAD / f"{NAME}.kicad_sch"
BOARD = KICAD / f"{NAME}.kicad_pcb"
FOOTPRINTS = KICAD / "dollar.pretty"
PANEL = BUILD / "panel" / f"{NAME}-panel.kicad_pcb"
FIRMWARE = BUILD / "firmware"  # PlatformIO's: firmware.elf, firmware.bin, the generated headers
REPORTS = BUILD / "reports"  # what the checks and simulations found: JSON and SVG
DRAWINGS = BUILD / "drawings"  # PDF, SVG and PNG to look at
ORDER = BUILD / "order"
