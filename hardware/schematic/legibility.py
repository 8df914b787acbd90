"""What lies over what on a page: the checks of a draughtsman's eye that a program can make."""

from itertools import combinations

from hardware.schematic.drawing import PAGE_HEIGHT, PAGE_WIDTH
from hardware.schematic.geometry import Box, Point, around
from hardware.schematic.page import TITLE_BLOCK, Page

_FRAME = Box(9, 9, PAGE_WIDTH - 9, PAGE_HEIGHT - 9)
_HAIR = 0.12  # half of what a line takes, in grid steps
_Named = tuple[str, Box]


def overlaps(page: Page) -> list[str]:
    """A sentence for each text, symbol or wire that lies on another, in the title block or outside the frame."""
    texts, bodies, wires = _texts(page), _bodies(page), _wires(page)
    lines = wires + _pin_lines(page)
    messages = [f"{a} lies on {b}" for (a, one), (b, other) in combinations(texts, 2) if one.overlaps(other)]
    messages += [f"{a} lies on {b}" for (a, one), (b, other) in combinations(bodies, 2) if one.overlaps(other)]
    messages += [f"{a} lies on {b}" for a, text in texts for b, body in bodies if text.overlaps(body)]
    messages += [f"{b} runs through {a}" for a, box in texts for b, line in lines if line.overlaps(box)]
    messages += [f"{b} runs through {a}" for a, box in bodies for b, line in wires if line.overlaps(box)]
    corner = TITLE_BLOCK
    messages += [f"{a} lies in the title block" for a, box in texts + bodies if box.overlaps(corner)]
    messages += [
        f"{a} lies outside the frame" for a, box in texts + bodies if around((*_corners(box), *_corners(_FRAME))) != _FRAME
    ]
    return [f"{page.name}: {message}" for message in messages]


def _texts(page: Page) -> list[_Named]:
    found = [(f"text {text.text} of {symbol.ref}", text.box) for symbol in page.symbols for text in symbol.texts]
    found += [(f"note {text.text.splitlines()[0]!r}", text.box) for text in page.texts]
    found += [(f"label {label.net}", label.box) for label in page.labels]
    return [(name, box.grown(-_HAIR)) for name, box in found]


def _bodies(page: Page) -> list[_Named]:
    return [(f"symbol {symbol.ref}", symbol.body.grown(-_HAIR)) for symbol in page.symbols]


def _wires(page: Page) -> list[_Named]:
    return [(f"wire at {start.x:g}, {start.y:g}", _thin(start, end)) for start, end in page.wires]


def _pin_lines(page: Page) -> list[_Named]:
    """The lines from the pins' ends to the bodies."""
    lines = []
    for symbol in page.symbols:
        for pin in symbol.symbol.pins:
            at, outward = symbol.pin_at(pin.pin.number), symbol.pin_outward(pin.pin.number)
            lines.append((f"pin {pin.pin.number} of {symbol.ref}", _thin(at.plus(outward, -pin.length), at)))
    return lines


def _thin(start: Point, end: Point) -> Box:
    return around((start, end)).grown(_HAIR / 2)


def _corners(box: Box) -> tuple[Point, Point]:
    return Point(box.left, box.top), Point(box.right, box.bottom)
