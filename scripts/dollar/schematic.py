"""`dollar schematic`: netlist to KiCad schematic, checked and compared with the circuit."""

import json

import typer

from hardware import files, kicad, netlist, paths
from hardware.footprints import library
from hardware.layout import rules
from hardware.schematic import drawings_export, generate, legibility, parity


def command(as_json: bool = typer.Option(False, "--json", help="Print one JSON object")) -> None:
    circuit = netlist.read()
    root = generate.write(circuit, paths.KICAD)
    # KiCad reads library tables only beside a project file, and looks every footprint up; the layout writes the same.
    files.write(paths.KICAD / f"{paths.NAME}.kicad_pro", rules.project())
    library.write(paths.KICAD)

    report = kicad.electrical_rule_report(root, paths.REPORTS / "erc.json")
    findings = [(sheet["path"], finding) for sheet in report["sheets"] for finding in sheet["violations"]]
    differences = parity.differences(circuit, drawings_export.netlist_text(root))
    overlaps = [message for page in generate.pages(circuit) for message in legibility.overlaps(page)]
    sheets = drawings_export.export(root, paths.DRAWINGS)
    ok = not findings and not differences and not overlaps

    if as_json:
        summary = {"erc": len(findings), "netlist_differences": differences, "overlaps": overlaps, "sheets": sheets, "ok": ok}
        print(json.dumps(summary))
    else:
        for sheet, finding in findings:
            items = ", ".join(item["description"] for item in finding["items"])
            print(f"{sheet}: {finding['type']}: {finding['description']}: {items}")
        for message in differences + overlaps:
            print(message)
        print(f"{root.relative_to(paths.ROOT)}: {len(sheets)} sheets, {len(findings)} findings, {len(differences)} differences")
        print(f"to look at: {(paths.DRAWINGS / 'schematic.pdf').relative_to(paths.ROOT)}")
    raise typer.Exit(0 if ok else 1)
