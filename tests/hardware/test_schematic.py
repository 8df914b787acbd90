"""The schematic as KiCad reads it: rule check, comparison with the circuit, and what happens when the circuit moves on."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from faults import add, define, reconnect, remove
from typer.testing import CliRunner

from hardware import files, kicad, netlist, paths, sexpr
from hardware.circuit.board import circuit
from hardware.circuit.placing import POWER
from hardware.errors import InputError
from hardware.footprints import library
from hardware.layout import rules
from hardware.netlist import Netlist
from hardware.schematic import generate, identity, legibility, parity
from hardware.schematic.drawing import Drawing, Label, Place, Port
from hardware.schematic.drawings import drawings
from hardware.schematic.drawings_export import export, netlist_text
from scripts.dollar import schematic as schematic_command


@pytest.fixture(scope="module")
def board() -> Netlist:
    return netlist.read()


@pytest.fixture(scope="module")
def schematic(board: Netlist, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(board, tmp_path_factory.mktemp("schematic"))


@pytest.fixture(scope="module")
def exported(schematic: Path) -> str:
    return netlist_text(schematic)


def written(circuit: Netlist, folder: Path) -> Path:
    """The schematic with what KiCad wants beside it; returns its root."""
    library.write(folder)
    files.write(folder / f"{paths.NAME}.kicad_pro", rules.project())
    return generate.write(circuit, folder)


def changed(block: str, **rows: Any) -> dict[str, Drawing]:
    """The project's drawing tables, one of them with other rows."""
    tables = drawings()
    return {**tables, block: replace(tables[block], **rows)}


def findings(root: Path) -> list[str]:
    report = kicad.electrical_rule_report(root, root.parent / "erc.json")
    return [f"{finding['type']}: {finding['description']}" for sheet in report["sheets"] for finding in sheet["violations"]]


def test_kicad_finds_nothing_in_it(schematic: Path) -> None:
    assert findings(schematic) == []


def test_no_rule_is_switched_off() -> None:
    assert "ignore" not in json.loads(rules.project()).get("erc", {}).get("rule_severities", {}).values()


def test_kicad_finds_an_undriven_supply(board: Netlist, tmp_path: Path) -> None:
    """The rule check is really on: without its flag VMIC has no source."""
    written(board, tmp_path)
    root = generate.write(board, tmp_path, changed("audio", flags=()))
    assert any(finding.startswith("power_pin_not_driven") for finding in findings(root))


def test_it_is_the_circuit(board: Netlist, exported: str) -> None:
    assert parity.differences(board, exported) == []


def test_each_component_appears_once(board: Netlist) -> None:
    refs = [s.ref for page in generate.pages(board) for s in page.symbols if not s.symbol.is_power]
    assert sorted(refs) == sorted(board.components)


def test_pages_are_legible(board: Netlist) -> None:
    assert [message for page in generate.pages(board) for message in legibility.overlaps(page)] == []


def test_a_part_on_top_of_another_is_noticed(board: Netlist) -> None:
    *others, r6, c14 = drawings()["audio"].places
    places = (*others, r6, replace(c14, x=r6.x, y=r6.y))
    messages = [
        message for page in generate.pages(board, changed("audio", places=places)) for message in legibility.overlaps(page)
    ]
    assert any("symbol R6 lies on symbol C14" in message for message in messages)


def test_flags_stand_on_the_nets_that_the_circuit_says_are_driven() -> None:
    driven = {net.name for net in circuit().get_nets() if net.drive == POWER}
    assert {flag.net for drawing in drawings().values() for flag in drawing.flags} == driven


# What differences() notices ---------------------------------------------------------------------


def test_a_changed_value_is_noticed(board: Netlist, exported: str) -> None:
    assert parity.differences(define(board, "R6", "R_220"), exported)[:1] == [
        "R6 has value '1k' in the schematic, '220' in the circuit"
    ]


@pytest.mark.parametrize("field", ["footprint", "lcsc", "mpn"])
def test_a_changed_field_is_noticed(board: Netlist, exported: str, field: str) -> None:
    other = replace(board.components["R6"], **{field: "other"})
    (message,) = parity.differences(Netlist({**board.components, "R6": other}, board.nets), exported)
    assert message.startswith("R6 has")
    assert message.endswith("'other' in the circuit")


def test_a_cut_net_is_noticed(board: Netlist, exported: str) -> None:
    messages = parity.differences(reconnect(board, "U2", "SCL", None), exported)
    assert messages == ["net I2C_SCL has U2.12 in the schematic, not in the circuit"]


def test_a_cut_wire_is_noticed(board: Netlist, tmp_path: Path) -> None:
    root = written(board, tmp_path)
    sheet = tmp_path / "audio.kicad_sch"
    tree = sexpr.parse(sheet.read_text(encoding="utf-8"))
    tree.remove(max(sexpr.children(tree, "wire"), key=lambda wire: str(wire)))
    sheet.write_text(sexpr.dump(tree), encoding="utf-8")
    assert parity.differences(board, netlist_text(root))


def test_a_missing_and_an_extra_part_are_noticed(board: Netlist, exported: str) -> None:
    assert "C2 is in the schematic only" in parity.differences(remove(board, "C2"), exported)
    more = add(board, "C99", "C_100n", "mcu", {"1": "VBAT", "2": "GND"})
    assert "C99 is not in the schematic" in parity.differences(more, exported)


