"""`dollar layout`: netlist to board."""

import json
import sys

import typer

from hardware import kicad, netlist, paths
from hardware.layout import board, copper


def command(
    keep: bool = typer.Option(False, help="Make the tracks as routed now the ones that later runs start from"),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object"),
) -> None:
    paths.KICAD.mkdir(parents=True, exist_ok=True)
    routing = board.build(netlist.read())
    routed = {track.net for track in routing.routes.tracks}
    anew = sorted(routed - set(routing.kept))
    for failure in routing.failures:
        print(
            f"error: no way for {failure.net} to {', '.join(failure.pads)}: move a part or draw a track by hand", file=sys.stderr
        )
    if keep and not routing.failures:
        copper.keep(routing)
    elif anew:
        print(f"routed anew: {', '.join(anew)}; if you like them run dollar layout --keep", file=sys.stderr)
    report = kicad.design_rule_report(paths.BOARD, paths.REPORTS / "drc.json", schematic_parity=paths.SCHEMATIC.is_file())
    counts = {
        "drc": len(report["violations"]),
        "unconnected": len(report["unconnected_items"]),
        "parity": len(report["schematic_parity"]),
    }
    ok = not any(counts.values()) and not routing.failures
    if as_json:
        print(json.dumps({**counts, "routed": len(routed), "routed_anew": anew, "ok": ok}))
    else:
        for finding in report["violations"] + report["unconnected_items"] + report["schematic_parity"]:
            print(f"{finding['type']}: {finding['description']}: {', '.join(item['description'] for item in finding['items'])}")
        print(f"{paths.BOARD.relative_to(paths.ROOT)}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    raise typer.Exit(0 if ok else 1)
