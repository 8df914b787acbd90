/* System configuration: 0x40010000, words only.
 *
 * +00 CFGR1  MEM_MODE 1:0, what is seen at address 0: 0 and 2 flash, 1 system memory, 3 RAM; after reset the boot choice.
 *            I2C_xx_ANF 30:18, the noise filters of pins, kept without effect
 * +18 CFGR2  breaks of TIM1, TIM16, TIM17 and TIM1's ETR: not modelled
 * +1C CFGR3  request that each DMA channel serves: 4:0, 12:8, 20:16; DMAx_ACKLVL is not modelled
 *
 * Sources: vendor's py32f003x6.h, py32f003xx.svd, py32f0xx_ll_system.h.
 */
#include "machine.h"

enum { CFGR1 = 0x00, CFGR2 = 0x18, CFGR3 = 0x1C };

#define CFGR1_MEM_MODE 3u
#define CFGR1_KNOWN (CFGR1_MEM_MODE | 0x7FFC0000u)
#define CFGR3_MAP 0x1Fu
#define CFGR3_KNOWN 0x1F1F1Fu

static const enum alias ALIASES[] = {ALIAS_FLASH, ALIAS_SYSTEM, ALIAS_FLASH, ALIAS_RAM}; /* by MEM_MODE */
static const uint32_t MEM_MODES[] = {[ALIAS_FLASH] = 0, [ALIAS_SYSTEM] = 1, [ALIAS_RAM] = 3};

void syscfg_boot(struct machine *m, enum alias memory)
{
    m->state.mcu.syscfg.boot = memory;
    machine_set_alias(m, memory);
}

unsigned syscfg_dma_request(const struct machine *m, unsigned channel)
{
    return m->state.mcu.syscfg.cfgr3 >> 8 * (channel - 1) & CFGR3_MAP;
}

static uint32_t syscfg_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct syscfg *syscfg = &m->state.mcu.syscfg;
    if (size == 4)
        switch (offset) {
        case CFGR1: return syscfg->cfgr1;
        case CFGR2: return 0;
        case CFGR3: return syscfg->cfgr3;
        }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void syscfg_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct syscfg *syscfg = &m->state.mcu.syscfg;
    if (size == 4 && offset == CFGR1 && !(value & ~CFGR1_KNOWN)) {
        syscfg->cfgr1 = value;
        machine_set_alias(m, ALIASES[value & CFGR1_MEM_MODE]);
    } else if (size == 4 && offset == CFGR3 && !(value & ~CFGR3_KNOWN)) {
        syscfg->cfgr3 = value;
    } else if (size != 4 || offset != CFGR2 || value) {
        peripheral_unmodelled(m, slot, offset, size, true);
    }
}

static void syscfg_reset(struct machine *m, unsigned slot)
{
    struct syscfg *syscfg = &m->state.mcu.syscfg;
    (void)slot;
    syscfg->cfgr1 = MEM_MODES[syscfg->boot];
    syscfg->cfgr3 = 0;
    machine_set_alias(m, (int)syscfg->boot);
}

const struct peripheral SYSCFG = {0x40010000, 0x400, syscfg_read, syscfg_write, NULL, syscfg_reset, NULL};
