"""Loops that are turned many times at once leave no trace of it: each state is the one that single steps lead to."""

import programs
import pytest
from programs import TICKS_PER_CYCLE

from hardware.virtual_board.core.machine import Machine, StopReason

LOOPS = {
    "a delay": "ldr r2, =5000\n1: subs r2, #1\nbne 1b\nbkpt\n.pool",
    "another register": "movs r2, #1\nlsls r7, r2, #12\n1: subs r7, #1\nbne 1b\nbkpt",
    "a delay of one turn": "movs r2, #1\n1: subs r2, #1\nbne 1b\nbkpt",
    "all the way round from zero": "movs r2, #0\n1: subs r2, #1\nbne 1b\nbkpt",
    "from above half of the range": "ldr r2, =0x80000002\n1: subs r2, #1\nbne 1b\nbkpt\n.pool",
    "entered at its branch with zero": "movs r2, #0\nmovs r3, #1\nb 2f\n1: subs r2, #1\n2: bne 1b\nbkpt",
    "two at a time": "ldr r2, =5000\n1: subs r2, #2\nbne 1b\nbkpt\n.pool",
    "counting up": "ldr r2, =-5000\n1: adds r2, #1\nbne 1b\nbkpt\n.pool",
    "nothing but a branch": "cmp r2, #7\nb .",
}
LONG = {name: loop for name, loop in LOOPS.items() if "of one turn" not in name}
LOAD, NOT_TAKEN, BKPT = 2, 1, 1  # cycles
THUMB = 1 << 24  # in the stacked flags


def state(machine: Machine) -> tuple[object, ...]:
    return machine.ticks, machine.instructions, machine.psr, *(machine.register(number) for number in range(16))


def in_steps(machine: Machine, until: int) -> StopReason:
    reason = StopReason.TIME
    while machine.ticks < until and reason is StopReason.TIME:
        reason = machine.run(machine.ticks + 1)
    return reason


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
@pytest.mark.parametrize("cycles", [1, 2, 3, 4, 5, 6, 7, 1000, 1001, 1002])
def test_wherever_the_run_ends_the_state_is_that_of_single_steps(loop: str, cycles: int) -> None:
    source = f"reset: {loop}"
    at_once, stepped = programs.machine(source), programs.machine(source)
    until = at_once.ticks + cycles * TICKS_PER_CYCLE
    assert at_once.run(until) == in_steps(stepped, until)
    assert state(at_once) == state(stepped)


@pytest.mark.parametrize("loop", LONG.values(), ids=LONG)
def test_an_interrupt_meets_a_loop_where_it_would_meet_it_in_single_steps(loop: str) -> None:
    source = f"""
        reset: {programs.write(programs.NVIC_ISER, 1)}
        {loop}
        irq0: mov r4, sp
        ldr r5, [r4, #24]
        ldr r6, [r4, #28]
        bx lr
    """
    at_once, stepped = (programs.machine_with_alarm(source, line=0, cycles=700) for _ in range(2))
    until = at_once.ticks + 1500 * TICKS_PER_CYCLE
    assert at_once.run(until) == in_steps(stepped, until)
    assert state(at_once) == state(stepped)
    assert at_once.register(6) & THUMB  # the interrupt came


def test_a_delay_takes_three_cycles_a_turn() -> None:
    machine = programs.machine("reset: ldr r2, =5000\n1: subs r2, #1\nbne 1b\nbkpt\n.pool")
    start = machine.ticks
    assert programs.run(machine) == StopReason.BREAKPOINT
    assert machine.ticks - start == (LOAD + 5000 * 3 - NOT_TAKEN + BKPT) * TICKS_PER_CYCLE
    assert machine.instructions == 1 + 5000 * 2 + 1
