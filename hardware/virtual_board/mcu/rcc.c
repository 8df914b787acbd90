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
#include "clock_tree.h"

enum { CR = 0x00, ICSCR = 0x04, CFGR = 0x08, ECSCR = 0x10, CIER = 0x18, CIFR = 0x1C, CICR = 0x20, RESETS = 0x24,
       ENABLES = 0x34, ENABLES_END = 0x44, CCIPR = 0x54, BDCR = 0x5C, CSR = 0x60 };

#define BIT(n) (1u << (n))
#define CR_HSIRDY BIT(10)
#define CR_WRITABLE (RCC_CR_HSION | 7u << RCC_CR_HSIDIV_POS)
#define CR_KNOWN (CR_WRITABLE | CR_HSIRDY)
#define ICSCR_AT_RESET 0x10000000u /* a reserved bit, from the SVD */
#define ICSCR_KNOWN (0x0DFFFFFFu | ICSCR_AT_RESET)
#define CFGR_SWS (RCC_CFGR_SW << RCC_CFGR_SWS_POS)
#define CFGR_WRITABLE (RCC_CFGR_SW | 0xFu << RCC_CFGR_HPRE_POS | 7u << RCC_CFGR_PPRE_POS)
#define ECSCR_KNOWN 0xCu
#define LSI_READY BIT(0)
#define HSI_READY BIT(3)
#define HSE_READY BIT(4)
#define CLOCK_SECURITY BIT(8)
#define CCIPR_LPTIMSEL_POS 18
#define CSR_LSIRDY BIT(1)
#define CSR_NRST_FLTDIS BIT(8)
#define CSR_RMVF BIT(23)
#define CSR_FLAGS 0x7E000000u
#define CSR_KNOWN (RCC_CSR_LSION | CSR_LSIRDY | CSR_NRST_FLTDIS | CSR_RMVF | CSR_FLAGS)

enum { IRQ_RCC = 4, TICKS_PER_US = 1536 };
enum { HSI_START_US = 2 };   /* datasheet: HSI start */
enum { LSI_START_US = 100 }; /* (?) of the order of 100 us */

#define AHB_FLASH BIT(8)
#define AHB_SRAM BIT(9)

static const uint32_t ENABLE_KNOWN[RCC_BUSES] = {
    [BUS_IOP] = BIT(0) | BIT(1) | BIT(5),
    [BUS_AHB] = BIT(0) | AHB_FLASH | AHB_SRAM | BIT(12),
    [BUS_APB1] = BIT(1) | BIT(10) | BIT(11) | BIT(17) | BIT(21) | BIT(27) | BIT(28) | BIT(31),
    [BUS_APB2] = BIT(0) | BIT(11) | BIT(12) | BIT(14) | BIT(15) | BIT(17) | BIT(18) | BIT(20) | BIT(21) | BIT(22),
};
/* Nobody needs a whole port reset, and gpio.c has one for all ports only. */
static const uint32_t RESET_KNOWN[RCC_BUSES] = {
    [BUS_AHB] = BIT(0) | BIT(12),
    [BUS_APB1] = BIT(1) | BIT(17) | BIT(21) | BIT(27) | BIT(28) | BIT(31),
    [BUS_APB2] = BIT(0) | BIT(11) | BIT(12) | BIT(14) | BIT(15) | BIT(17) | BIT(18) | BIT(20) | BIT(21) | BIT(22),
};

/* Bits of the peripherals that have a model. */
static const struct { enum rcc_bus bus; uint8_t bit; enum mcu_slot slot; } GATES[] = {
    [CLOCK_GPIOA] = {BUS_IOP, 0, SLOT_GPIO},   [CLOCK_GPIOB] = {BUS_IOP, 1, SLOT_GPIO},
    [CLOCK_GPIOF] = {BUS_IOP, 5, SLOT_GPIO},   [CLOCK_DMA] = {BUS_AHB, 0, SLOT_DMA},
    [CLOCK_FLASH] = {BUS_AHB, 8, SLOT_FLASH},  [CLOCK_TIM3] = {BUS_APB1, 1, SLOT_TIM3},
    [CLOCK_I2C] = {BUS_APB1, 21, SLOT_I2C},    [CLOCK_PWR] = {BUS_APB1, 28, SLOT_PWR},
    [CLOCK_LPTIM] = {BUS_APB1, 31, SLOT_LPTIM}, [CLOCK_SYSCFG] = {BUS_APB2, 0, SLOT_SYSCFG},
    [CLOCK_USART1] = {BUS_APB2, 14, SLOT_USART1}, [CLOCK_ADC] = {BUS_APB2, 20, SLOT_ADC},
};
enum { GATE_COUNT = sizeof GATES / sizeof *GATES };

