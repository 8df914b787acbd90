"""On which side of its box each pin of a part stands, in order; "" leaves a gap. A table to edit.

A part that is not listed, and a pin that its row does not name, takes the side of its electrical type:
inputs left, outputs and the rest right, supplies top, grounds bottom.
"""

from dataclasses import dataclass

from hardware.parts.part import Part, PinKind

GROUND_NAMES = ("GND", "GNDIO", "VSS", "V-", "-")


@dataclass(frozen=True)
class Sides:
    """Pins by number or by unique name. Grid steps: `width` of the box (0 fits it to the names), `pitch` of its rows."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    bottom: tuple[str, ...] = ()
    width: int = 0
    pitch: int = 2


SIDES: dict[str, Sides] = {
    "PY32F003F18P6TU": Sides(
        left=("PF2/NRST", "PF4/BOOT0", "", "PA13", "PA14", "", "PA2", "PA3", "", "PA1", "PF0", "PF1"),
        right=("PA12", "PA0", "", "PB6", "PB7", "PA6", "", "PA4", "PA5", "PA7", "", "PB5"),
        top=("VCC",),
        bottom=("VSS",),
        width=28,
        pitch=4,
    ),
    # CS and SDO are straps: they stand with the supply that they are tied to.
    "SC7A20HTR": Sides(
        left=("SCL", "SDA"),
        right=("INT1", "INT2", "", "NC4", "NC11"),
        top=("CS", "VDDIO", "VDD"),
        bottom=("SDO", "GNDIO", "GND"),
        width=24,
        pitch=4,
    ),
    # Far enough apart for an upright crystal between XC1 and XC2.
    "Ci24R1": Sides(
        left=("CSN", "", "SCK", "", "DATA"),
        right=("ANT", "", "", "", "XC1", "", "", "", "XC2"),
        top=("VDD",),
        bottom=("VSS",),
        width=20,
    ),
    "programming_pads": Sides(left=("VBAT", "GND"), right=("SWDIO", "SWCLK", "NRST", "BOOT0", "TX", "RX"), width=18, pitch=4),
}


def sides_of(part: Part) -> Sides:
    """The sides of every pin of the part, by pin number. KeyError if the table names a pin that the part has not."""
    row = SIDES.get(part.name, Sides())
    listed = {
        side: [part.pin(name).number if name else "" for name in getattr(row, side)]
        for side in ("left", "right", "top", "bottom")
    }
    known = {number for numbers in listed.values() for number in numbers}
    for pin in part.pins:
        if pin.number not in known:
            if pin.kind in (PinKind.POWER_IN, PinKind.POWER_OUT):
                side = "bottom" if pin.name in GROUND_NAMES else "top"
            else:
                side = "left" if pin.kind == PinKind.INPUT else "right"
            listed[side].append(pin.number)
    return Sides(**{side: tuple(numbers) for side, numbers in listed.items()}, width=row.width, pitch=row.pitch)
