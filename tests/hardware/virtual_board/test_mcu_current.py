"""The chip's current by cause, against the datasheet's table."""

import pytest

from hardware.virtual_board.mcu.current import Mode, current_ua


def draws(mode: Mode, hclk_hz: int = 24_000_000, lsi: bool = False, adc: bool = False, flash: bool = False) -> dict[str, float]:
    return current_ua(mode, hclk_hz, lsi, adc, flash)


def test_figures_of_the_table() -> None:
    assert draws(Mode.RUN) == {"run": 1500}
    assert draws(Mode.RUN, 4_000_000) == {"run": 500}
    assert draws(Mode.SLEEP, 8_000_000) == {"sleep": 500}
    assert draws(Mode.RUN, 32_768) == {"run": 170}


@pytest.mark.parametrize(("hz", "ua"), [(12_000_000, 900), (20_000_000, 1300), (6_000_000, 600), (32_000_000, 1900), (1000, 170)])
def test_between_and_beyond_its_frequencies(hz: int, ua: float) -> None:
    assert draws(Mode.RUN, hz)["run"] == pytest.approx(ua)


def test_stop_holds_everything() -> None:
    assert draws(Mode.STOP_MAIN) == {"stop": 70}
    assert draws(Mode.STOP_LPR_1V2) == {"stop": 6}
    assert draws(Mode.STOP_LPR_1V0, lsi=True, adc=True, flash=True) == {"stop": 4.5}


def test_each_consumer_is_a_cause() -> None:
    assert draws(Mode.SLEEP, lsi=True, adc=True) == {"sleep": 1000, "LSI": 0.21, "ADC": 1000}
    assert set(draws(Mode.RUN, flash=True)) == {"run", "flash"}
