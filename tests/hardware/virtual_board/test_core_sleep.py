"""WFI, WFE and what ends them, as the ARMv6-M Architecture Reference Manual (DDI 0419), B1.5 and B3.2.7, has them."""

import pytest
from programs import (
    NVIC_IPR0,
    NVIC_ISER,
    NVIC_ISPR,
    SCR,
    SYST_CSR,
    SYST_CVR,
    SYST_RVR,
    TICKS_PER_CYCLE,
    StopReason,
    finished,
    machine,
    machine_with_alarm,
    run,
    write,
)

from hardware.virtual_board.core.machine import Machine

SLEEPONEXIT, SLEEPDEEP, SEVONPEND = 2, 4, 16


def test_wfi_wakes_under_primask_without_taking_the_interrupt() -> None:
    made = machine(
        "reset:"
        + write(NVIC_ISER, 1)
        + "cpsid i\nwfi\nmovs r6, #1\ncpsie i\nnop\nbkpt\nirq0: movs r7, #1\nmovs r5, #0\nadds r5, r6, #0\nbx lr\n.pool"
    )
    assert run(made) == StopReason.ASLEEP
    assert made.asleep
    made.set_irq(0, True)
    made.set_irq(0, False)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(5) == 1  # after wfi and before the handler r6 was set


def test_wfe_is_woken_by_sev_and_waits_without() -> None:
    assert finished("reset: sev\nwfe\nbkpt").sleep_ticks == 0
    assert run(machine("reset: wfe\nbkpt")) == StopReason.ASLEEP


