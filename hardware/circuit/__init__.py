"""The circuit in SKiDL: one block per file, `board` composes them, `export` writes the netlist.

At its first import SKiDL warns on stderr of each KiCad library table that it cannot find. Our parts and footprints
are defined in `hardware.parts`, so it is imported here, once, with those warnings kept from the user and without
the log files that it would leave in the working directory.
"""

import contextlib
import io
import os

for _version in ("", "6", "7", "8", "9", "10"):
    os.environ.setdefault(f"KICAD{_version}_SYMBOL_DIR", "/usr/share/kicad/symbols")

with contextlib.redirect_stderr(io.StringIO()):
    from skidl.logger import stop_log_file_output

stop_log_file_output()
