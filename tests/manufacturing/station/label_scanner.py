"""What a scanner reads from a picture of a label."""

import shutil
import subprocess
from pathlib import Path

import pytest


def scanned(picture: Path) -> str:
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not installed here: scripts/setup installs it")
    done = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=False)
    return done.stdout.strip()
