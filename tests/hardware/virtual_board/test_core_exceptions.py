"""Exceptions, faults and SysTick as the ARMv6-M Architecture Reference Manual (DDI 0419), B1.5 and B3, has them."""

import struct

import programs
import pytest
from programs import (
    AIRCR,
    ICSR,
    NVIC_IPR0,
    NVIC_ISER,
    NVIC_ISPR,
    SYST_CSR,
    SYST_CVR,
    SYST_RVR,
    TICKS_PER_CYCLE,
    VTOR,
    StopReason,
    finished,
    machine,
    machine_with_alarm,
    run,
    write,
)

from hardware.errors import InputError
from hardware.virtual_board.core.machine import FLASH, LR, PC, RAM, SP, Fault, Special

REGION = 0x4000_0000


def test_entry_stacks_the_frame_and_exit_restores_it() -> None:
    made = machine(
        "reset: movs r0, #1\nmovs r1, #2\nmovs r2, #3\nmovs r3, #0\nsub sp, #4\nsvc 7\nbkpt\nsvcall: bkpt\nmovs r0, #9\nbx lr"
    )
    assert run(made) == StopReason.BREAKPOINT
    frame = struct.unpack("<8I", made.read(made.register(SP), 32))
    assert frame[:6] == (1, 2, 3, 0, 0, 0xFFFF_FFFF)
    assert made.read(frame[6], 2) == b"\x00\xbe"  # the bkpt after svc
    assert frame[7] & 0x4100_0200 == 0x4100_0200  # Z, T, and that the frame was realigned
    assert made.register(SP) == 0x2000_1000 - 40
    assert made.register(LR) == 0xFFFF_FFF9
    assert made.psr & 0x3F == 11
    made.set_register(PC, made.register(PC) + 2)
    assert run(made) == StopReason.BREAKPOINT
    assert (made.register(0), made.register(SP), made.psr & 0x3F) == (1, 0x2000_0FFC, 0)
    assert made.psr >> 30 & 1


def test_process_stack_is_left_for_the_main_stack_in_a_handler() -> None:
    source = (
        "reset: ldr r0, =0x20000800\nmsr psp, r0\nmovs r0, #2\nmsr control, r0\nisb\nsvc 0\nbkpt\n"
        "svcall: mov r7, lr\nmov r6, sp\nmrs r5, psp\nbx lr\n.pool"
    )
    made = finished(source)
    assert (made.register(7), made.register(6), made.register(5)) == (0xFFFF_FFFD, 0x2000_1000, 0x2000_0800 - 32)
    assert (made.register(SP), made.special(Special.CONTROL)) == (0x2000_0800, 2)


PRIORITIES = (
    "reset:"
    + write(NVIC_IPR0, 0x0040_80C0)
    + write(NVIC_ISER, 7)
    + "movs r7, #0\ncpsid i\n"
    + write(NVIC_ISPR, 7)
    + "cpsie i\nnop\nbkpt\n"
    "irq0: lsls r7, r7, #4\nadds r7, #1\nbx lr\nirq1: lsls r7, r7, #4\nadds r7, #2\nbx lr\n"
    "irq2: lsls r7, r7, #4\nadds r7, #3\nbx lr\n.pool"
)


def test_pending_interrupts_are_served_by_priority_and_tail_chained() -> None:
    made = finished(PRIORITIES)
    assert made.register(7) == 0x321
    assert made.register(SP) == 0x2000_1000


def test_of_equal_priorities_the_lower_number_goes_first() -> None:
    made = machine(PRIORITIES.replace("0x4080c0", "0"))
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(7) == 0x123


def test_tail_chaining_saves_unstacking_and_stacking() -> None:
    def cycles(interrupts: int) -> int:
        made = machine(PRIORITIES.replace("0xe000e200\nldr r1, =0x7", f"0xe000e200\nldr r1, ={interrupts:#x}"))
        start = made.ticks
        assert run(made) == StopReason.BREAKPOINT
        return (made.ticks - start) // TICKS_PER_CYCLE

    handler, tail_chain = 1 + 1 + 2, 6
    assert cycles(0b111) - cycles(0b001) == 2 * (handler + tail_chain)


def test_more_urgent_interrupt_preempts_and_equal_one_waits() -> None:
    source = (
        "reset:" + write(NVIC_IPR0, 0x0080_8040) + write(NVIC_ISER, 7) + "movs r7, #0\n" + write(NVIC_ISPR, 2) + "nop\nbkpt\n"
        "irq1: push {r4, lr}\n" + write(NVIC_ISPR, 5) + "nop\nlsls r7, r7, #4\nadds r7, #2\npop {r4, pc}\n"
        "irq0: lsls r7, r7, #4\nadds r7, #1\nbx lr\nirq2: lsls r7, r7, #4\nadds r7, #3\nbx lr\n.pool"
    )
    assert finished(source).register(7) == 0x123


STORE_TO_ISPR_DONE = 3 * 6  # cycles after reset: each `write` takes 6
ENTRY_CYCLES = 15


