"""Zip files whose bytes depend on nothing but their contents."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

_TIME = (2026, 1, 1, 0, 0, 0)  # the clock that KiCad sees, hardware.kicad.BUILD_DATE
_READABLE_BY_ALL = 0o644 << 16
_UNIX = 3  # so that the permissions do not depend on the machine that packs


def packed(contents: Mapping[str, bytes]) -> bytes:
    """A zip of the named contents, in the order of their names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = _READABLE_BY_ALL
            entry.create_system = _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents[name], compresslevel=9)
    return out.getvalue()
