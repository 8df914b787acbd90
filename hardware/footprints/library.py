"""The project's own footprints, written as a KiCad library."""

from pathlib import Path

from hardware import files
from hardware.footprints import bodies, holder, microphone
from hardware.footprints.drawing import Footprint, text_of
from hardware.footprints.holder import HOLDER
from hardware.footprints.microphone import MICROPHONE
from hardware.footprints.programming_pads import PROGRAMMING_ROW

LIBRARY = "dollar"
FOOTPRINTS: tuple[Footprint, ...] = (MICROPHONE, HOLDER, PROGRAMMING_ROW)

BODIES = {MICROPHONE.model: microphone.BODY, HOLDER.model: holder.BODY}


def write(folder: Path) -> None:
    """Write the library `dollar.pretty`, its 3D bodies and the table that lets KiCad find it into the project's folder."""
    for footprint in FOOTPRINTS:
        files.write(folder / f"{LIBRARY}.pretty" / f"{footprint.name}.kicad_mod", text_of(footprint))
    for model, prisms in BODIES.items():
        files.write(folder / f"{LIBRARY}.3dshapes" / model, bodies.step(Path(model).stem, prisms))
    table = (
        "(fp_lib_table\n  (version 7)\n"
        f'  (lib (name "{LIBRARY}")(type "KiCad")(uri "${{KIPRJMOD}}/{LIBRARY}.pretty")(options "")(descr "This board"))\n)\n'
    )
    files.write(folder / "fp-lib-table", table)