@pytest.mark.parametrize(
    ("alarm_cycles", "order", "frames"),
    [
        (STORE_TO_ISPR_DONE + 8, 0x21, 1),  # while the frame is stacked: the frame serves the more urgent one
        (STORE_TO_ISPR_DONE + ENTRY_CYCLES + 1, 0x21, 2),  # in the handler's first instruction, which it preempts
        (STORE_TO_ISPR_DONE + ENTRY_CYCLES + 20, 0x12, 1),  # after the handler
    ],
)
def test_interrupt_that_arrives_while_another_is_entered_goes_first(alarm_cycles: int, order: int, frames: int) -> None:
    source = (
        "reset:"
        + write(NVIC_IPR0, 0x0000_0040)
        + write(NVIC_ISER, 3)
        + write(NVIC_ISPR, 1)
        + "movs r5, #50\nloop: subs r5, #1\nbne loop\nbkpt\n"
        "irq0: nop\nlsls r7, r7, #4\nadds r7, #1\nbx lr\n"
        "irq1: mov r6, sp\nlsls r7, r7, #4\nadds r7, #2\nbx lr\n.pool"
    )
    made = machine_with_alarm(source, line=1, cycles=alarm_cycles)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(7) == order
    assert made.register(6) == 0x2000_1000 - 32 * frames


def test_level_that_nobody_lowers_comes_again() -> None:
    made = machine("reset:" + write(NVIC_ISER, 1) + "movs r7, #0\nloop: b loop\nirq0: adds r7, #1\nbx lr\n.pool")
    made.set_irq(0, True)
    run(made, 500)
    assert made.register(7) > 5
    made.set_irq(0, False)
    run(made, 100)
    served = made.register(7)
    run(made, 500)
    assert made.register(7) == served


def test_systick_interrupts_every_reload_plus_one_cycles() -> None:
    made = machine(
        "reset:"
        + write(SYST_RVR, 999)
        + write(SYST_CVR, 0)
        + write(SYST_CSR, 7)
        + "movs r7, #0\nloop: wfi\nb loop\nsystick: adds r7, #1\nbx lr\n.pool"
    )
    run(made, 100_500)
    assert made.register(7) == 100


def test_systick_counts_down_and_flags_zero_once() -> None:
    source = (
        "reset:"
        + write(SYST_RVR, 99)
        + write(SYST_CVR, 0)
        + write(SYST_CSR, 5)
        + "ldr r0, =0xE000E010\nldr r2, [r0, #8]\nldr r3, [r0, #8]\n"
        "movs r4, #60\nloop: subs r4, #1\nbne loop\nldr r5, [r0]\nldr r6, [r0]\nbkpt\n.pool"
    )
    made = finished(source)
    assert made.register(2) - made.register(3) == 2  # cycles of a load
    assert (made.register(5) >> 16 & 1, made.register(6) >> 16 & 1) == (1, 0)


def test_vectors_are_read_where_vtor_points() -> None:
    made = machine("reset:" + write(VTOR, RAM) + "svc 0\nbkpt\nsvcall: movs r7, #1\nbx lr\nother: movs r7, #2\nbx lr\n.pool")
    image = made.read(FLASH, 0x200)
    made.write_word(RAM + 4 * 11, FLASH + image.index(b"\x02\x27") + 1)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(7) == 2


FAULTS = (
    ("ldr r0, =0x20000001\nldr r0, [r0]", Fault.UNALIGNED, 0x2000_0001),
    ("ldr r0, =0x20000003\nstrh r0, [r0]", Fault.UNALIGNED, 0x2000_0003),
    ("ldr r0, =0x20001000\nldr r0, [r0]", Fault.UNMAPPED, 0x2000_1000),
    ("ldr r0, =0x60000000\nstrb r0, [r0]", Fault.UNMAPPED, 0x6000_0000),
    ("ldr r0, =0x08008000\nldr r0, [r0]", Fault.UNMAPPED, 0x0800_8000),
    ("ldr r0, =0x08000100\nbx r0", Fault.STATE, 0x0800_0100),
    ("cpsid i\nsvc 0", Fault.SVC, None),
    ("udf #0", Fault.UNDEFINED, None),
    (".short 0xb100", Fault.UNDEFINED, None),  # CBZ
)


@pytest.mark.parametrize(("code", "cause", "address"), FAULTS)
def test_fault_leads_to_hardfault_with_cause_address_and_pc(code: str, cause: Fault, address: int | None) -> None:
    made = finished(f"reset: movs r7, #0\n{code}\nnop\nhardfault: ldr r6, [sp, #24]\nbkpt\n.pool")
    assert made.psr & 0x3F == 3
    assert made.trap.cause == cause
    assert made.trap.pc == made.register(6)
    assert address is None or made.trap.address == address


NMI_PENDS_ITSELF = write(ICSR, 1 << 31) + "nop\n"


def test_nmi_is_taken_under_primask() -> None:
    made = finished("reset: cpsid i\n" + NMI_PENDS_ITSELF + "bkpt\nnmi: mrs r7, ipsr\nmrs r6, primask\nbx lr\n.pool")
    assert (made.register(7), made.register(6)) == (2, 1)
    assert made.psr & 0x3F == 0


