"""Whether the schematic, as KiCad exports it, is the circuit: components with their fields, nets with their pins."""

from hardware import sexpr
from hardware.netlist import Netlist

FIELDS = ("value", "footprint", "LCSC", "MPN")


def differences(skidl: Netlist, exported_text: str) -> list[str]:
    """What differs between the circuit and a netlist that `kicad-cli sch export netlist` wrote; a sentence each.

    Net names are compared without KiCad's sheet path; declared open pins are on no net.
    """
    tree = sexpr.parse(exported_text)
    return _component_differences(skidl, tree) + _net_differences(skidl, tree)


def _component_differences(skidl: Netlist, tree: sexpr.Node) -> list[str]:
    expected = {
        ref: {"value": c.value, "footprint": c.footprint, "LCSC": c.lcsc, "MPN": c.mpn} for ref, c in skidl.components.items()
    }
    found: dict[str, dict[str, str]] = {}
    messages = []
    for node in sexpr.children(sexpr.child(tree, "components") or [], "comp"):
        ref = sexpr.value(node, "ref")
        if ref in found:
            messages.append(f"{ref} is more than once in the schematic")
        found[ref] = _fields(node)
    messages += [f"{ref} is not in the schematic" for ref in expected if ref not in found]
    messages += [f"{ref} is in the schematic only" for ref in sorted(found) if ref not in expected]
    for ref in expected.keys() & found.keys():
        messages += [
            f"{ref} has {field} {found[ref][field]!r} in the schematic, {expected[ref][field]!r} in the circuit"
            for field in FIELDS
            if found[ref][field] != expected[ref][field]
        ]
    return sorted(messages)


def _fields(node: sexpr.Node) -> dict[str, str]:
    named = {
        sexpr.value(field, "name"): str(field[2]) if len(field) > 2 else ""
        for field in sexpr.children(sexpr.child(node, "fields") or [], "field")
    }
    return {
        "value": sexpr.value(node, "value"),
        "footprint": sexpr.value(node, "footprint"),
        "LCSC": named.get("LCSC", ""),
        "MPN": named.get("MPN", ""),
    }


def _net_differences(skidl: Netlist, tree: sexpr.Node) -> list[str]:
    expected = {name: {f"{t.ref}.{t.number}" for t in terminals} for name, terminals in skidl.nets.items()}
    found: dict[str, set[str]] = {}
    messages = []
    for node in sexpr.children(sexpr.child(tree, "nets") or [], "net"):
        name = sexpr.value(node, "name")
        pins = {f"{sexpr.value(n, 'ref')}.{sexpr.value(n, 'pin')}" for n in sexpr.children(node, "node")}
        if name.startswith("unconnected-("):
            continue
        short = name.rsplit("/", 1)[-1]
        if short in found:
            messages.append(f"two nets of the schematic are named {short}")
        found[short] = pins
    messages += [f"net {name} is not in the schematic" for name in expected if name not in found]
    messages += [f"net {name} is in the schematic only" for name in found if name not in expected]
    for name in expected.keys() & found.keys():
        missing, extra = expected[name] - found[name], found[name] - expected[name]
        messages += [f"net {name} lacks {pin} in the schematic" for pin in sorted(missing)]
        messages += [f"net {name} has {pin} in the schematic, not in the circuit" for pin in sorted(extra)]
    return sorted(messages)
