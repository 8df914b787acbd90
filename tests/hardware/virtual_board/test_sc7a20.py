"""The accelerometer on its bus: identity, address, power, registers, current and snapshots."""

import copy

import pytest
from sc7a20_bench import PERIOD_100_HZ, POWER, Bench

from hardware.virtual_board.device import Drive
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.parts.sc7a20 import BOOT_TIME, Sc7a20
from hardware.virtual_board.parts.sc7a20_current import current_ua


def test_identity() -> None:
    assert (Bench().read(0x0F), Bench().read(0x70)) == (b"\x11", b"\x28")


@pytest.mark.parametrize(("sdo", "address", "other"), [(False, 0x18, 0x19), (True, 0x19, 0x18), (None, 0x19, 0x18)])
def test_address_by_strap(sdo: bool | None, address: int, other: int) -> None:
    part = Sc7a20()
    if sdo is not None:
        part.input("SDO", sdo, 0)
    part.supply(POWER, 0)
    assert part.i2c_start(address, False, BOOT_TIME)
    assert not part.i2c_start(other, False, BOOT_TIME)
    assert not part.i2c_write(0x0F, BOOT_TIME)


@pytest.mark.parametrize("open_pin", ["VDD", "VDDIO", "GND", "GNDIO"])
def test_no_answer_without_any_supply_pin(open_pin: str) -> None:
    part = Sc7a20()
    part.supply({pin: volts for pin, volts in POWER.items() if pin != open_pin}, 0)
    assert not part.i2c_start(0x19, True, BOOT_TIME)
    assert part.i2c_read(BOOT_TIME) == 0xFF
    assert part.outputs() == {"INT1": Drive.OPEN, "INT2": Drive.OPEN}
    assert part.current_ua() == {}


def test_no_answer_while_it_boots_or_speaks_spi() -> None:
    bench = Bench()
    bench.part.supply(POWER | {"VDD": 1.70}, bench.now)
    bench.part.supply(POWER, bench.now)
    assert not bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME - 1)
    assert bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME)
    bench.part.input("CS", False, bench.now + BOOT_TIME)
    assert not bench.part.i2c_start(0x18, False, bench.now + BOOT_TIME)


def test_power_loss_forgets() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.part.supply(POWER | {"VDD": 1.70}, bench.now)
    bench.part.supply(POWER, bench.now)
    bench.wait(BOOT_TIME)
    assert bench.read(0x20) == b"\x07"


def test_the_address_goes_on_only_when_asked() -> None:
    bench = Bench()
    bench.write(0x32, 0x11, 0x22)
    assert bench.read(0x32, 2) == b"\x11\x22"
    assert bench.read(0x32, 2, increment=False) == b"\x11\x11"


def test_soft_reset_wants_its_key() -> None:
    bench = Bench()
    bench.write(0x20, 0x57)
    bench.write(0x68, 0xA4)
    assert bench.read(0x20) == b"\x57"
    bench.write(0x68, 0xA5)
    assert bench.read(0x20) == b"\x07"


def test_boot_bit_clears_itself() -> None:
    bench = Bench()
    bench.write(0x24, 0x80)
    assert bench.read(0x24) == b"\x80"
    bench.wait(BOOT_TIME)
    assert bench.read(0x24) == b"\x00"


@pytest.mark.parametrize(
    ("register", "value"), [(0x57, 0), (0x3A, 1), (0x21, 0x04), (0x22, 0x80), (0x23, 0x01), (0x30, 0x40), (0x20, 0xC7)]
)
def test_what_is_not_modelled_is_an_error(register: int, value: int) -> None:
    with pytest.raises(NotModelled, match="SC7A20"):
        Bench().write(register, value)


def test_current_by_rate() -> None:
    bench = Bench()
    assert bench.part.current_ua() == {"standby": 0.5}
    bench.write(0x20, 0x47)
    assert bench.part.current_ua() == {"sampling": pytest.approx(16.5)}
    bench.write(0x20, 0x4F)
    assert bench.part.current_ua() == {"sampling": pytest.approx(9)}


def test_current_grows_with_the_rate() -> None:
    rates = [1.56, 12.5, 25, 50, 100, 200, 400, 800, 1480, 2660, 4430]
    for low_power in (False, True):
        figures = [current_ua(rate, low_power) for rate in rates]
        assert figures == sorted(figures)


def test_a_snapshot_goes_on_by_itself() -> None:
    bench = Bench(noise_g=0.01)
    bench.write(0x20, 0x57)
    bench.wait(3 * PERIOD_100_HZ)
    original, bench.part = bench.part, copy.deepcopy(bench.part)
    future = [bench.after(1) for _ in range(5)]
    bench.part, bench.now = original, bench.now - 5 * PERIOD_100_HZ
    assert [bench.after(1) for _ in range(5)] == future
