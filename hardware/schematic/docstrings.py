"""What a block does and why: the docstring of its circuit module, so that the page says what the code says."""

import ast
import textwrap
from dataclasses import dataclass
from pathlib import Path

_CIRCUIT = Path(__file__).parent.parent / "circuit"
_WIDTH = 140  # characters on a line of the page


@dataclass(frozen=True)
class Purpose:
    headline: str
    reason: str  # over several lines; empty if the docstring is one line


def purpose_of(block: str) -> Purpose:
    """From hardware/circuit/<block>.py, which is parsed, not run: importing it would load SKiDL."""
    file = _CIRCUIT / f"{block}.py"
    if not file.is_file():
        return Purpose(f"Block {block}", "")
    headline, _, rest = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or f"Block {block}").partition("\n\n")
    headline = " ".join(headline.split())
    return Purpose(headline.rstrip("."), "\n".join(textwrap.wrap(" ".join(rest.split()), _WIDTH)))
