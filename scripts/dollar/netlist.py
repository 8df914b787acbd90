"""`dollar netlist`: circuit to netlist."""

import json

import typer

from hardware import files, netlist, paths
from hardware.circuit.export import export


def command(
    check: bool = typer.Option(False, help="Only compare with the committed netlist; write nothing"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    result = export()
    changed = not netlist.REFERENCE.is_file() or netlist.REFERENCE.read_text(encoding="utf-8") != result.netlist
    if not check and not result.erc_findings:
        files.write(netlist.REFERENCE, result.netlist)
    parsed = netlist.parse(result.netlist)
    if as_json:
        summary = {"parts": len(parsed.components), "nets": len(parsed.nets), "erc": len(result.erc_findings), "changed": changed}
        print(json.dumps(summary))
    else:
        for finding in result.erc_findings:
            print(finding)
        state = "differs from the committed one" if changed else "is the committed one"
        print(f"{len(parsed.components)} parts, {len(parsed.nets)} nets, {len(result.erc_findings)} findings")
        print(f"the netlist {state}")
        if changed and not check:
            print(f"wrote {netlist.REFERENCE.relative_to(paths.ROOT)}: review its diff")
    raise typer.Exit(1 if result.erc_findings or (check and changed) else 0)
