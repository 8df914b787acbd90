"""The trees as a string of bytes that the generated C walks.

A node is three bytes: its feature; its threshold in 8 bits, of the feature shifted right; and a third one. After it comes
what is above the threshold, but for the bytes of what is below, which stands between. Numbers from `first_leaf` on are
leaves: first_leaf + i says distribution i. What follows a node begins with such a number, or with a feature.

    feature  threshold  leaf      above...            if a leaf is below
    feature  threshold  distance  below...  above...  otherwise; distance is the length of `below`
"""

from dataclasses import dataclass

from firmware.model.forest.conversion import Arrays
from firmware.model.forest.grid import Shifts
from hardware.errors import InputError

BYTE = 256


@dataclass(frozen=True)
class Encoded:
    trees: tuple[bytes, ...]
    first_leaf: int


def encode(arrays: Arrays, features: int, shift: Shifts) -> Encoded:
    """Raises InputError for what bytes cannot hold."""
    first_leaf = BYTE - len(arrays.distributions)
    if features > first_leaf:
        raise InputError(
            f"{features} features and {len(arrays.distributions)} distributions are more than {BYTE}: "
            "let the leaves share fewer distributions"
        )

    def subtree(place: int) -> bytes:
        if place < 0:
            return bytes([first_leaf - 1 - place])
        node = arrays.nodes[place]
        limit = node.threshold >> shift[node.feature]
        below = subtree(node.below)
        if len(below) > 1 and len(below) >= first_leaf:
            raise InputError("a tree is too large for its format: allow fewer leaves a tree, and more trees")
        third = below if len(below) == 1 else bytes([len(below)]) + below
        return bytes([node.feature]) + int(limit).to_bytes(1, "little", signed=True) + third + subtree(node.above)

    return Encoded(tuple(subtree(root) for root in arrays.roots), first_leaf)
