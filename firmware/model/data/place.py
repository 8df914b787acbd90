"""Where the public sets are: in the folder that DOLLAR_DATA names, else in shared/data beside the repository's folder.

They are not committed: two of them are large, and their licences are not ours.
"""

import os
from pathlib import Path

from hardware import paths

VARIABLE = "DOLLAR_DATA"


def folder() -> Path:
    """It need not exist."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else paths.ROOT.parent / "shared" / "data"
