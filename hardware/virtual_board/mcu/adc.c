/* ADC, F0 layout: facts from Puya's py32f003x6.h, LL and HAL; behaviour as on STM32F0 where they are silent (assumed).
 *
 * +00 ISR    EOSMP 1, EOC 2, EOSEQ 3, OVR 4 (write one to clear; EOC also by reading DR); +04 IER the same bits
 * +08 CR     ADEN 0, ADSTART 2, ADSTP 4, ADCAL 31. Writing ADEN 0 disables: there is no ADDIS
 * +0C CFGR1  DMAEN 0, DMACFG 1, SCANDIR 2, RESSEL [4:3], ALIGN 5, EXTSEL [8:6], EXTEN [11:10], OVRMOD 12, CONT 13, WAIT 14,
 *            DISCEN 16
 * +10 CFGR2  CKMODE [31:28]: PCLK / 2^n, or HSI / 2^(n-8)
 * +14 SMPR   clocks of sampling: 3.5 5.5 7.5 13.5 28.5 41.5 71.5 239.5
 * +20 TR, +28 CHSELR, +40 DR
 * +44 CCSR   CALSEL 11, CALSMP [13:12], CALSET 15, CALON 31
 * +308 CCR   VREFEN 22, TSEN 23
 *
 * What the vendor forbids stops the machine: channels and clock while ADEN is set, CFGR1 and SMPR during a conversion,
 * calibration while ADEN or DMAEN is set, and a start within 8 clocks after ADEN. So does the analog watchdog. A conversion
 * takes the sampling time and as many clocks as it has bits (datasheet table 6-21: 12). Assumed: a trigger acts at once,
 * each edge of it alike; ADSTP acts at once; calibration takes 512 clocks. Channels 12 and 11 give 0 unless VREFEN or TSEN
 * is set: silicon would give something between. Not checked: the clock's limit of 6 MHz below 2.3 V.
 */
#include "adc_internal.h"

#define IRQ_ADC_COMP 12

enum {
    ISR = 0x00, IER = 0x04, CR = 0x08, CFGR1 = 0x0C, CFGR2 = 0x10, SMPR = 0x14, TR = 0x20, CHSELR = 0x28, DR = 0x40,
    CCSR = 0x44, CCR = 0x308
};

#define ISR_AWD (1u << 7) /* never set */
#define ISR_BITS (ISR_EOSMP | ISR_EOC | ISR_EOSEQ | ISR_OVR)
#define CR_BITS (CR_ADEN | CR_ADSTART | CR_ADSTP | CR_ADCAL)
#define CFGR1_BITS 0x17DFFu
#define CHSELR_BITS 0x1BFFu /* 0 to 9, 11, 12 */
#define CCSR_SETTINGS 0xB800u
#define TR_BITS 0x0FFF0FFFu
#define TR_RESET 0x0FFF0000u

void adc_update_interrupt(struct machine *m)
{
    const struct adc *a = &m->state.mcu.adc;
    irq_set(m, IRQ_ADC_COMP, (a->isr & a->ier) != 0);
}

static uint32_t adc_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    struct adc *a = &m->state.mcu.adc;
    if (offset == DR && size >= 2) {
        adc_taken(m);
        return a->dr;
    }
    if (size != 4)
        peripheral_unmodelled(m, slot, offset, size, false);
    switch (offset) {
    case ISR: return a->isr;
    case IER: return a->ier;
    case CR: return a->cr;
    case CFGR1: return a->cfgr1;
    case CFGR2: return a->cfgr2;
    case SMPR: return a->smpr;
    case TR: return a->tr;
    case CHSELR: return a->chselr;
    case CCSR: return a->ccsr;
    case CCR: return a->ccr;
    }
    peripheral_unmodelled(m, slot, offset, size, false);
}

static void switch_on(struct machine *m, bool on)
{
    struct adc *a = &m->state.mcu.adc;
    if (on == !!(a->cr & CR_ADEN))
        return;
    if (!on)
        adc_stop(m);
    a->cr = on ? a->cr | CR_ADEN : a->cr & ~CR_ADEN;
    a->enabled_at = m->state.ticks;
    mcu_power_changed(m);
}

