"""What each part draws from the supply as the board now is."""

from collections.abc import Mapping

from hardware.parts.audio import LMA2718, LMV321
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.mcu.current import current_ua
from hardware.virtual_board.ticks import Ticks
from hardware.virtual_board.wiring import Level

_NOTHING: Mapping[str, float] = {}
_MICROPHONE_UA = {name: float(part.facts["supply_ua"]) for name, part in (("microphone", LMA2718), ("amplifier", LMV321))}


def draw(board: Assembly, part: str, by_cause: Mapping[str, float], now: Ticks) -> None:
    """From now on the part draws so many microampere by cause."""
    if board.supply.drawn.get(part, _NOTHING) != by_cause:
        board.supply.draw(part, dict(by_cause), now)


def of_chip(board: Assembly, now: Ticks) -> None:
    chip = board.chip
    drawn = current_ua(chip.mode, chip.hclk_hz, chip.lsi_on, chip.adc_on, chip.flash_busy) if board.powered else _NOTHING
    draw(board, board.mcu, drawn, now)


def of_audio(board: Assembly, now: Ticks) -> None:
    draw(board, "audio", _MICROPHONE_UA if board.inputs.microphone_on else _NOTHING, now)


def of_leds(board: Assembly, now: Ticks) -> None:
    for led in board.leds:
        lit = board.signals.level(led.net) is Level.HIGH
        draw(board, led.ref, {"light": led.current_ua(board.supply.volt(now))} if lit else _NOTHING, now)


def of_pull_ups(board: Assembly, now: Ticks) -> None:
    for pull in board.pull_ups:
        low = board.signals.level(pull.net) is Level.LOW
        draw(board, pull.ref, {"pull-up": _through_ua(pull.ohm, board, now)} if low else _NOTHING, now)


def of_held_outputs(board: Assembly, now: Ticks) -> None:
    for held in board.held_outputs:
        draws = board.signals.drive_of(held.terminal) is held.against
        name = f"{held.terminal.ref}.{held.terminal.number}"
        draw(board, name, {"held": _through_ua(held.ohm, board, now)} if draws else _NOTHING, now)


def _through_ua(ohm: float, board: Assembly, now: Ticks) -> float:
    """What a resistance across the supply draws."""
    return board.supply.volt(now) / ohm * 1e6
