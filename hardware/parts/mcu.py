"""Puya PY32F003F18P6TU: Cortex-M0+, TSSOP-20, F1 pinout.

The firmware keeps to 32 kB flash and 4 kB RAM, so the F16 part (32 kB / 4 kB) fits the same pads; the F18
is cheaper and better stocked. The F2 pinout code is another pinout: never mix.
"""

from hardware.parts.part import Alternate, Decoupling, LogicLevels, Part, Pin, PinKind, Polarity, Source, Supply

_DATASHEET = "PY32F003 datasheet rev. 1.2"
_IO = PinKind.BIDIRECTIONAL
_PIN_CURRENT_MAX_MA = 20.0  # datasheet section 6: absolute maximum of one pin


def _io(number: int, name: str) -> Pin:
    return Pin(str(number), name, _IO, domain="VCC", current_max_ma=_PIN_CURRENT_MAX_MA)


PY32F003 = Part(
    name="PY32F003F18P6TU",
    value="PY32F003F18P6TU",
    reference="U",
    footprint="Package_SO:TSSOP-20_4.4x6.5mm_P0.65mm",
    mpn="PY32F003F18P6TU",
    manufacturer="Puya",
    lcsc="C5379864",
    description="Cortex-M0+ 24 MHz, 64 kB flash, 8 kB RAM, TSSOP-20",
    pins=(
        _io(1, "PA2"),
        _io(2, "PA3"),
        _io(3, "PA4"),
        _io(4, "PA5"),
        _io(5, "PA6"),
        _io(6, "PA7"),
        Pin("7", "VSS", PinKind.POWER_IN),
        _io(8, "PA12"),
        Pin("9", "VCC", PinKind.POWER_IN),
        _io(10, "PA13"),
        _io(11, "PA14"),
        _io(12, "PB5"),
        _io(13, "PB6"),
        _io(14, "PB7"),
        Pin("15", "PF4/BOOT0", PinKind.INPUT, domain="VCC", current_max_ma=_PIN_CURRENT_MAX_MA),
        _io(16, "PF0"),
        _io(17, "PF1"),
        Pin("18", "PF2/NRST", PinKind.INPUT, domain="VCC", current_max_ma=_PIN_CURRENT_MAX_MA),
        _io(19, "PA0"),
        _io(20, "PA1"),
    ),
    supplies={"VCC": Supply(operating_min_v=1.7, operating_max_v=5.5, absolute_max_v=6.25)},
    levels=LogicLevels(input_low_max=0.3, input_high_min=0.7, output_low_max=0.15, output_high_min=0.85, load_max_ma=2.0),
    decoupling=(
        Decoupling("VCC", "VSS", 100e-9, distance_mm=3.0),
        Decoupling("VCC", "VSS", 1e-6, distance_mm=6.0),
    ),
    polarity=Polarity(pin="1", part_mark="round dimple at pin 1", board_mark="triangle beside pad 1"),
    alternates=(
        Alternate("PY32F003F16P6TU", "C3018713", drop_in=True, note="32 kB / 4 kB, same F1 pinout; not in the price list"),
        Alternate("PY32F003F16U6TR", "C3018714", drop_in=False, note="QFN20"),
    ),
    rotation_offset_deg=270.0,
    sources={
        "pinout": Source(f"{_DATASHEET}, table 4-2 (F1)", verified=True),
        "ratings": Source(f"{_DATASHEET}, tables 6-1, 6-4, 6-18 and 6-19", verified=True),
        "output_levels": Source(
            f"{_DATASHEET}, table 6-19: 0.4 V at 8 mA from 2.7 V; scaled to 15 % of supply at no more than 2 mA", verified=True
        ),
        "footprint": Source(f"{_DATASHEET}, section 7.2; KiCad 9 library", verified=True),
        "rotation": Source("Fabrication-Toolkit transformations.csv, rule TSSOP (2026-04-03)", verified=True),
    },
    facts={
        "pin_output_ohm": 50.0,  # 0.4 V at 8 mA, table 6-19
        "start_above_v": 0.04,  # hysteresis of the power-on reset, of its family (?)
        "run_24mhz_ma": 1.5,  # table 6-7, peripherals on
        "sleep_24mhz_ma": 0.6,  # table 6-8, lowest
        "adc_input_f": 5e-12,  # table 6-21
        "adc_bits": 12,
        "stop_ua": 4.5,  # table 6-9, regulator at 1.0 V
    },
)
