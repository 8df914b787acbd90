"""A PlatformIO platform that needs nothing from PlatformIO's registry where the tools are already here.

PlatformIO wants SCons and cppcheck as packages of its own registry. configure_default_packages runs before it looks for
them: there the SCons of PyPI and the system's cppcheck are registered under the names that it expects. Only gaps are
filled; what is not here either, PlatformIO downloads as always.
"""

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

from platformio.dependencies import get_core_dependencies
from platformio.package.manager.tool import ToolPackageManager
from platformio.package.meta import PackageSpec
from platformio.public import PlatformBase

COMPILER = "arm-none-eabi-gcc"


class Dollar_py32Platform(PlatformBase):
    """PlatformIO derives the class's name from the one in platform.json."""

    def is_embedded(self) -> bool:
        return True  # PlatformIO would tell by an "uploader" package, of which there is none

    def configure_default_packages(self, options: dict[str, Any], targets: list[str]) -> Any:
        register_scons()
        register_cppcheck()
        if shutil.which(COMPILER) is None:
            self.packages["toolchain-gccarmnoneeabi"]["optional"] = False
        return super().configure_default_packages(options, targets)


def register_scons() -> None:
    if not _missing("tool-scons") or importlib.util.find_spec("SCons") is None:
        return
    import SCons

    major, minor, patch = ([int(n) for n in SCons.__version__.split(".")] + [0])[:3]
    version = f"{major}.{major}{minor:02}{patch:02}.0"  # PlatformIO's numbering: 4.11.1 is 4.41101.0
    _register("tool-scons", version, "scons.py", "from SCons.Script.Main import main\nmain()\n")


def register_cppcheck() -> None:
    program = shutil.which("cppcheck")
    if program is None or not _missing("tool-cppcheck"):
        return
    wanted = get_core_dependencies()["tool-cppcheck"].lstrip("~^>=")
    _register("tool-cppcheck", wanted, "cppcheck", f'#!/bin/sh\nexec "{program}" "$@"\n')


def _missing(name: str) -> bool:
    wanted = get_core_dependencies().get(name)
    if wanted is None:
        return False
    return not ToolPackageManager().get_package(PackageSpec(owner="platformio", name=name, requirements=wanted))


def _register(name: str, version: str, program: str, text: str) -> None:
    """Write the folder that PlatformIO would have unpacked from its registry."""
    folder = Path(ToolPackageManager().package_dir) / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / program).write_text(text)
    (folder / program).chmod(0o755)
    (folder / "package.json").write_text(json.dumps({"name": name, "version": version, "system": "*"}))
    spec = {"owner": "platformio", "id": None, "name": name, "requirements": None, "uri": None}
    (folder / ".piopm").write_text(json.dumps({"type": "tool", "name": name, "version": version, "spec": spec}))
