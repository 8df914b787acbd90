"""Why a run stopped, and what the board then does."""

from hardware.virtual_board.assembly import Assembly
from hardware.virtual_board.core.machine import Machine, StopReason
from hardware.virtual_board.not_modelled import NotModelled
from hardware.virtual_board.rom_session import RomSession
from hardware.virtual_board.supply_and_reset import reset


def stopped(board: Assembly, reason: StopReason) -> None:
    machine = board.chip.machine
    match reason:
        case StopReason.TIME | StopReason.ASLEEP:
            return
        case StopReason.RESET:
            reset(board)
        case StopReason.LOCKUP:
            trap = machine.trap
            board.note(f"locked up: {trap.cause.name} at pc {trap.pc:#010x}, address {trap.address:#010x}", board.now)
        case StopReason.BOOT_ROM:
            board.rom = RomSession(board.chip)
        case StopReason.UNMODELLED:
            raise NotModelled(f"{_access(machine)}: no model has this register")
        case StopReason.UNCLOCKED:
            raise NotModelled(f"{_access(machine)}: the clock of this peripheral is off")


def _access(machine: Machine) -> str:
    """That the chip stopped at."""
    trap = machine.trap
    return f"{trap.size} bytes at {trap.address:#010x} {'written' if trap.write else 'read'} at pc {trap.pc:#010x}"
