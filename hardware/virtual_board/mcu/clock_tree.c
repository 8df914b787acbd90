/* HSI and LSI -> SYSCLK -> HCLK -> PCLK.
 *
 * Ranges, dividers and places of the trim words: vendor's py32f0xx_ll_rcc.h and system_py32f0xx.c. With the factory's trim
 * an oscillator has its nominal frequency, plus the error that a test asks for. What a step of trim does is not published:
 * the steps below are assumptions, there so that a wrong trim is noticed.
 *
 * A period of HSI is a whole number of ticks, so its frequency is right to 0.8 % at 24 MHz: the 22.12 MHz range runs at
 * 22.26 MHz, and an error below 0.8 % has no effect. LSI's is right to 11 ppm.
 */
#include "rcc_internal.h"

#define HSI_TRIM_WORDS 0xF00u /* in system memory, one for each range */
#define LSI_TRIM_WORD 0xFA4u
#define LSI_HZ 32768

enum { HSI_PPM_PER_STEP = 1000, LSI_PPM_PER_STEP = 2000 }; /* (?) */
enum { SLOWEST_PPM = -750000, FASTEST_PPM = 1000000 };     /* however wrong the trim is */

static const int64_t HSI_HZ[HSI_RANGES] = {4000000, 8000000, 16000000, 22120000, 24000000};

static uint32_t factory_word(const struct machine *m, uint32_t offset)
{
    const uint8_t *bytes = m->state.system + offset;
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint32_t factory_hsi_trim(const struct machine *m, unsigned range)
{
    return factory_word(m, HSI_TRIM_WORDS + 4 * range) & ICSCR_HSI_TRIM;
}

uint32_t factory_lsi_trim(const struct machine *m)
{
    return factory_word(m, LSI_TRIM_WORD) & ICSCR_LSI_TRIM;
}

static uint32_t period_ticks(int64_t nominal_hz, int64_t error_ppm)
{
    int64_t micro_hz;
    if (error_ppm < SLOWEST_PPM)
        error_ppm = SLOWEST_PPM;
    if (error_ppm > FASTEST_PPM)
        error_ppm = FASTEST_PPM;
    micro_hz = nominal_hz * (1000000 + error_ppm);
    return (uint32_t)((TICKS_PER_SECOND * 1000000ll + micro_hz / 2) / micro_hz);
}

uint32_t rcc_hsi_ticks(const struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    unsigned range = rcc->icscr >> ICSCR_HSI_FS_POS & 7;
    int64_t steps = (int64_t)(rcc->icscr & ICSCR_HSI_TRIM) - factory_hsi_trim(m, range);
    return period_ticks(HSI_HZ[range], rcc->hsi.error_ppm + steps * HSI_PPM_PER_STEP);
}

uint32_t rcc_lsi_ticks(const struct machine *m)
{
    const struct rcc *rcc = &m->state.mcu.rcc;
    int64_t steps = (int64_t)(rcc->icscr >> ICSCR_LSI_TRIM_POS & ICSCR_LSI_TRIM) - factory_lsi_trim(m);
    return period_ticks(LSI_HZ, rcc->lsi.error_ppm + steps * LSI_PPM_PER_STEP);
}

enum sysclk clock_tree_source(const struct machine *m)
{
    return (enum sysclk)(m->state.mcu.rcc.cfgr >> CFGR_SWS_POS & CFGR_SW);
}

static uint32_t sysclk_ticks(const struct machine *m)
{
    if (clock_tree_source(m) == SYSCLK_LSI)
        return rcc_lsi_ticks(m);
    return rcc_hsi_ticks(m) << (m->state.mcu.rcc.cr >> CR_HSIDIV_POS & 7);
}

/* HPRE: 0xxx is 1, then 2 to 16 and 64 to 512: there is no 32. */
static unsigned ahb_shift(const struct machine *m)
{
    unsigned hpre = m->state.mcu.rcc.cfgr >> CFGR_HPRE_POS & 15;
    return hpre < 8 ? 0 : hpre < 12 ? hpre - 7 : hpre - 6;
}

/* PPRE: 0xx is 1, then 2 to 16. */
static unsigned apb_shift(const struct machine *m)
{
    unsigned ppre = m->state.mcu.rcc.cfgr >> CFGR_PPRE_POS & 7;
    return ppre < 4 ? 0 : ppre - 3;
}

uint32_t rcc_pclk_ticks(const struct machine *m)
{
    return m->state.ticks_per_cycle << apb_shift(m);
}

uint32_t mcu_hclk_hz(struct machine *m)
{
    return (TICKS_PER_SECOND + m->state.ticks_per_cycle / 2) / m->state.ticks_per_cycle;
}

void clock_tree_apply(struct machine *m)
{
    uint32_t ticks = sysclk_ticks(m) << ahb_shift(m);
    if (ticks == m->state.ticks_per_cycle)
        return;
    machine_set_ticks_per_cycle(m, ticks);
    mcu_power_changed(m);
}

void clock_tree_switch(struct machine *m)
{
    struct rcc *rcc = &m->state.mcu.rcc;
    uint32_t wanted = rcc->cfgr & CFGR_SW;
    if (wanted == SYSCLK_LSI ? rcc->lsi.ready : rcc->hsi.ready)
        rcc->cfgr = (rcc->cfgr & ~(CFGR_SW << CFGR_SWS_POS)) | wanted << CFGR_SWS_POS;
    clock_tree_apply(m);
}

void mcu_set_clock_error(struct machine *m, int hsi_ppm, int lsi_ppm)
{
    m->state.mcu.rcc.hsi.error_ppm = hsi_ppm;
    m->state.mcu.rcc.lsi.error_ppm = lsi_ppm;
    clock_tree_apply(m);
}