# When the circuit moves on ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "block", "nets"),
    [
        ("C_100n", "mcu", {"1": "VBAT", "2": "GND"}),  # supplies only
        ("R_1k", "audio", {"1": "MIC_OUT", "2": "VMIC"}),  # an internal net of the block
        ("R_100k", "radio", {"1": "VBAT", "2": "RF_CSN"}),  # a net that leaves the block
        ("C_1u", "motion", {"1": "MIC_OUT", "2": "NEW"}),  # an internal net of another block, and a new net
        ("LMV321IDBVR", "audio", {"IN+": "MIC_OUT", "IN-": "AMP_FB", "OUT": "TAP", "V+": "VMIC", "V-": "GND"}),
        ("R_1k", "sounder", {"1": "LED", "2": "GND"}),  # a block without a table
    ],
)
def test_a_part_without_a_row_is_wired_by_labels(
    board: Netlist, tmp_path: Path, part: str, block: str, nets: dict[str, str]
) -> None:
    grown = add(board, "X99", part, block, nets)
    assert parity.differences(grown, netlist_text(generate.write(grown, tmp_path))) == []
    assert [message for page in generate.pages(grown) for message in legibility.overlaps(page)] == []


def test_a_row_for_a_part_that_is_gone_is_an_input_error(board: Netlist, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape("drawings/mcu.py: the row Place('C2', ...) is for C2")):
        generate.write(remove(board, "C2"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_second_row_for_a_part_is_an_input_error(board: Netlist) -> None:
    tables = changed("power", places=(*drawings()["power"].places, Place("C1", 50, 50)))
    with pytest.raises(InputError, match="C1 has two Place rows"):
        generate.pages(board, tables)


def test_a_row_for_a_net_that_is_gone_is_an_input_error(board: Netlist) -> None:
    with pytest.raises(InputError, match=r"root\.py: block mcu has a pin ACC_INT"):
        generate.pages(reconnect(board, "U2", "INT1", None))
    port = changed("audio", ports=(*drawings()["audio"].ports, Port("MIC_OUT", 150, 60)))
    with pytest.raises(InputError, match=r"audio\.py: a Port row is for net MIC_OUT, which does not leave block audio"):
        generate.pages(board, port)
    label = changed("audio", labels=(Label("SPEECH", 50, 50),))
    with pytest.raises(InputError, match=r"audio\.py: a Label row is for net SPEECH, which block audio does not have"):
        generate.pages(board, label)


def test_notes_are_computed_from_the_values(board: Netlist) -> None:
    def notes(circuit: Netlist) -> str:
        return "\n".join(text.text for page in generate.pages(circuit) for text in page.texts)

    assert "Gain 101" in notes(board)
    assert "Gain 456" in notes(define(board, "R6", "R_220"))


# What the layout relies on ----------------------------------------------------------------------


def test_identity_says_what_kicad_says(board: Netlist, exported: str) -> None:
    tree = sexpr.parse(exported)
    names = {
        (sexpr.value(node, "ref"), sexpr.value(node, "pin")): sexpr.value(net, "name")
        for net in sexpr.children(sexpr.child(tree, "nets") or [], "net")
        for node in sexpr.children(net, "node")
    }
    for component in board.components.values():
        for pin in component.part.pins:
            assert identity.kicad_pad_net(board, component.ref, pin.number) == names[component.ref, pin.number]
    for node in sexpr.children(sexpr.child(tree, "components") or [], "comp"):
        sheet = sexpr.value(sexpr.child(node, "sheetpath") or [], "tstamps")
        component = board.components[sexpr.value(node, "ref")]
        assert identity.footprint_path(component) == sheet + sexpr.value(node, "tstamps")


def test_only_bought_parts_are_in_the_bill_of_materials(board: Netlist, exported: str) -> None:
    tree = sexpr.parse(exported)
    left_out = {
        sexpr.value(node, "ref")
        for node in sexpr.children(sexpr.child(tree, "components") or [], "comp")
        if "exclude_from_bom" in {sexpr.value(entry, "name") for entry in sexpr.children(node, "property")}
    }
    assert left_out == {ref for ref, component in board.components.items() if not component.part.is_bought}


# Files ------------------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes(board: Netlist, tmp_path: Path) -> None:
    def run(folder: Path) -> dict[str, bytes]:
        folder.mkdir()
        export(written(board, folder / "kicad"), folder / "drawings")
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    first, second = run(tmp_path / "first"), run(tmp_path / "second")
    assert first == second
    assert {"drawings/schematic.pdf", "drawings/schematic/audio.svg", "kicad/dollar.kicad_sym"} <= first.keys()


def test_the_command_says_that_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KICAD", "REPORTS", "DRAWINGS"):
        monkeypatch.setattr(paths, name, tmp_path / name)
    app = typer.Typer()
    app.command()(schematic_command.command)
    result = CliRunner().invoke(app, ["--json"])
    assert result.exit_code == 0
    summary = json.loads(result.stdout)
    sheets = ["audio", "mcu", "motion", "power", "programming", "radio", "root"]
    assert summary == {"erc": 0, "netlist_differences": [], "overlaps": [], "sheets": sheets, "ok": True}
