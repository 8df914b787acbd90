"""KiCad's file syntax: nested lists in parentheses, read to and written from Python lists.

An atom is a `str`; a quoted atom is a `Quoted`, so that writing gives back what was read.
"""

import re
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(r'\(|\)|"((?:[^"\\]|\\.)*)"|[^\s()"]+')


class Quoted(str):
    """A quoted atom."""


Node = list[Any]  # of str, Quoted and Node


def parse(text: str) -> Node:
    """The one expression in the text. ValueError when the parentheses do not match."""
    stack: list[Node] = []
    current: Node = []
    for match in _TOKEN.finditer(text):
        token = match.group(0)
        if token == "(":
            stack.append(current)
            current = []
        elif token == ")":
            if not stack:
                raise ValueError(f"unmatched ) at character {match.start()}")
            done, current = current, stack.pop()
            current.append(done)
        elif token.startswith('"'):
            current.append(Quoted(match.group(1).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")))
        else:
            current.append(token)
    if stack or len(current) != 1:
        raise ValueError("not one complete expression")
    (expression,) = current
    if not isinstance(expression, list):
        raise ValueError("not an expression in parentheses")
    return expression


def dump(node: Node | str | float | int, indent: int = 0) -> str:
    """The text of an expression; lists that hold lists go over several lines."""
    if isinstance(node, Quoted):
        escaped = node.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(node, float):
        return f"{round(node, 6):g}" if abs(node) < 1e5 else f"{node:.6f}"
    if not isinstance(node, list):
        return str(node)
    atoms = [item for item in node if not isinstance(item, list)]
    lists = [item for item in node if isinstance(item, list)]
    if not any(isinstance(inner, list) for item in lists for inner in item):
        return "(" + " ".join(dump(item) for item in node) + ")"
    start = "\n" + "\t" * (indent + 1)
    lines = "".join(start + dump(item, indent + 1) for item in lists)
    return f"({' '.join(dump(atom) for atom in atoms)}{lines}\n{start[1:-1]})"


def children(node: Node, name: str) -> Iterator[Node]:
    """The lists within the node that start with that name."""
    return (item for item in node if isinstance(item, list) and item and item[0] == name)


def child(node: Node, name: str) -> Node | None:
    """The first list within the node that starts with that name."""
    return next(children(node, name), None)


def value(node: Node, name: str, default: str = "") -> str:
    """The atom in (name atom) within the node."""
    found = child(node, name)
    return str(found[1]) if found is not None and len(found) > 1 and not isinstance(found[1], list) else default
