#include "hal/chip.h"

#include "hal/irq.h"
#include "py32f003.h"

#define FAULT_MARK 0xFA017EDDu
#define STACKED_PC 6 /* in the frame that an exception pushes: R0 to R3, R12, LR, PC, xPSR */

static struct {
    uint32_t mark;
    uint32_t address;
} fault __attribute__((section(".noinit"))); /* survives the reset that the fault ends in */

static uint32_t fault_address;

const uint8_t *chip_uid(void)
{
    return (const uint8_t *)FACTORY_UID;
}

/* A power-on also sets the pin's flag, and each software reset the pin's too: the rarer cause comes first. */
static const struct {
    uint8_t flag; /* in RCC_CSR, from RCC_CSR_RESET_FLAGS */
    uint8_t cause;
} CAUSES[] = {
    {2, RESET_POWER},  {4, RESET_WATCHDOG}, {5, RESET_WINDOW_WATCHDOG},
    {3, RESET_SOFTWARE}, {0, RESET_OPTION_BYTES}, {1, RESET_PIN},
};

enum reset_cause chip_take_reset_cause(void)
{
    uint32_t flags = RCC_CSR >> RCC_CSR_RESET_FLAGS;
    RCC_CSR |= RCC_CSR_RMVF;
    enum reset_cause cause = RESET_UNKNOWN;
    for (uint32_t i = 0; i < sizeof CAUSES / sizeof CAUSES[0] && cause == RESET_UNKNOWN; i++) {
        if (flags & BIT(CAUSES[i].flag)) {
            cause = CAUSES[i].cause;
        }
    }
    if (fault.mark == FAULT_MARK && cause == RESET_SOFTWARE) {
        fault_address = fault.address;
        cause = RESET_FAULT;
    }
    fault.mark = 0;
    return cause;
}

uint32_t chip_fault_address(void)
{
    return fault_address;
}

_Noreturn void chip_reset(void)
{
    SCB_AIRCR = SCB_AIRCR_RESET;
    for (;;) { /* the reset takes a few cycles */
    }
}

_Noreturn void record_fault(const uint32_t *frame);

__attribute__((used)) _Noreturn void record_fault(const uint32_t *frame)
{
    fault.address = frame[STACKED_PC];
    fault.mark = FAULT_MARK;
    chip_reset();
}

/* Naked: the frame's address is the stack pointer before the compiler moves it. Only the main stack is in use. */
__attribute__((naked)) void chip_fault_handler(void)
{
    __asm volatile("mov r0, sp\n bl record_fault");
}
