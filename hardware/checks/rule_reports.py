"""What KiCad's own checks find, as sentences, and what was told to be overlooked."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from hardware import kicad, tables
from hardware.errors import InputError

_IGNORING_RULE = re.compile(r"\(\s*severity\s+(ignore|exclusion)\s*\)")


class DesignRules(NamedTuple):
    violations: list[str]
    unconnected: list[str]
    parity: list[str]  # board against schematic


def design_rules(board: Path, report: Path, *, schematic_parity: bool) -> DesignRules:
    """Design rule check, every severity, excluded findings included. Parity is empty unless asked for."""
    found = kicad.design_rule_report(board, report, schematic_parity=schematic_parity)
    return DesignRules(
        *([_sentence(item) for item in found.get(key, [])] for key in ("violations", "unconnected_items", "schematic_parity"))
    )


def electrical_rules(schematic: Path, report: Path) -> list[str]:
    """Electrical rule check of all sheets, every severity."""
    found = kicad.electrical_rule_report(schematic, report)
    return [_sentence(item) for sheet in found["sheets"] for item in sheet["violations"]]


def exclusions(project: Path) -> list[str]:
    """Findings and rules that the project file, or the rules beside it, tell KiCad to overlook."""
    name = tables.shown(project)
    try:
        settings = json.loads(project.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{name} is missing: run dollar layout, which writes it") from None
    except ValueError as error:
        raise InputError(f"{name} is no project of KiCad ({error}): run dollar layout, which writes it again") from None
    design = settings.get("board", {}).get("design_settings", {})
    electrical = settings.get("erc", {})
    found = [
        f"{name} excludes {_text(item)}" for item in [*design.get("drc_exclusions", []), *electrical.get("erc_exclusions", [])]
    ]
    severities = {**design.get("rule_severities", {}), **electrical.get("rule_severities", {})}
    found += [f"{name} ignores {rule}" for rule, severity in sorted(severities.items()) if severity == "ignore"]
    rules = project.with_suffix(".kicad_dru")
    if rules.is_file():
        count = len(_IGNORING_RULE.findall(rules.read_text(encoding="utf-8")))
        found += [f"{tables.shown(rules)} has a rule that overlooks what it finds"] * count
    return found


def _sentence(item: dict[str, Any]) -> str:
    places = [f"{thing['description']} at ({thing['pos']['x']:g}, {thing['pos']['y']:g})" for thing in item["items"]]
    return f"{item['type']}: {item['description']}" + "".join(f"; {place}" for place in places)


def _text(item: object) -> str:
    """KiCad 9 writes an exclusion as text, or as a pair of text and comment."""
    return str(item[0]) if isinstance(item, list) and item else str(item)
