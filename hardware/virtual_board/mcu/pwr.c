/* Power control and STOP: 0x40007000, words only.
 *
 * +00 CR1  BIAS_CR 3:0, BIAS_CR_SEL 4, DBP 8, VOS 9 (1.0 V in STOP), MRRDY_TIME 11:10 (2 to 5 us), FLS_SLPTIME 13:12,
 *          LPR 14 (low-power regulator in STOP), SRAM_RETV 18:16; HSION_CTRL 19 is not modelled
 * +04 CR2  PVDE 0 is not modelled; SRCSEL 2, PVDT 6:4, FLTEN 8, FLT_TIME 11:9 kept, no effect
 * +14 SR   PVDO 11, always 0
 *
 * Sources: vendor's py32f003x6.h, py32f003xx.svd and STOP examples; wake-up times from the datasheet's section 6.3. With
 * the low-power regulator the time to wake is taken to hold for MRRDY_TIME at its reset value, and to grow with it (?).
 * FLS_SLPTIME is kept without effect: the datasheet does not say which setting its times are for.
 *
 * In STOP only LSI and what it clocks go on, and the EXTI. Each other peripheral puts off what it was about to do in its own
 * sleep function, which is called after this one: pwr_stopped() is true there from the start of STOP, and false when it is
 * over and the time to wake has passed.
 */
#include "machine.h"

enum { CR1 = 0x00, CR2 = 0x04, SR = 0x14 };
enum { WAKE_MAIN_TICKS = 7 * TICKS_PER_US / 2, WAKE_LOW_POWER_US = 6 };

#define CR1_VOS (1u << 9)
#define CR1_MRRDY_TIME_POS 10
#define CR1_LPR (1u << 14)
#define CR1_KNOWN 0x77F1Fu
#define CR1_AT_RESET 0x30000u
#define CR2_KNOWN 0xF74u
#define CR2_AT_RESET 0x500u

bool pwr_stopped(const struct machine *m) { return m->state.mcu.pwr.stopped; }

unsigned mcu_mode(struct machine *m) { return m->state.mcu.pwr.mode; }

static void set_mode(struct machine *m, enum mode mode)
{
    if (m->state.mcu.pwr.mode == mode)
        return;
    m->state.mcu.pwr.mode = mode;
    mcu_power_changed(m);
}

static enum mode stop_mode(const struct pwr *pwr)
{
    if (!(pwr->cr1 & CR1_LPR))
        return MODE_STOP_MAIN;
    return pwr->cr1 & CR1_VOS ? MODE_STOP_LPR_1V0 : MODE_STOP_LPR_1V2;
}

static uint64_t wake_ticks(const struct pwr *pwr)
{
    if (!(pwr->cr1 & CR1_LPR))
        return WAKE_MAIN_TICKS;
    return (uint64_t)(WAKE_LOW_POWER_US + (pwr->cr1 >> CR1_MRRDY_TIME_POS & 3)) * TICKS_PER_US;
}

static void stop_begin(struct machine *m)
{
    m->state.mcu.pwr.stopped = true;
    set_mode(m, stop_mode(&m->state.mcu.pwr));
}

static void stop_end(struct machine *m)
{
    set_mode(m, MODE_RUN);
    m->state.ticks += wake_ticks(&m->state.mcu.pwr);
    m->state.mcu.pwr.stopped = false;
}

/* The vendor switches this peripheral's clock on before STOP; what happens otherwise is not known. */
static void refuse_without_clock(struct machine *m)
{
    m->state.trap = (struct trap){.address = PWR.base, .pc = m->state.r[PC], .size = 4};
    machine_stop(m, STOP_UNCLOCKED);
}

static void pwr_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    (void)slot;
    if (asleep && deep && !rcc_clocked(m, CLOCK_PWR))
        refuse_without_clock(m);
    else if (asleep && deep)
        stop_begin(m);
    else if (asleep)
        set_mode(m, MODE_SLEEP);
    else if (pwr_stopped(m))
        stop_end(m);
    else
        set_mode(m, MODE_RUN);
}

static uint32_t pwr_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    const struct pwr *pwr = &m->state.mcu.pwr;
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    switch (offset) {
    case CR1: return pwr->cr1;
    case CR2: return pwr->cr2;
    case SR: return 0;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void pwr_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    struct pwr *pwr = &m->state.mcu.pwr;
    if (size == 4 && offset == CR1 && !(value & ~CR1_KNOWN))
        pwr->cr1 = value;
    else if (size == 4 && offset == CR2 && !(value & ~CR2_KNOWN))
        pwr->cr2 = value;
    else if (size != 4 || offset != SR) /* SR is read only */
        peripheral_unmodelled(m, slot, offset, size, true);
}

static void pwr_reset(struct machine *m, unsigned slot)
{
    struct pwr *pwr = &m->state.mcu.pwr;
    (void)slot;
    pwr->cr1 = CR1_AT_RESET;
    pwr->cr2 = CR2_AT_RESET;
    pwr->stopped = false;
    set_mode(m, MODE_RUN);
}

const struct peripheral PWR = {0x40007000, 0x400, pwr_read, pwr_write, NULL, pwr_reset, pwr_sleep};
