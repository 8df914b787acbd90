"""Value and limits as the maker's own part number states them: a witness that does not depend on the distributor.

Sources: the makers' "how to order" pages: UNI-ROYAL thick film chip resistors, Samsung Electro-Mechanics CL series,
Fenghua general purpose MLCC, Sunlord SDCL series.
"""

import re
from collections.abc import Callable

from hardware.parts.catalogue_text import Reading

# Relative tolerances; the letters below it are absolute, in pF for capacitors and nH for inductors.
_RELATIVE = {"D": 0.005, "F": 0.01, "G": 0.02, "H": 0.03, "J": 0.05, "K": 0.10, "M": 0.20}
_ABSOLUTE_PF = {"A": 0.05, "B": 0.1, "C": 0.25}
_ABSOLUTE_NH = {"B": 0.1, "C": 0.2, "S": 0.3}

_SAMSUNG_SIZE = {"03": "0201", "05": "0402", "10": "0603", "21": "0805", "31": "1206", "32": "1210"}
_SAMSUNG_DIELECTRIC = {"A": "X5R", "B": "X7R", "C": "C0G", "F": "Y5V", "X": "X6S"}
_SAMSUNG_VOLT = {"R": 4.0, "Q": 6.3, "P": 10.0, "O": 16.0, "A": 25.0, "L": 35.0, "B": 50.0, "C": 100.0}
_FENGHUA_DIELECTRIC = {"CG": "C0G", "B": "X7R", "X": "X5R", "F": "Y5V"}
_METRIC_TO_INCH = {"0603": "0201", "1005": "0402", "1608": "0603"}

_FINE_MULTIPLIER = {"J": 1e-1, "K": 1e-2, "L": 1e-3}  # UNI-ROYAL's last figure below 100 ohm


def decode(mpn: str) -> Reading | None:
    """What the part number says; None for a maker or series whose code is not known here."""
    for pattern, reading in _SERIES:
        match = pattern.match(mpn)
        if match:
            return reading(match)
    return None


def _uniroyal(code: re.Match[str]) -> Reading:
    last = code["last"]
    multiplier = _FINE_MULTIPLIER[last] if last in _FINE_MULTIPLIER else 10.0 ** int(last)
    return Reading(int(code["figures"]) * multiplier, _RELATIVE[code["tolerance"]], size=code["size"])


def _samsung(code: re.Match[str]) -> Reading:
    picofarad = _three_figures(code["value"])
    return Reading(
        picofarad * 1e-12,
        _capacitor_tolerance(code["tolerance"], picofarad),
        _SAMSUNG_VOLT.get(code["volt"]),
        _SAMSUNG_DIELECTRIC.get(code["dielectric"], ""),
        _SAMSUNG_SIZE.get(code["size"], ""),
    )


def _fenghua(code: re.Match[str]) -> Reading:
    picofarad = _three_figures(code["value"])
    return Reading(
        picofarad * 1e-12,
        _capacitor_tolerance(code["tolerance"], picofarad),
        _three_figures(code["volt"]),
        _FENGHUA_DIELECTRIC[code["dielectric"]],
        code["size"],
    )


def _sunlord(code: re.Match[str]) -> Reading:
    nanohenry = float(code["value"].replace("N", "."))
    letter = code["tolerance"]
    tolerance = _ABSOLUTE_NH[letter] / nanohenry if letter in _ABSOLUTE_NH else _RELATIVE.get(letter)
    return Reading(nanohenry * 1e-9, tolerance, size=_METRIC_TO_INCH.get(code["size"], ""))


def _capacitor_tolerance(letter: str, picofarad: float) -> float | None:
    return _ABSOLUTE_PF[letter] / picofarad if letter in _ABSOLUTE_PF else _RELATIVE.get(letter)


def _three_figures(code: str) -> float:
    """104 is 10 and four zeros; R stands for the decimal point, as in 1R5."""
    return float(code.replace("R", ".")) if "R" in code else float(code[:2]) * 10.0 ** int(code[2])


_VALUE = r"(?P<value>\d\d\d|\dR\d)(?P<tolerance>[A-Z])"
_SERIES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...] = (
    (re.compile(r"(?P<size>\d{4})W.(?P<tolerance>[DFGJ])(?P<figures>\d{3})(?P<last>[\dJKL])T"), _uniroyal),
    (re.compile(rf"CL(?P<size>\d\d)(?P<dielectric>[A-Z]){_VALUE}(?P<volt>[A-Z])"), _samsung),
    (re.compile(rf"(?P<size>\d{{4}})(?P<dielectric>CG|B|X|F){_VALUE}(?P<volt>\d\d\d|\dR\d)"), _fenghua),
    (re.compile(r"SDCL(?P<size>\d{4})[A-Z](?P<value>\d+N\d*)(?P<tolerance>[A-Z])"), _sunlord),
)