bool rcc_clocked(const struct machine *m, enum clock clock)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    return clock == CLOCK_ALWAYS ||
           (rcc->enabled[GATES[clock].bus] & ~rcc->in_reset[GATES[clock].bus]) >> GATES[clock].bit & 1;
}

/* Oscillators ---------------------------------------------------------------------------------- */

static void schedule_ready(struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    peripheral_schedule(m, SLOT_RCC, rcc->hsi.ready_at < rcc->lsi.ready_at ? rcc->hsi.ready_at : rcc->lsi.ready_at);
}

static void oscillator_start(struct machine *m, struct oscillator *oscillator, unsigned start_us)
{
    oscillator->ready = false;
    oscillator->ready_at = m->state.ticks + (uint64_t)start_us * TICKS_PER_US;
    schedule_ready(m);
}

static void oscillator_stop(struct machine *m, struct oscillator *oscillator)
{
    oscillator->ready = false;
    oscillator->ready_at = NEVER;
    schedule_ready(m);
}

static bool oscillator_off(const struct oscillator *oscillator)
{
    return !oscillator->ready && oscillator->ready_at == NEVER;
}

static void ready_flag(struct machine *m, uint32_t flag)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    rcc->cifr |= flag & rcc->cier;
    irq_set(m, IRQ_RCC, rcc->cifr != 0);
}

static void oscillator_become_ready(struct machine *m, struct oscillator *oscillator, uint32_t flag)
{
    if (oscillator->ready_at > m->state.ticks)
        return;
    oscillator->ready = true;
    oscillator->ready_at = NEVER;
    ready_flag(m, flag);
}

static void rcc_event(struct machine *m, unsigned slot)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    (void)slot;
    oscillator_become_ready(m, &rcc->hsi, HSI_READY);
    oscillator_become_ready(m, &rcc->lsi, LSI_READY);
    clock_tree_switch(m);
    schedule_ready(m);
}

bool rcc_lsi_runs(const struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    return rcc->csr & RCC_CSR_LSION || rcc->lsi_forced;
}

unsigned mcu_lsi_on(struct machine *m) { return rcc_lsi_runs(m); }

static void lsi_apply(struct machine *m, bool ran)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    if (rcc_lsi_runs(m) == ran)
        return;
    if (ran)
        oscillator_stop(m, &rcc->lsi);
    else
        oscillator_start(m, &rcc->lsi, LSI_START_US);
    mcu_power_changed(m);
}

void rcc_force_lsi(struct machine *m)
{
    bool ran = rcc_lsi_runs(m);
    m->state.mcu.rcc.lsi_forced = true;
    lsi_apply(m, ran);
}

enum lptim_clock rcc_lptim_clock(const struct machine *m)
{
    return (enum lptim_clock)(m->state.mcu.rcc.ccipr >> CCIPR_LPTIMSEL_POS);
}

/* Registers ------------------------------------------------------------------------------------ */

static void demand(struct machine *m, bool modelled, uint32_t offset)
{
    if (!modelled)
        peripheral_unmodelled(m, SLOT_RCC, offset, 4, true);
}

static unsigned system_clock(const struct rcc *rcc)
{
    return (rcc->cfgr & CFGR_SWS) >> RCC_CFGR_SWS_POS;
}

/* An oscillator that the core runs from cannot be switched off. */
static void write_cr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    demand(m, !(value & ~CR_KNOWN), CR);
    rcc->cr = value & CR_WRITABLE;
    if (system_clock(rcc) == SYSCLK_HSI)
        rcc->cr |= RCC_CR_HSION;
    if (!(rcc->cr & RCC_CR_HSION))
        oscillator_stop(m, &rcc->hsi);
    else if (oscillator_off(&rcc->hsi))
        oscillator_start(m, &rcc->hsi, HSI_START_US);
    clock_tree_switch(m);
}

