"""What is seen at address 0: flash, system memory or RAM."""

import pytest
from programs import StopReason, assemble, machine, run

from hardware.virtual_board.core.machine import FLASH, PC, RAM, SYSTEM, Alias, Fault, Machine

PLACES = {Alias.FLASH: FLASH, Alias.SYSTEM: SYSTEM, Alias.RAM: RAM}
SIZES = {Alias.FLASH: 0x8000, Alias.SYSTEM: 0x1000, Alias.RAM: 0x1000}


@pytest.mark.parametrize("alias", Alias)
def test_a_program_starts_and_takes_its_vectors_there(alias: Alias) -> None:
    made = Machine()
    made.load(PLACES[alias], assemble("reset: svc 0\nbkpt\nsvcall: movs r7, #5\nbkpt", origin=0))
    made.set_alias(alias)
    made.reset()
    made.attach_debugger(True)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(7) == 5
    assert made.register(PC) < 0x200
    assert made.psr & 0x3F == 11


@pytest.mark.parametrize("alias", Alias)
@pytest.mark.parametrize("width", ["", "h", "b"])
def test_loads_at_zero_read_the_memory_and_end_with_it(alias: Alias, width: str) -> None:
    last = SIZES[alias] - 4
    made = machine(f"reset: ldr r0, ={last:#x}\nldr{width} r1, [r0]\nadds r0, #4\nldr{width} r2, [r0]\nhardfault: bkpt\n.pool")
    made.load(PLACES[alias] + last, b"\x01\x02\x03\x04")
    made.set_alias(alias)
    handler = made.read(FLASH + 12, 4)
    made.load(PLACES[alias] + 12, handler)  # the vector of HardFault is read at 0 too
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(1) == {"": 0x0403_0201, "h": 0x0201, "b": 0x01}[width]
    assert (made.trap.cause, made.trap.address) == (Fault.UNMAPPED, SIZES[alias])


def test_a_store_at_zero_goes_to_ram_while_that_is_there() -> None:
    made = machine("reset: movs r0, #0x40\nldr r1, =0x12345678\nstr r1, [r0]\nstrb r0, [r0, #4]\nldr r2, [r0]\nbkpt\n.pool")
    made.set_alias(Alias.RAM)
    assert run(made) == StopReason.BREAKPOINT
    assert made.read(RAM + 0x40, 8) == b"\x78\x56\x34\x12\x40\0\0\0"
    assert made.register(2) == 0x1234_5678


@pytest.mark.parametrize("alias", [Alias.FLASH, Alias.SYSTEM])
def test_a_store_at_zero_is_one_to_the_memory_behind_which_a_bare_core_does_not_model(alias: Alias) -> None:
    made = machine("reset: movs r0, #0x40\nstr r0, [r0]\nbkpt")
    before = made.read(PLACES[alias], SIZES[alias])
    made.set_alias(alias)
    assert run(made) == StopReason.UNMODELLED
    assert (made.trap.address, made.trap.write) == (PLACES[alias] + 0x40, True)
    assert made.read(PLACES[alias], SIZES[alias]) == before


def test_the_alias_outlasts_a_reset_and_is_part_of_a_snapshot() -> None:
    made = Machine()
    made.write_word(RAM, 0x1111)
    made.write_word(SYSTEM, 0x2222)
    made.set_alias(Alias.RAM)
    made.reset()
    snapshot = made.snapshot()
    made.set_alias(Alias.SYSTEM)
    assert made.read_word(0) == 0x2222
    made.restore(snapshot)
    assert made.read_word(0) == 0x1111
