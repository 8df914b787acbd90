"""Netlist to schematic files: root, one sheet per block, symbol library and its table."""

from pathlib import Path

from hardware import files
from hardware.netlist import Netlist
from hardware.paths import NAME
from hardware.revision import BOARD, DATE, LICENCE, REVISION
from hardware.schematic.block_page import block_page
from hardware.schematic.drawing import BlockDiagram, Drawing
from hardware.schematic.drawings import ORDER, drawings
from hardware.schematic.drawings.root import ROOT
from hardware.schematic.identity import is_supply
from hardware.schematic.kicad_sheet import sheet_file, sheet_text
from hardware.schematic.kicad_symbols import LIBRARY, library_text, table_text
from hardware.schematic.page import Page
from hardware.schematic.root_page import root_page
from hardware.schematic.symbols import POWER_FLAG, power_symbol, symbol_of
from hardware.sexpr import Node, Quoted


def pages(netlist: Netlist, tables: dict[str, Drawing] | None = None, diagram: BlockDiagram = ROOT) -> list[Page]:
    """The root and each block's page, in page order. `tables` by block; the project's own if None."""
    tables = drawings() if tables is None else tables
    present = {component.block for component in netlist.components.values()}
    blocks = [block for block in ORDER if block in present] + sorted(present - set(ORDER))
    root = root_page(netlist, diagram, blocks)
    sheets = [sheet.block for sheet in root.sheets]  # KiCad numbers the pages in this order
    drawn = [block_page(netlist, tables.get(block, Drawing(block, block)), i) for i, block in enumerate(sheets, 2)]
    return [root, *drawn]


def write(netlist: Netlist, folder: Path, tables: dict[str, Drawing] | None = None) -> Path:
    """Write the schematic into the folder and return its root file. InputError for a row whose part is gone."""
    drawn = pages(netlist, tables)
    symbols = {component.part.name: symbol_of(component.part) for component in netlist.components.values()}
    symbols |= {net: power_symbol(net) for net in netlist.nets if is_supply(netlist, net)}
    symbols[POWER_FLAG.name] = POWER_FLAG
    files.write(folder / f"{LIBRARY}.kicad_sym", library_text(list(symbols.values())))
    files.write(folder / "sym-lib-table", table_text())
    root = folder / f"{NAME}.kicad_sch"
    for page in drawn:
        path = root if page.name == "root" else folder / sheet_file(page.name)
        files.write(path, sheet_text(page, _title_block(page)))
    return root


def _title_block(page: Page) -> Node:
    return [
        "title_block",
        ["title", Quoted(page.title)],
        ["date", Quoted(DATE)],
        ["rev", Quoted(REVISION)],
        ["company", Quoted(BOARD)],
        ["comment", 1, Quoted(f"Licence: {LICENCE}")],
        ["comment", 2, Quoted("Block diagram" if page.name == "root" else f"Block: {page.name}")],
    ]
