/* What begins a program: power, the reset pin, and what asked for a reset.
 *
 * Boot (datasheet table 3-1): BOOT0 low is flash; high is system memory, or RAM where the option bit nBOOT1 is 0.
 * Every reset of the chip also pulls its reset pin, so that the pin's flag is set each time (as on STM32F0 (?)).
 */
#include "machine.h"

#include <string.h>

#define FLAG(cause) (1u << (cause))
enum { RAM_AT_POWER_ON = 0x5C }; /* any pattern; not zero, which would hide a variable that nobody set, nor stack paint */

static enum alias boot_memory(struct machine *m, bool boot0)
{
    if (!boot0)
        return ALIAS_FLASH;
    return flash_boots_from_system(m) ? ALIAS_SYSTEM : ALIAS_RAM;
}

static void begin(struct machine *m, bool boot0)
{
    syscfg_boot(m, boot_memory(m, boot0));
    machine_reset(m);
}

void mcu_restart(struct machine *m, int boot0)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (!rcc->reset_asked)
        rcc->csr |= FLAG(RESET_SOFTWARE); /* the core's AIRCR has no other way to say so */
    rcc->csr |= FLAG(RESET_PIN);
    begin(m, boot0);
}

void mcu_power_on(struct machine *m, int boot0)
{
    mcu_power_lost(m, m->state.ticks);
    m->state.mcu.rcc.csr = FLAG(RESET_POWER) | FLAG(RESET_PIN);
    memset(m->state.ram, RAM_AT_POWER_ON, RAM_BYTES);
    begin(m, boot0);
}

void mcu_reset_pin(struct machine *m, int boot0)
{
    m->state.mcu.rcc.csr |= FLAG(RESET_PIN);
    begin(m, boot0);
}