def test_nmi_interrupts_hardfault_which_then_goes_on() -> None:
    made = finished(
        "reset: udf #0\nhardfault: movs r7, #1\n" + NMI_PENDS_ITSELF + "adds r7, #4\nbkpt\nnmi: lsls r7, r7, #1\nbx lr\n.pool"
    )
    assert made.register(7) == 6
    assert made.psr & 0x3F == 3


def test_nmi_of_the_outside_interrupts_the_most_urgent_handler() -> None:
    made = machine("reset:" + write(NVIC_ISER, 1) + write(NVIC_ISPR, 1) + "b .\nirq0: b irq0\nnmi: bkpt\n.pool")
    run(made, 100)
    assert made.psr & 0x3F == 16
    made.set_nmi()
    assert run(made) == StopReason.BREAKPOINT
    assert made.psr & 0x3F == 2


def test_nmi_waits_for_the_end_of_its_own_handler() -> None:
    made = finished(
        "reset: movs r7, #0\n" + NMI_PENDS_ITSELF + "bkpt\n"
        "nmi: adds r7, #1\ncmp r7, #2\nbeq out\n" + NMI_PENDS_ITSELF + "ldr r6, [r0]\nmrs r5, ipsr\nmov r4, r7\nout: bx lr\n.pool"
    )
    assert made.register(7) == 2
    assert (made.register(4), made.register(5)) == (1, 2)
    assert made.register(6) == 1 << 31 | 2 << 12 | 2  # NMIPENDSET, VECTPENDING, VECTACTIVE


@pytest.mark.parametrize("code", ["udf #0", "svc 0", "ldr r0, =0x20000001\nldr r0, [r0]"])
def test_fault_in_nmi_locks_up(code: str) -> None:
    made = machine("reset:" + NMI_PENDS_ITSELF + f"bkpt\nnmi: {code}\nbx lr\nhardfault: bkpt\n.pool")
    assert run(made) == StopReason.LOCKUP


def test_breakpoint_without_debugger_is_a_fault() -> None:
    made = machine("reset: bkpt\nhardfault: b hardfault")
    made.attach_debugger(False)
    run(made)
    assert (made.psr & 0x3F, made.trap.cause) == (3, Fault.BREAKPOINT)


def test_fault_in_hardfault_locks_up_until_reset() -> None:
    made = machine("reset: udf #0\nhardfault: udf #1")
    assert run(made) == StopReason.LOCKUP
    assert run(made) == StopReason.LOCKUP
    made.load(FLASH, programs.assemble("reset: movs r7, #5\nbkpt"))
    made.reset()
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(7) == 5


def test_fault_while_stacking_locks_up() -> None:
    assert run(machine("reset: ldr r0, =0x20000008\nmov sp, r0\nsvc 0\nsvcall: b svcall\n.pool")) == StopReason.LOCKUP


def test_register_that_nobody_models_stops_the_machine() -> None:
    made = machine("reset: ldr r0, =0x40021000\nhere: ldrb r1, [r0, #5]\n.pool")
    assert run(made) == StopReason.UNMODELLED
    assert (made.trap.address, made.trap.size, made.trap.write, made.trap.pc) == (0x4002_1005, 1, False, made.register(PC))


def test_reset_request_stops_the_machine() -> None:
    assert run(machine("reset:" + write(AIRCR, 0x05FA_0004) + "loop: b loop\n.pool")) == StopReason.RESET


def test_what_a_region_raises_comes_out_of_run() -> None:
    made = machine("reset: ldr r0, =0x40000000\nldr r1, [r0, #8]\nbkpt\n.pool")
    seen: list[tuple[int, int]] = []

    def read(offset: int, size: int) -> int:
        seen.append((offset, size))
        raise KeyError("nothing here")

    made.add_region(REGION, 0x400, read, lambda *_: None)
    with pytest.raises(KeyError):
        run(made)
    assert seen == [(8, 4)]
    with pytest.raises(InputError, match="overlaps"):
        made.add_region(REGION + 0x100, 0x400, read, lambda *_: None)


def test_restored_snapshot_goes_on_in_the_same_way() -> None:
    made = machine(
        "reset:" + write(SYST_RVR, 99) + write(SYST_CSR, 7) + "loop: adds r6, #1\nb loop\nsystick: adds r7, #1\nbx lr\n.pool"
    )
    run(made, 1234)
    snapshot = made.snapshot()
    run(made, 5000)
    after = made.snapshot()
    made.restore(snapshot)
    run(made, 5000)
    assert made.snapshot() == after != snapshot
    with pytest.raises(InputError):
        made.restore(b"short")


def test_a_held_core_lets_time_pass_and_goes_on_afterwards() -> None:
    made = machine("reset: movs r0, #1\nb .")
    made.hold(True)
    assert made.run(1000) == StopReason.TIME
    assert (made.ticks, made.sleep_ticks, made.instructions) == (1000, 1000, 0)
    made.hold(False)
    made.run(2000)
    assert made.register(0) == 1
