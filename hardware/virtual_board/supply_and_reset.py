"""Whether the chip runs: power-up, the supply's voltage, the reset pin, and resets that the chip itself asks for."""

from hardware.virtual_board import draws
from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.events import schedule
from hardware.virtual_board.follow_up import follow_up
from hardware.virtual_board.host_line import leave_rom
from hardware.virtual_board.ticks import Ticks, to_seconds
from hardware.virtual_board.wiring import Level

_RCC_CSR, _IWDG_FLAG = 0x4002_1060, 29  # why the chip was reset


def power_up(board: Assembly) -> None:
    """The cell goes in."""
    board.chip.machine.hold(True)  # for good if no supply reaches the chip
    board.signals.settle(board.wiring.netlist.nets, board.now)
    supply_changed(board, board.now)
    follow_up(board, board.now)


def supply_changed(board: Assembly, now: Ticks) -> None:
    """The voltage passed a threshold, or may have, or the threshold changed."""
    board.supply.set_brownout(board.chip.brownout_mv / 1000)
    for ref, device in board.devices.items():
        device.supply(board.supply.at_pins(board.wiring.netlist, ref, now), now)
        board.signals.device_changed(ref, now)
    volts = board.supply.at_pins(board.wiring.netlist, board.mcu, now)
    minimum = board.supply.least_v
    powered = "VSS" in volts and volts.get("VCC", 0.0) >= (minimum if board.powered else board.supply.start_v)
    if powered != board.powered:
        if not powered:
            board.note(f"the supply fell below {minimum} V at {to_seconds(now):.3f} s: the chip stopped", now)
        board.powered = powered
        _start_or_stop(board, after_power_loss=True)


def reset_changed(board: Assembly) -> None:
    """The reset pin may have a new level."""
    in_reset = _level_at_chip(board, "PF2/NRST") is Level.LOW
    if in_reset != board.in_reset:
        board.in_reset = in_reset
        _start_or_stop(board, after_power_loss=False)


def reset(board: Assembly) -> None:
    """The program, a watchdog or the boot ROM asked for it. Only the watchdog's is a fault."""
    if board.rom is not None and board.rom.target.reset_wanted:
        board.rom.target.launch_options()
    leave_rom(board)
    board.chip.restart(_boot0(board))
    supply_changed(board, board.now)  # the option bytes may say another brown-out level now
    schedule(board, board.now)
    if board.chip.machine.access(_RCC_CSR, 4) >> _IWDG_FLAG & 1:
        board.note("the watchdog reset the chip", board.now)


def chip_changed(board: Assembly) -> None:
    """The chip may draw another current."""
    draws.of_chip(board, board.now)
    schedule(board, board.now)


def _start_or_stop(board: Assembly, after_power_loss: bool) -> None:
    chip = board.chip
    runs = board.powered and not board.in_reset
    if board.rom is not None and after_power_loss and not runs:
        board.rom.target.lose_power(seed=board.now)
    leave_rom(board)
    if runs and after_power_loss:
        chip.power_on(_boot0(board))
    elif runs:
        chip.reset_pin(_boot0(board))
    elif after_power_loss:
        chip.lose_power(seed=board.now)
    chip.machine.hold(not runs)
    if runs:
        board.signals.chip_on(board.now)
    else:
        board.signals.chip_off(board.now)
    chip_changed(board)


def _boot0(board: Assembly) -> bool:
    return _level_at_chip(board, "PF4/BOOT0") is Level.HIGH


def _level_at_chip(board: Assembly, pin: str) -> Level:
    return board.signals.level(board.wiring.net(board.mcu, pin))
