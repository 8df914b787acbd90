"""What stands on a page of the schematic, before it is written as a KiCad file. Positions in grid steps."""

from dataclasses import dataclass, field

from hardware.schematic.geometry import DOWN, STEP_MM, Box, Point, turned, turned_box
from hardware.schematic.symbol import Symbol, SymbolPin

TITLE_BLOCK = Box(139, 135, 233, 165)  # the corner that KiCad's drawing sheet takes
TEXT_MM = 1.5  # of names, values and notes: read easily on a printed A4 page
_CHARACTER_WIDTH = 0.98  # of KiCad's stroke font, as a share of its size: measured on capitals


@dataclass(frozen=True)
class Text:
    """A line or lines of text. `justify` is horizontal: left, right or centre; vertically it is centred on `at`."""

    text: str
    at: Point
    justify: str = "left"
    size_mm: float = TEXT_MM
    bold: bool = False

    @property
    def box(self) -> Box:
        lines = self.text.split("\n")
        width = max(len(line) for line in lines) * _CHARACTER_WIDTH * self.size_mm / STEP_MM
        height = len(lines) * 1.6 * self.size_mm / STEP_MM
        left = self.at.x - {"left": 0.0, "centre": width / 2, "right": width}[self.justify]
        return Box(left, self.at.y - height / 2, left + width, self.at.y + height / 2)


@dataclass(frozen=True)
class PlacedSymbol:
    symbol: Symbol
    ref: str
    value: str
    at: Point
    uuid: str
    rotation: int = 0
    mirrored: bool = False
    reference_text: Text | None = None  # None: not shown
    value_text: Text | None = None
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def body(self) -> Box:
        return turned_box(self.symbol.body, self.rotation, self.mirrored).moved(self.at)

    def pin_at(self, number: str) -> Point:
        return turned(self._pin(number).at, self.rotation, self.mirrored).plus(self.at)

    def pin_outward(self, number: str) -> Point:
        return turned(self._pin(number).outward, self.rotation, self.mirrored)

    def _pin(self, number: str) -> SymbolPin:
        return next(pin for pin in self.symbol.pins if pin.pin.number == number)

    @property
    def texts(self) -> list[Text]:
        return [text for text in (self.reference_text, self.value_text) if text is not None]


@dataclass(frozen=True)
class NetLabel:
    """A local label, or a hierarchical one (`shape` set), at a wire; `outward` is where its text runs."""

    net: str
    at: Point
    outward: Point
    shape: str = ""

    @property
    def box(self) -> Box:
        length = (len(self.net) * _CHARACTER_WIDTH + (1.4 if self.shape else 0.2)) * TEXT_MM / STEP_MM
        far = self.at.plus(self.outward, length)
        above, below = (0.9, 0.9) if self.shape else (1.7, 0.0)
        if self.outward.y:
            return Box(self.at.x - above, min(self.at.y, far.y), self.at.x + below, max(self.at.y, far.y))
        return Box(min(self.at.x, far.x), self.at.y - above, max(self.at.x, far.x), self.at.y + below)


@dataclass(frozen=True)
class SheetPin:
    net: str
    at: Point
    outward: Point
    shape: str


@dataclass(frozen=True)
class SheetBox:
    block: str
    box: Box
    pins: tuple[SheetPin, ...]


@dataclass
class Page:
    """A page being drawn."""

    name: str  # of the block; "root"
    number: int
    title: str
    symbols: list[PlacedSymbol] = field(default_factory=list)
    wires: list[tuple[Point, Point]] = field(default_factory=list)
    junctions: list[Point] = field(default_factory=list)
    no_connects: list[Point] = field(default_factory=list)
    labels: list[NetLabel] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    sheets: list[SheetBox] = field(default_factory=list)


def heading(headline: str, reason: str) -> list[Text]:
    """What the page shows, top left, and why it is so in smaller letters below."""
    at = Point(13, 14)
    texts = [Text(headline, at, size_mm=2.2, bold=True)]
    if reason:
        texts.append(Text(reason, at.plus(DOWN, 2.2 + 0.95 * (reason.count("\n") + 1))))
    return texts
