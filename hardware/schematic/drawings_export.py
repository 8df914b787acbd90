"""The schematic as PDF, SVG and netlist, drawn by KiCad."""

import tempfile
from pathlib import Path

from hardware import files, kicad


def export(root: Path, folder: Path) -> list[str]:
    """Write schematic.pdf and schematic/<sheet>.svg into the folder; returns the names of the sheets."""
    with tempfile.TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "schematic.pdf"
        kicad.run("kicad-cli", "sch", "export", "pdf", "-o", pdf, root)
        files.write(folder / pdf.name, pdf.read_bytes())
    with files.replaced_folder(folder / "schematic") as drawings:
        kicad.run("kicad-cli", "sch", "export", "svg", "-o", drawings, root)
        for drawing in drawings.iterdir():  # KiCad names them <project>-<sheet>.svg
            drawing.rename(drawing.with_stem(drawing.stem.removeprefix(f"{root.stem}-") if drawing.stem != root.stem else "root"))
        return sorted(drawing.stem for drawing in drawings.iterdir())


def netlist_text(root: Path) -> str:
    """The netlist that KiCad finds in the schematic."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "exported.net"
        kicad.run("kicad-cli", "sch", "export", "netlist", "-o", path, root)
        return path.read_text(encoding="utf-8")
