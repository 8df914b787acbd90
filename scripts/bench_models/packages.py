"""FFT libraries from package registries, into build/bench: their sources are compared, not used, and never committed."""

import shutil
import subprocess
import sys
from pathlib import Path

from hardware import paths
from hardware.errors import ToolError
from hardware.files import replaced_folder

FOLDER = paths.BUILD / "bench"
CMSIS_DSP = "1.10.3"  # of the Python package, whose source archive holds the C
DEBIAN_SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
PATIENCE_S = 180


def cmsis_dsp() -> Path:
    """From PyPI. Raises ToolError where it cannot be had."""
    place = FOLDER / "cmsis-dsp"
    if not place.exists():
        with replaced_folder(place) as folder:
            pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation", "--dest", str(folder))
            _run(*pip, "--no-binary", "cmsisdsp", f"cmsisdsp=={CMSIS_DSP}")
            _unpack(folder)
    return place


def kissfft() -> Path:
    """From Debian's sources of this release. Raises ToolError where it cannot be had."""
    place = FOLDER / "kissfft"
    if not place.exists():
        with replaced_folder(place) as folder:
            options = _apt_with_sources(folder)
            _run("apt-get", *options, "update", cwd=folder)
            _run("apt-get", *options, "source", "--download-only", "kissfft", cwd=folder)
            _unpack(folder)
    return place


def _apt_with_sources(folder: Path) -> tuple[str, ...]:
    """Options that make apt read the source packages of where it gets its binary ones, and keep its lists here."""
    if not (shutil.which("apt-get") and DEBIAN_SOURCES.is_file()):
        raise ToolError("Debian's package sources are not set up here")
    for part in ("sources", "lists/partial", "cache/archives/partial"):
        (folder / "apt" / part).mkdir(parents=True)
    binary = DEBIAN_SOURCES.read_text()
    (folder / "apt" / "sources" / "debian.sources").write_text(binary.replace("Types: deb\n", "Types: deb-src\n"))
    settings = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": folder / "apt" / "sources",
        "Dir::State::lists": folder / "apt" / "lists",
        "Dir::Cache": folder / "apt" / "cache",
        "APT::Sandbox::User": "root",
    }
    return tuple(f"-o{name}={value}" for name, value in settings.items())


def _unpack(folder: Path) -> None:
    """The archive of original sources; there is one."""
    (archive,) = folder.glob("*.tar.gz")
    _run("tar", "-xzf", str(archive), "--strip-components=1", cwd=folder)


def _run(*command: str, cwd: Path = paths.ROOT) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=PATIENCE_S)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise ToolError(f"{command[0]} cannot get it: {failure}") from failure
    if done.returncode != 0:
        raise ToolError(f"{Path(command[0]).name} cannot get it")
