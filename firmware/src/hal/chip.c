#include "hal/chip.h"

#include "hal/irq.h"
#include "py32f003.h"

#define FAULT_MARK 0xFA017EDDu
#define STACK_MARK 0x57AC0F01u
#define BOOTLOADER_MARK 0xB0071DEDu
#define ROM 0x1FFF0000u /* the bootloader's vector table: stack pointer, entry */
#define STACKED_PC 6 /* in the frame that an exception pushes: R0 to R3, R12, LR, PC, xPSR */

static volatile struct { /* volatile: nothing reads them before the reset, so the compiler would leave their writes out */
    uint32_t mark; /* why this firmware resets the chip */
    uint32_t address;
} last_words __attribute__((section(".noinit"))); /* survive the reset */

extern const uint32_t __stack_limit[]; /* linker script */

static uint32_t fault_address;

const uint8_t *chip_uid(void)
{
    return (const uint8_t *)FACTORY_UID;
}

/* Flags in RCC_CSR, from RCC_CSR_RESET_FLAGS, in the order of enum reset_cause. A power-on also sets the pin's flag, and each
 * software reset the pin's too: the rarer cause comes first. Nothing starts the window watchdog. */
static const uint8_t FLAGS[] = {2, 4, 3, 0, 1};

enum reset_cause chip_take_reset_cause(void)
{
    uint32_t flags = RCC_CSR >> RCC_CSR_RESET_FLAGS;
    RCC_CSR |= RCC_CSR_RMVF;
    uint32_t cause = 0;
    while (cause < sizeof FLAGS && !(flags & BIT(FLAGS[cause]))) {
        cause++;
    }
    if (cause == sizeof FLAGS) {
        cause = RESET_UNKNOWN;
    }
    if (last_words.mark == FAULT_MARK && cause == RESET_SOFTWARE) {
        fault_address = last_words.address;
        cause = RESET_FAULT;
    } else if (last_words.mark == STACK_MARK && cause == RESET_SOFTWARE) {
        cause = RESET_STACK;
    }
    last_words.mark = 0;
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

/* By way of a reset: the watchdog stops, and the ROM finds ports and clocks as it expects them. */
_Noreturn void chip_enter_bootloader(void)
{
    last_words.mark = BOOTLOADER_MARK;
    chip_reset();
}

void chip_follow_bootloader_request(void)
{
    if (last_words.mark != BOOTLOADER_MARK) {
        return;
    }
    last_words.mark = 0;
    SCB_VTOR = ROM;
    __asm volatile("msr msp, %0\n bx %1" ::"r"(REGISTER(ROM)), "r"(REGISTER(ROM + 4u)));
    __builtin_unreachable();
}

uint32_t chip_stack_unused(void)
{
    const uint32_t *word = __stack_limit;
    while (*word == CHIP_STACK_PAINT) {
        word++;
    }
    return (uint32_t)(word - __stack_limit) * sizeof *word;
}

void chip_check_stack(void)
{
    if (*__stack_limit != CHIP_STACK_PAINT) {
        last_words.mark = STACK_MARK;
        chip_reset();
    }
}

_Noreturn void record_fault(const uint32_t *frame);

__attribute__((used)) _Noreturn void record_fault(const uint32_t *frame)
{
    last_words.address = frame[STACKED_PC];
    last_words.mark = FAULT_MARK;
    chip_reset();
}

/* Naked: the frame's address is the stack pointer before the compiler moves it. Only the main stack is in use. */
__attribute__((naked)) void chip_fault_handler(void)
{
    __asm volatile("mov r0, sp\n bl record_fault");
}