def test_sleep_jumps_to_the_next_event_without_executing() -> None:
    second = 24_000_000
    made = machine_with_alarm("reset:" + write(NVIC_ISER, 1) + "wfi\nbkpt\nirq0: b irq0\n.pool", line=0, cycles=second)
    run(made, second // 2)
    assert made.asleep
    assert made.instructions == 4
    assert run(made, second) == StopReason.TIME
    assert made.psr & 0x3F == 16
    assert made.sleep_ticks == (second - 8) * TICKS_PER_CYCLE  # 6 cycles to write, 2 for wfi


def test_nmi_wakes_and_is_taken_under_primask() -> None:
    made = machine("reset: movs r6, #0\ncpsid i\nwfi\nmovs r6, #1\nbkpt\nnmi: mrs r7, ipsr\nmov r5, r6\nbx lr")
    assert run(made) == StopReason.ASLEEP
    made.set_nmi()
    assert run(made) == StopReason.BREAKPOINT
    assert (made.register(7), made.register(5)) == (2, 0)  # before the instruction after wfi


# The event register


def test_entry_and_return_each_set_the_event_register_and_wfe_clears_it() -> None:
    made = machine("reset: svc 0\nwfe\nmovs r7, #1\nwfe\nmovs r7, #2\nbkpt\nsvcall: wfe\nmovs r6, #1\nbx lr")
    assert run(made) == StopReason.ASLEEP
    assert (made.register(6), made.register(7)) == (1, 1)


@pytest.mark.parametrize("primask", ["cpsie i", "cpsid i"])
def test_wfe_wakes_for_an_interrupt_only_if_it_is_taken(primask: str) -> None:
    made = machine("reset: movs r7, #0\n" + write(NVIC_ISER, 1) + f"{primask}\nwfe\nbkpt\nirq0: movs r7, #1\nbx lr\n.pool")
    run(made, 100)
    made.set_irq(0, True)
    made.set_irq(0, False)
    if primask == "cpsid i":
        assert run(made) == StopReason.ASLEEP
    else:
        assert run(made) == StopReason.BREAKPOINT
        assert made.register(7) == 1


def waits_for_event(scr: int, before: str = "", wait: str = "wfe") -> str:
    """Interrupt 0 is disabled."""
    return "reset:" + before + write(SCR, scr) + f"{wait}\nbkpt\nirq0: bkpt\n.pool"


@pytest.mark.parametrize(
    ("scr", "wait", "end"),
    [
        (SEVONPEND, "wfe", StopReason.BREAKPOINT),
        (0, "wfe", StopReason.ASLEEP),
        (SEVONPEND, "wfi", StopReason.ASLEEP),
    ],
)
def test_with_sevonpend_a_disabled_interrupt_ends_wfe(scr: int, wait: str, end: StopReason) -> None:
    made = machine(waits_for_event(scr, wait=wait))
    assert run(made) == StopReason.ASLEEP
    made.set_irq(0, True)
    assert run(made) == end
    assert made.psr & 0x3F == 0


def test_sevonpend_remembers_an_interrupt_that_became_pending_before_wfe() -> None:
    made = finished("reset:" + write(SCR, SEVONPEND) + write(NVIC_ISPR, 1) + "wfe\nbkpt\n.pool")
    assert made.sleep_ticks == 0


def test_for_sevonpend_only_becoming_pending_counts() -> None:
    made = machine(waits_for_event(SEVONPEND, before=write(NVIC_ISPR, 1)))
    assert run(made) == StopReason.ASLEEP
    made.set_irq(0, True)
    assert run(made) == StopReason.ASLEEP
    made.set_irq(1, True)
    assert run(made) == StopReason.BREAKPOINT


# Sleep on exit

SLEEPS_ON_EXIT = (
    "reset: movs r6, #0\nmovs r7, #0\n"
    + write(NVIC_IPR0, 0x0000_0040)
    + write(NVIC_ISER, 7)
    + write(SCR, SLEEPONEXIT)
    + "wfi\nthread: adds r6, #1\nb thread\n"
)
AWAKE_AGAIN = write(SCR, 0)


def interrupt(made: Machine, line: int) -> None:
    made.set_irq(line, True)
    made.set_irq(line, False)


def test_sleep_on_exit_gives_the_thread_no_instruction_between_handlers() -> None:
    made = machine(SLEEPS_ON_EXIT + "irq0: adds r7, #1\nbx lr\n.pool")
    for handled in (1, 2, 3):
        assert run(made, 1000) == StopReason.ASLEEP
        interrupt(made, 0)
        assert run(made, 1000) == StopReason.ASLEEP
        assert (made.register(7), made.register(6)) == (handled, 0)
    assert made.psr & 0x3F == 0
    assert made.register(13) == 0x2000_1000


def test_sleep_on_exit_is_only_for_the_return_to_thread_mode() -> None:
    nested = "irq0: push {lr}\n" + write(NVIC_ISPR, 2) + "nop\nadds r7, #1\npop {pc}\nirq1: adds r7, #16\nbx lr\n.pool"
    made = machine(SLEEPS_ON_EXIT + nested)
    run(made, 1000)
    interrupt(made, 0)
    assert run(made, 1000) == StopReason.ASLEEP
    assert made.register(7) == 17
    assert made.psr & 0x3F == 0


def test_sleep_on_exit_serves_all_that_is_pending_first() -> None:
    made = machine(SLEEPS_ON_EXIT + "irq0: adds r7, #1\nbx lr\nirq2: adds r7, #16\nbx lr\n.pool")
    run(made, 1000)
    interrupt(made, 0)
    interrupt(made, 2)
    assert run(made, 1000) == StopReason.ASLEEP
    assert (made.register(7), made.register(6)) == (17, 0)


def test_handler_that_ends_sleep_on_exit_lets_the_thread_go_on() -> None:
    made = machine(SLEEPS_ON_EXIT + "irq0: " + AWAKE_AGAIN + "bx lr\n.pool")
    run(made, 1000)
    interrupt(made, 0)
    assert run(made, 1000) == StopReason.TIME
    assert made.register(6) > 100


# Deep sleep


def counts_while_asleep(scr: int, control: int) -> str:
    """r2 and r3: SysTick's count before and after."""
    return (
        "reset:"
        + write(SCR, scr)
        + write(NVIC_ISER, 1)
        + write(SYST_RVR, 9999)
        + write(SYST_CVR, 0)
        + write(SYST_CSR, control)
        + "cpsid i\nldr r0, =0xE000E018\nldr r2, [r0]\nwfi\nldr r3, [r0]\nbkpt\n.pool"
    )


def test_systick_stands_still_in_deep_sleep_and_wakes_nobody() -> None:
    made = machine(counts_while_asleep(SLEEPDEEP, control=7))
    assert run(made, 1_000_000) == StopReason.ASLEEP
    made.set_irq(0, True)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(2) - made.register(3) == 4  # cycles of a load and of wfi
    assert made.sleep_ticks > 999_000 * TICKS_PER_CYCLE
    made.set_register(15, made.register(15) - 2)  # the load once more
    run(made)
    assert 0 < made.register(2) - made.register(3) < 20


def test_systick_counts_on_in_sleep() -> None:
    made = machine(counts_while_asleep(0, control=5))
    assert run(made, 4000) == StopReason.TIME
    assert made.asleep
    made.set_irq(0, True)
    assert run(made) == StopReason.BREAKPOINT
    assert made.register(2) - made.register(3) == pytest.approx(4000, abs=60)
