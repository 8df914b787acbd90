from dataclasses import replace

import pytest
from faults import define

from hardware import netlist as netlists
from hardware.checks.order_codes import faults, findings
from hardware.netlist import Netlist
from hardware.parts import PARTS, catalogue, maker_codes
from hardware.parts.part import Alternate


@pytest.fixture
def board() -> Netlist:
    return netlists.read()


def changed(board: Netlist, ref: str, **fields: str) -> Netlist:
    return Netlist({**board.components, ref: replace(board.components[ref], **fields)}, board.nets)


def first_of(board: Netlist, part: str) -> str:
    return board.of_part(part)[0].ref


def test_the_board_is_clean(board: Netlist) -> None:
    assert findings(board) == []


def test_a_resistor_with_the_code_of_another_value_is_found_by_both_witnesses(board: Netlist) -> None:
    ref = first_of(board, "R_4.7k")
    found = findings(changed(board, ref, lcsc="C11702"))  # a 1 k
    assert any(f == f"{ref}: value is 4.7k, but order code C11702 is 1000 (resistance in SI units)" for f in found)
    assert any(f == f"{ref}: value is 4.7k, but maker's code 0402WGF1001TCE is 1000 (resistance in SI units)" for f in found)


def test_a_value_edited_in_the_netlist_only_is_found(board: Netlist) -> None:
    ref = first_of(board, "C_100n")
    found = findings(changed(board, ref, value="1u"))
    assert f"{ref}: value is 1u, but order code C1525 is 1e-07 (capacitance in SI units)" in found


def test_a_makers_number_that_is_not_the_codes_is_found(board: Netlist) -> None:
    ref = first_of(board, "R_1k")
    found = findings(changed(board, ref, mpn="0402WGF1002TCE"))  # a 10 k of the same maker
    assert f"{ref}: is said to be '0402WGF1002TCE', but C11702 is '0402WGF1001TCE'" in found
    assert f"{ref}: value is 1k, but maker's code 0402WGF1002TCE is 10000 (resistance in SI units)" in found


def test_a_footprint_of_another_size_is_found_by_both_witnesses(board: Netlist) -> None:
    ref = first_of(board, "C_1u")
    footprint = "Capacitor_SMD:C_0603_1608Metric"
    assert findings(changed(board, ref, footprint=footprint)) == [
        f"{ref}: footprint {footprint} does not take C52923, whose package is 0402",
        f"{ref}: footprint is {footprint}, but maker's code CL05A105KA5NQNC is of size 0402",
    ]


def test_a_chip_in_the_wrong_package_is_found(board: Netlist) -> None:
    ref = first_of(board, "PY32F003F18P6TU")
    found = findings(changed(board, ref, lcsc="C3018714", mpn="PY32F003F16U6TR"))  # the QFN variant
    assert f"{ref}: footprint {board.components[ref].footprint} does not take C3018714, whose package is QFN-20-EP(3x3)" in found
    assert f"{ref}: PY32F003F18P6TU has 20 pins, but C3018714 has 21 joints" in found


def test_a_holder_whose_footprint_was_drawn_for_another_is_found(board: Netlist) -> None:
    ref = first_of(board, "BS-02-A1AJ010")
    assert any("does not take C70376" in f for f in findings(changed(board, ref, lcsc="C70376", mpn="BS-2-1")))


def test_an_unknown_order_code_is_found(board: Netlist) -> None:
    assert findings(changed(board, "R1", lcsc="C999999999")) == [
        "R1: order code C999999999 is not in hardware/parts/catalogue.csv: correct it or add its row"
    ]


@pytest.mark.parametrize(("field", "words"), [("footprint", "has no footprint"), ("lcsc", "has no order code")])
def test_a_missing_field_is_found(board: Netlist, field: str, words: str) -> None:
    assert any(f.startswith("R1: ") and words in f for f in findings(changed(board, "R1", **{field: ""})))


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"tolerance": 0.05}, "tolerance is 0.05, but order code C1525 has 0.1"),
        ({"voltage_max_v": 50.0}, "voltage rating is 50 V, but order code C1525 has 16 V"),
        ({"dielectric": "C0G"}, "dielectric is C0G, but maker's code CL05B104KO5NNNC is X7R"),
        ({"nominal": 1e-6}, "value 100n is not the 1e-06 of C_100n's rating"),
    ],
)
def test_a_rating_that_the_code_does_not_have_is_found(board: Netlist, rating: dict[str, object], words: str) -> None:
    part = PARTS["C_100n"]
    assert part.rating
    ref = first_of(board, "C_100n")
    wrong = define(board, ref, replace(part, rating=replace(part.rating, **rating)))  # type: ignore[arg-type]
    assert f"{ref}: {words}" in findings(wrong)


def test_a_crystal_of_another_frequency_is_found(board: Netlist) -> None:
    part = PARTS["CXB006XMD184"]
    assert part.rating
    other = replace(part, value="32MHz", rating=replace(part.rating, nominal=32e6))
    found = findings(define(board, "Y1", other))
    assert "Y1: value is 32MHz, but order code C19723483 is 1.6e+07 (frequency in SI units)" in found


def test_a_drop_in_alternate_of_another_package_is_found(board: Netlist) -> None:
    part = replace(PARTS["C_47u"], alternates=(Alternate("CL05A106MQ5NUNC", "C15525", drop_in=True),))
    component = define(board, "C1", part).components["C1"]
    assert list(faults(component, catalogue.load())) == [
        "alternate CL05A106MQ5NUNC (C15525) is said to drop in, but its package 0402 does not fit"
    ]


@pytest.mark.parametrize(
    ("mpn", "nominal", "tolerance", "volt", "dielectric", "size"),
    [
        ("0402WGF1003TCE", 100e3, 0.01, None, "", "0402"),
        ("0402WGF4701TCE", 4.7e3, 0.01, None, "", "0402"),
        ("0402WGF100JTCE", 10.0, 0.01, None, "", "0402"),  # J: a tenth
        ("0603WAJ0103T5E", 10e3, 0.05, None, "", "0603"),
        ("CL05B104KO5NNNC", 100e-9, 0.10, 16.0, "X7R", "0402"),
        ("CL21A476MQYNNNE", 47e-6, 0.20, 6.3, "X5R", "0805"),
        ("0402B221K500NT", 220e-12, 0.10, 50.0, "X7R", "0402"),
        ("0402CG1R5C500NT", 1.5e-12, 0.25 / 1.5, 50.0, "C0G", "0402"),
        ("0402X105K6R3NT", 1e-6, 0.10, 6.3, "X5R", "0402"),
        ("SDCL1005C3N9STDF", 3.9e-9, 0.3 / 3.9, None, "", "0402"),
    ],
)
def test_makers_codes_are_read(
    mpn: str, nominal: float, tolerance: float, volt: float | None, dielectric: str, size: str
) -> None:
    reading = maker_codes.decode(mpn)
    assert reading
    assert reading.nominal == pytest.approx(nominal)
    assert reading.tolerance == pytest.approx(tolerance)
    assert (reading.voltage_v, reading.dielectric, reading.size) == (volt, dielectric, size)


def test_a_code_of_an_unknown_maker_is_no_witness() -> None:
    assert maker_codes.decode("GRM155R71C104KA88D") is None
