"""The label of a unit: a QR code of serial number and unique ID, and both for people. SVG to print, PNG for label printers.

QR content: the serial number, a space, the unique ID in capitals. Those are QR's alphanumeric characters, so that version 3
at error correction Q holds every serial number with an ID of 128 bits (ISO/IEC 18004, table 7: 47 characters).
"""

import io
from pathlib import Path

import matplotlib
import segno
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from hardware import files
from hardware.errors import InputError

_QUIET = 4  # modules of white around the code, as the standard asks
_DPI = 600  # of label printers; half of them have 300
_MODULE_MM = 25.4 * 8 / _DPI  # whole dots at both: the label is 12.5 mm high
WIDTH_MM = 88 * _MODULE_MM  # 29.8
_DIGITS_A_LINE = 16


def content(serial: int, uid: str) -> str:
    return f"{serial} {uid.upper()}"


def svg(serial: int, uid: str) -> str:
    return _drawn(serial, uid, "svg").decode()


def png(serial: int, uid: str) -> bytes:
    return _drawn(serial, uid, "png")


def write(path: Path, serial: int, uid: str) -> None:
    """By the ending of the path. InputError if it is another than .svg or .png."""
    if path.suffix not in (".svg", ".png"):
        raise InputError(f"{path} ends in neither .svg nor .png: name the label by the format that you want")
    files.write(path, svg(serial, uid) if path.suffix == ".svg" else png(serial, uid))


def _drawn(serial: int, uid: str, kind: str) -> bytes:
    """Text becomes outlines, so that it looks the same everywhere."""
    code = segno.make_qr(content(serial, uid), error="q", boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    height = (len(rows) + 2 * _QUIET) * _MODULE_MM
    with matplotlib.rc_context({"svg.hashsalt": "label", "svg.fonttype": "path"}):
        figure = Figure(figsize=(WIDTH_MM / 25.4, height / 25.4), facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH_MM), ylim=(height, 0))
        axes.axis("off")
        axes.add_collection(PatchCollection(_modules(rows, _MODULE_MM), facecolor="black", edgecolor="none", antialiased=False))
        axes.text(height, 4.3, f"No. {serial}", fontsize=8.5, weight="bold", va="baseline")
        for line, start in enumerate(range(0, len(uid), _DIGITS_A_LINE)):
            digits = uid[start : start + _DIGITS_A_LINE]
            axes.text(height, 7.2 + 2.2 * line, digits, fontsize=4.5, family="monospace", va="baseline")
        out = io.BytesIO()
        figure.savefig(out, format=kind, dpi=_DPI, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return out.getvalue()


def _modules(rows: list[bytes], size: float) -> list[Rectangle]:
    """A rectangle for each run of dark modules in a row."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 1
            while row[x] and x + run < len(row) and row[x + run]:
                run += 1
            if row[x]:
                found.append(Rectangle(((x + _QUIET) * size, (y + _QUIET) * size), run * size, size))
            x += run
    return found
