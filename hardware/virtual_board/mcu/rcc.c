/* Reset and clock control: 0x40021000, words only.
 *
 * +00 CR       HSION 8, HSIRDY 10, HSIDIV 13:11; HSE and its security system are not modelled: the board has no crystal
 * +04 ICSCR    HSI_TRIM 12:0, HSI_FS 15:13, LSI_TRIM 24:16, LSI_STARTUP 27:26 (kept, no effect)
 * +08 CFGR     SW 2:0, SWS 5:3, HPRE 11:8, PPRE 14:12; MCO is not modelled
 * +10 ECSCR    HSE_FREQ 3:2 (kept, no effect)
 * +18 CIER, +1C CIFR, +20 CICR  ready interrupts of LSI 0 and HSI 3; HSE 4 never comes
 * +24 IOPRSTR, +28 AHBRSTR, +2C APBRSTR1, +30 APBRSTR2   reset of a peripheral; ports' are not modelled
 * +34 IOPENR,  +38 AHBENR,  +3C APBENR1,  +40 APBENR2    clock of a peripheral
 * +54 CCIPR    LPTIMSEL 19:18
 * +5C BDCR     RTC and LSE are not modelled
 * +60 CSR      LSION 0, LSIRDY 1, NRST_FLTDIS 8 (kept, no effect), RMVF 23, reset flags 30:25
 *
 * Sources: vendor's py32f003x6.h and py32f003xx.svd. The SVD's reset values are kept but for three that it gives as zero
 * or not at all: HSIRDY; AHBENR, whose flash and RAM bits must be set for the core to run (?); and the trims, taken to be
 * loaded from the factory's words of 8 MHz and LSI (?).
 */
#include "rcc_internal.h"

enum { CR = 0x00, ICSCR = 0x04, CFGR = 0x08, ECSCR = 0x10, CIER = 0x18, CIFR = 0x1C, CICR = 0x20, RESETS = 0x24,
       ENABLES = 0x34, ENABLES_END = 0x44, CCIPR = 0x54, BDCR = 0x5C, CSR = 0x60 };

#define CR_HSIRDY BIT(10)
#define CR_WRITABLE (CR_HSION | 7u << CR_HSIDIV_POS)
#define CR_KNOWN (CR_WRITABLE | CR_HSIRDY)
#define ICSCR_AT_RESET 0x10000000u /* a reserved bit, from the SVD */
#define ICSCR_KNOWN (0x0DFFFFFFu | ICSCR_AT_RESET)
#define CFGR_SWS (CFGR_SW << CFGR_SWS_POS)
#define CFGR_WRITABLE (CFGR_SW | 0xFu << CFGR_HPRE_POS | 7u << CFGR_PPRE_POS)
#define ECSCR_KNOWN 0xCu
#define HSE_READY BIT(4)
#define CLOCK_SECURITY BIT(8)
#define CCIPR_LPTIMSEL_POS 18
#define CSR_LSIRDY BIT(1)
#define CSR_NRST_FLTDIS BIT(8)
#define CSR_RMVF BIT(23)
#define CSR_FLAGS 0x7E000000u
#define CSR_KNOWN (CSR_LSION | CSR_LSIRDY | CSR_NRST_FLTDIS | CSR_RMVF | CSR_FLAGS)

static void demand(struct machine *m, bool modelled, uint32_t offset)
{
    peripheral_demand(m, SLOT_RCC, offset, modelled);
}

enum lptim_clock rcc_lptim_clock(const struct machine *m)
{
    return (enum lptim_clock)(m->state.mcu.rcc.ccipr >> CCIPR_LPTIMSEL_POS);
}

/* An oscillator that the core runs from cannot be switched off. */
static void write_cr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    demand(m, !(value & ~CR_KNOWN), CR);
    rcc->cr = value & CR_WRITABLE;
    if (clock_tree_source(m) == SYSCLK_HSI)
        rcc->cr |= CR_HSION;
    hsi_apply(m);
    clock_tree_switch(m);
}

/* HSI that changes its range starts anew; the core is taken to go on at the new frequency meanwhile (?). */
static void write_icscr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    unsigned range = value >> ICSCR_HSI_FS_POS & 7;
    bool other_range = range != (rcc->icscr >> ICSCR_HSI_FS_POS & 7);
    demand(m, !(value & ~ICSCR_KNOWN) && range < HSI_RANGES, ICSCR);
    rcc->icscr = value;
    if (other_range)
        hsi_restart(m);
    clock_tree_apply(m);
}