/* HSI that changes its range starts anew; the core is taken to go on at the new frequency meanwhile (?). */
static void write_icscr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    unsigned range = value >> RCC_ICSCR_HSI_FS_POS & 7;
    bool other_range = range != (rcc->icscr >> RCC_ICSCR_HSI_FS_POS & 7);
    demand(m, !(value & ~ICSCR_KNOWN) && range < HSI_RANGES, ICSCR);
    rcc->icscr = value;
    if (other_range && rcc->cr & RCC_CR_HSION)
        oscillator_start(m, &rcc->hsi, HSI_START_US);
    clock_tree_apply(m);
}

static void write_cfgr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    uint32_t source = value & RCC_CFGR_SW;
    demand(m, !(value & ~(CFGR_WRITABLE | CFGR_SWS)) && (source == SYSCLK_HSI || source == SYSCLK_LSI), CFGR);
    rcc->cfgr = (value & CFGR_WRITABLE) | (rcc->cfgr & CFGR_SWS);
    clock_tree_switch(m);
}

static void write_enable(struct machine *m, enum rcc_bus bus, uint32_t offset, uint32_t value)
{
    demand(m, !(value & ~ENABLE_KNOWN[bus]), offset);
    demand(m, bus != BUS_AHB || (value & (AHB_FLASH | AHB_SRAM)) == (AHB_FLASH | AHB_SRAM), offset);
    m->state.mcu.rcc.enabled[bus] = value;
}

/* A peripheral is in reset as long as its bit is set. */
static void write_reset(struct machine *m, enum rcc_bus bus, uint32_t offset, uint32_t value)
{
    demand(m, !(value & ~RESET_KNOWN[bus]), offset);
    m->state.mcu.rcc.in_reset[bus] = value;
    for (unsigned clock = CLOCK_ALWAYS + 1; clock < GATE_COUNT; clock++)
        if (GATES[clock].bus == bus && value >> GATES[clock].bit & 1 && m->peripherals[GATES[clock].slot].reset)
            m->peripherals[GATES[clock].slot].reset(m, GATES[clock].slot);
}

static void write_csr(struct machine *m, uint32_t value)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    bool ran = rcc_lsi_runs(m);
    uint32_t flags = value & CSR_RMVF ? 0 : rcc->csr & CSR_FLAGS;
    demand(m, !(value & ~CSR_KNOWN), CSR);
    rcc->csr = flags | (value & (RCC_CSR_LSION | CSR_NRST_FLTDIS));
    if (system_clock(rcc) == SYSCLK_LSI)
        rcc->csr |= RCC_CSR_LSION;
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
        write_reset(m, (enum rcc_bus)((offset - RESETS) / 4), offset, value);
        return;
    }
    if (offset >= ENABLES && offset < ENABLES_END) {
        write_enable(m, (enum rcc_bus)((offset - ENABLES) / 4), offset, value);
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
        ready_flag(m, 0);
        return;
    case CCIPR:
        demand(m, value >> CCIPR_LPTIMSEL_POS <= LPTIM_CLOCK_LSI && !(value & (BIT(CCIPR_LPTIMSEL_POS) - 1)), offset);
        rcc->ccipr = value;
        return;
    case BDCR:
        demand(m, value == 0, offset);
        return;
    case CSR: write_csr(m, value); return;
    }
    peripheral_unmodelled(m, slot, offset, size, true);
}

static void rcc_reset(struct machine *m, unsigned slot)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    struct rcc after = {
        .cr = RCC_CR_HSION,
        .icscr = ICSCR_AT_RESET | factory_lsi_trim(m) << RCC_ICSCR_LSI_TRIM_POS |
                 HSI_RANGE_AT_RESET << RCC_ICSCR_HSI_FS_POS | factory_hsi_trim(m, HSI_RANGE_AT_RESET),
        .enabled = {[BUS_AHB] = AHB_FLASH | AHB_SRAM},
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

const struct peripheral RCC = {0x40021000, 0x400, rcc_read, rcc_write, rcc_event, rcc_reset, NULL};