/* ADSTART, ADSTP and ADCAL are set by software and cleared by hardware. False for what is forbidden. */
static bool control_write(struct machine *m, uint32_t value)
{
    const struct adc *a = &m->state.mcu.adc;
    uint32_t set = value & ~a->cr;
    if (value & ~CR_BITS || (a->cr & CR_ADCAL && value & CR_ADEN))
        return false;
    if (set & CR_ADCAL)
        return !(set & CR_ADEN) && adc_calibrate(m);
    if (set & CR_ADSTART && !(a->cr & CR_ADEN))
        return false;
    switch_on(m, value & CR_ADEN);
    if (value & CR_ADSTP && a->cr & CR_ADSTART) {
        adc_stop(m);
        return true;
    }
    return !(set & CR_ADSTART) || !(a->cr & CR_ADEN) || adc_start(m);
}

static bool configure(struct adc *a, uint32_t value)
{
    if (a->cr & CR_ADSTART || value & ~CFGR1_BITS || (value & CFGR1_CONT && value & CFGR1_DISCEN))
        return false;
    a->cfgr1 = value;
    return true;
}

static void clear_flags(struct machine *m, uint32_t value)
{
    m->state.mcu.adc.isr &= ~value;
    adc_update_interrupt(m);
    if (value & ISR_EOC)
        adc_taken(m);
}

/* A register that takes these bits, but only while those of CR are clear. */
static bool put(const struct adc *a, uint32_t *target, uint32_t value, uint32_t bits, uint32_t closed_by)
{
    if (a->cr & closed_by || value & ~bits)
        return false;
    *target = value;
    return true;
}

static bool register_write(struct machine *m, uint32_t offset, uint32_t value)
{
    struct adc *a = &m->state.mcu.adc;
    uint32_t mode = value >> CFGR2_CKMODE;
    switch (offset) {
    case ISR:
        clear_flags(m, value);
        return !(value & ~(ISR_BITS | ISR_AWD));
    case IER:
        if (!put(a, &a->ier, value, ISR_BITS, 0))
            return false;
        adc_update_interrupt(m);
        return true;
    case CR: return control_write(m, value);
    case CFGR1: return configure(a, value);
    case CFGR2: return (mode & 7) != 7 && put(a, &a->cfgr2, value, 0xFu << CFGR2_CKMODE, CR_ADEN | CR_ADCAL);
    case SMPR: return put(a, &a->smpr, value, 7, CR_ADSTART);
    case TR: return put(a, &a->tr, value, TR_BITS, CR_ADSTART);
    case CHSELR: return value == a->chselr || put(a, &a->chselr, value, CHSELR_BITS, CR_ADEN);
    case CCSR:
        if (a->cr & (CR_ADEN | CR_ADCAL) || value & ~(CCSR_SETTINGS | CCSR_CALON))
            return false;
        a->ccsr = value & CCSR_SETTINGS;
        return true;
    case CCR: return put(a, &a->ccr, value, CCR_VREFEN | CCR_TSEN, CR_ADSTART);
    }
    return false;
}

static void adc_write(struct machine *m, unsigned slot, uint32_t offset, unsigned size, uint32_t value)
{
    if (size != 4 || !register_write(m, offset, value))
        peripheral_unmodelled(m, slot, offset, size, true);
}

static void adc_reset(struct machine *m, unsigned slot)
{
    bool was_on = mcu_adc_on(m);
    m->state.mcu.adc = (struct adc){.tr = TR_RESET, .phase_ends = NEVER, .stopped_at = NEVER};
    adc_update_interrupt(m);
    peripheral_schedule(m, slot, NEVER);
    if (was_on)
        mcu_power_changed(m);
}

unsigned mcu_adc_on(struct machine *m)
{
    return (m->state.mcu.adc.cr & (CR_ADEN | CR_ADCAL)) != 0;
}

const struct peripheral ADC = {0x40012400, 0x400, adc_read, adc_write, adc_event, adc_reset, adc_sleep};