static void write_cfgr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    uint32_t source = value & CFGR_SW;
    demand(m, !(value & ~(CFGR_WRITABLE | CFGR_SWS)) && (source == SYSCLK_HSI || source == SYSCLK_LSI), CFGR);
    rcc->cfgr = (value & CFGR_WRITABLE) | (rcc->cfgr & CFGR_SWS);
    clock_tree_switch(m);
}

static void write_csr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    bool ran = rcc_lsi_runs(m);
    uint32_t flags = value & CSR_RMVF ? 0 : rcc->csr & CSR_FLAGS;
    demand(m, !(value & ~CSR_KNOWN), CSR);
    rcc->csr = flags | (value & (CSR_LSION | CSR_NRST_FLTDIS));
    if (clock_tree_source(m) == SYSCLK_LSI)
        rcc->csr |= CSR_LSION;
    lsi_apply(m, ran);
}

static uint32_t rcc_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    if (offset >= RESETS && offset < ENABLES)
        return rcc->in_reset[(offset - RESETS) / 4];
    if (offset >= ENABLES && offset < ENABLES_END)
        return rcc->enabled[(offset - ENABLES) / 4];
    switch (offset) {
    case CR: return rcc->cr | (rcc->hsi.ready ? CR_HSIRDY : 0);
    case ICSCR: return rcc->icscr;
    case CFGR: return rcc->cfgr;
    case ECSCR: return rcc->ecscr;
    case CIER: return rcc->cier;
    case CIFR: return rcc->cifr;
    case CICR: return 0;
    case CCIPR: return rcc->ccipr;
    case BDCR: return 0;
    case CSR: return rcc->csr | (rcc->lsi.ready ? CSR_LSIRDY : 0);
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void rcc_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, true);
    if (offset >= RESETS && offset < ENABLES) {
        demand(m, gates_reset(m, (enum rcc_bus)((offset - RESETS) / 4), value), offset);
        return;
    }
    if (offset >= ENABLES && offset < ENABLES_END) {
        demand(m, gates_enable(m, (enum rcc_bus)((offset - ENABLES) / 4), value), offset);
        return;
    }
    switch (offset) {
    case CR: write_cr(m, value); return;
    case ICSCR: write_icscr(m, value); return;
    case CFGR: write_cfgr(m, value); return;
    case ECSCR:
        demand(m, !(value & ~ECSCR_KNOWN), offset);
        rcc->ecscr = value;
        return;
    case CIER:
        demand(m, !(value & ~(LSI_READY | HSI_READY | HSE_READY)), offset);
        rcc->cier = value;
        return;
    case CIFR: return; /* read only */
    case CICR:
        demand(m, !(value & ~(LSI_READY | HSI_READY | HSE_READY | CLOCK_SECURITY)), offset);
        rcc->cifr &= ~value;
        oscillators_update_interrupt(m);
        return;
    case CCIPR:
        demand(m, value >> CCIPR_LPTIMSEL_POS <= LPTIM_CLOCK_LSI && !(value & (BIT(CCIPR_LPTIMSEL_POS) - 1)), offset);
        rcc->ccipr = value;
        return;
    case BDCR: demand(m, value == 0, offset); return;
    case CSR: write_csr(m, value); return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void rcc_reset(struct machine *m, unsigned slot)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    struct rcc after = {
        .cr = CR_HSION,
        .icscr = ICSCR_AT_RESET | factory_lsi_trim(m) << ICSCR_LSI_TRIM_POS |
                 HSI_RANGE_AT_RESET << ICSCR_HSI_FS_POS | factory_hsi_trim(m, HSI_RANGE_AT_RESET),
        .enabled = {[BUS_AHB] = AHB_AT_RESET},
        .csr = rcc->csr & CSR_FLAGS,
        .hsi = {.ready = true, .ready_at = NEVER, .error_ppm = rcc->hsi.error_ppm},
        .lsi = {.ready_at = NEVER, .error_ppm = rcc->lsi.error_ppm},
    };
    *rcc = after;
    peripheral_schedule(m, slot, NEVER);
    clock_tree_apply(m);
    mcu_power_changed(m);
}

void rcc_reset_chip(struct machine *m, enum reset_flag flag)
{
    m->state.mcu.rcc.csr |= BIT(flag);
    m->state.mcu.rcc.reset_asked = true;
    machine_stop(m, STOP_RESET);
}

const struct peripheral RCC = {0x40021000, 0x400, rcc_read, rcc_write, oscillators_event, rcc_reset, NULL};
