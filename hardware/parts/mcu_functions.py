"""What each pin of the PY32F003 (TSSOP-20, F1 pinout) can do: alternate functions, ADC channels, EXTI lines.

The table is mcu_functions.csv: pin, function, and the number that the AFR register takes, or `analog` for ADC inputs.
Source: PY32F003 datasheet rev. 1.2, tables 4-2 to 4-5. Their text is damaged in the rows PF0 to PF2 and, by one column,
PA5 (LPTIM_ETR) and PA6 (TIM16_CH1): of the functions there the firmware needs none.
"""

from dataclasses import dataclass
from pathlib import Path

from hardware import tables

TABLE = Path(__file__).with_name("mcu_functions.csv")
ANALOG = "analog"
LAST_FUNCTION = 15  # AFR has four bits a pin


@dataclass(frozen=True)
class PinFunction:
    """A function that a pin offers. `selector` is the value for AFR; None for an ADC input."""

    pin: str
    name: str
    selector: int | None

    @property
    def adc_channel(self) -> int | None:
        return int(self.name.removeprefix("ADC_IN")) if self.selector is None else None


def read(path: Path = TABLE) -> tuple[PinFunction, ...]:
    """The whole table. InputError names the line that is wrong."""
    functions = []
    for row in tables.read(path, ("pin", "function", "selector")):
        analog = row.fields["selector"] == ANALOG
        selector = None if analog else row.whole("selector")
        if selector is not None and selector > LAST_FUNCTION:
            raise row.fault(f"selector is {selector}: write {ANALOG} or a number from 0 to {LAST_FUNCTION}")
        functions.append(PinFunction(row.text("pin"), row.text("function"), selector))
    return tuple(functions)
