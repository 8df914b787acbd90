"""The circuit in SKiDL: one block per file, `board` composes them, `export` writes the netlist.

At its first import SKiDL opens log files in the working directory, where two processes would fall over each other, and
warns of each KiCad library table that it cannot find. Our parts and footprints are defined in `hardware.parts`, so it
is imported here, once, in a folder of its own, with logging off.
"""

import contextlib
import logging
import os
import tempfile

for _version in ("", "6", "7", "8", "9", "10"):
    os.environ.setdefault(f"KICAD{_version}_SYMBOL_DIR", "/usr/share/kicad/symbols")

with tempfile.TemporaryDirectory(prefix="dollar-skidl-") as _folder, contextlib.chdir(_folder):
    logging.disable(logging.CRITICAL)
    from skidl.logger import stop_log_file_output

    stop_log_file_output()
    logging.disable(logging.NOTSET)
