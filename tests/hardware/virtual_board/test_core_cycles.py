"""Cycles of each class of instruction, as the Cortex-M0+ Technical Reference Manual (DDI 0484), table 3-1, gives them."""

import programs
import pytest

SETUP = """
ldr r0, =0x20000100
ldr r1, =0x50000000
ldr r2, =target + 1
movs r3, #0
push {r2}
"""

# instruction, cycles; those that branch go to `target`
TIMINGS = (
    ("movs r4, #1", 1),
    ("adds r4, r4, r3", 1),
    ("adcs r4, r3", 1),
    ("add r4, r8", 1),
    ("lsrs r4, r4, #3", 1),
    ("muls r4, r3, r4", 1),
    ("cmp r3, #1", 1),
    ("uxtb r4, r3", 1),
    ("rev r4, r3", 1),
    ("add sp, #0", 1),
    ("nop", 1),
    ("sev", 1),
    ("cpsid i", 1),
    ("ldr r4, [r0]", 2),
    ("ldrb r4, [r0, r3]", 2),
    ("str r4, [r0]", 2),
    ("strh r4, [r0]", 2),
    ("ldr r4, [r1]", 1),  # single-cycle IOPORT
    ("str r4, [r1]", 1),
    ("ldmia r0!, {r4, r5, r6}", 4),
    ("stmia r0!, {r4, r5}", 3),
    ("push {r4, r5, lr}", 4),
    ("pop {r4}", 2),
    ("pop {pc}", 4),
    ("push {r4, r5}; pop {r4, r5}", 6),
    ("b target", 2),
    ("beq target", 2),  # taken: Z is set by movs r3, #0
    ("bne target", 1),  # not taken
    ("bl target", 3),
    ("bx r2", 2),
    ("blx r2", 2),
    ("mov pc, r2", 2),
    ("mrs r4, primask", 3),
    ("msr primask, r3", 3),
    ("dsb", 3),
    ("dmb", 3),
    ("isb", 3),
)


def cycles_until_breakpoint(code: str) -> int:
    made = programs.machine(f"reset: {SETUP}\n{code}\ntarget: bkpt\n.pool")
    made.add_region(0x5000_0000, 0x400, lambda *_: 0, lambda *_: None)
    start = made.ticks
    assert programs.run(made) == programs.StopReason.BREAKPOINT
    return (made.ticks - start) // programs.TICKS_PER_CYCLE


@pytest.mark.parametrize(("code", "cycles"), TIMINGS)
def test_instruction_takes_the_manuals_cycles(code: str, cycles: int) -> None:
    assert cycles_until_breakpoint(code) - cycles_until_breakpoint("") == cycles


def test_exception_takes_15_cycles_to_enter_and_10_to_leave() -> None:
    made = programs.machine("reset: svc 0\nbkpt\nsvcall: nop\nbx lr")
    start = made.ticks
    assert programs.run(made) == programs.StopReason.BREAKPOINT
    svc, nop, branch, breakpoint_ = 1, 1, 2, 1
    assert (made.ticks - start) // programs.TICKS_PER_CYCLE == svc + 15 + nop + branch + 10 + breakpoint_


def test_time_follows_the_clock() -> None:
    made = programs.machine("reset: b reset")
    made.ticks_per_cycle = 192
    start, before = made.ticks, made.instructions
    made.run(start + 192 * 1000)
    assert made.instructions - before == 500
