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
 * is set: silicon would give something between. Not checked: the clock's limit of 6 MHz below 2.3 V. */
#include "adc.h"

#include "machine.h"

#define IRQ_ADC_COMP 12

enum {
    ISR = 0x00, IER = 0x04, CR = 0x08, CFGR1 = 0x0C, CFGR2 = 0x10, SMPR = 0x14, TR = 0x20, CHSELR = 0x28, DR = 0x40,
    CCSR = 0x44, CCR = 0x308
};

#define ISR_EOSMP (1u << 1)
#define ISR_EOC (1u << 2)
#define ISR_EOSEQ (1u << 3)
#define ISR_OVR (1u << 4)
#define ISR_AWD (1u << 7) /* never set */
#define ISR_BITS (ISR_EOSMP | ISR_EOC | ISR_EOSEQ | ISR_OVR)
#define CR_ADEN (1u << 0)
#define CR_ADSTART (1u << 2)
#define CR_ADSTP (1u << 4)
#define CR_ADCAL (1u << 31)
#define CR_BITS (CR_ADEN | CR_ADSTART | CR_ADSTP | CR_ADCAL)
#define CFGR1_DMAEN (1u << 0)
#define CFGR1_SCANDIR (1u << 2)
#define CFGR1_RESSEL 3
#define CFGR1_ALIGN (1u << 5)
#define CFGR1_EXTSEL 6
#define CFGR1_EXTEN (3u << 10)
#define CFGR1_OVRMOD (1u << 12)
#define CFGR1_CONT (1u << 13)
#define CFGR1_WAIT (1u << 14)
#define CFGR1_DISCEN (1u << 16)
#define CFGR1_BITS 0x17DFFu
#define CFGR2_CKMODE 28
#define CKMODE_HSI 8u
#define CHSELR_BITS 0x1BFFu /* 0 to 9, 11, 12 */
#define CCSR_CALON (1u << 31)
#define CCSR_SETTINGS 0xB800u
#define CCR_VREFEN (1u << 22)
#define CCR_TSEN (1u << 23)
#define TR_BITS 0x0FFF0FFFu
#define TR_RESET 0x0FFF0000u
#define CHANNEL_TEMPERATURE 11
#define CHANNEL_VREFINT 12
#define CALIBRATION_CLOCKS 512
#define ENABLE_CLOCKS 8

static const uint16_t SAMPLING_HALF_CLOCKS[8] = {7, 11, 15, 27, 57, 83, 143, 479};

static uint64_t clock_ticks(const struct machine *m)
{
    uint32_t mode = m->state.mcu.adc.cfgr2 >> CFGR2_CKMODE;
    return mode & CKMODE_HSI ? (uint64_t)rcc_hsi_ticks(m) << (mode & 7) : (uint64_t)rcc_pclk_ticks(m) << mode;
}

static void update_interrupt(struct machine *m)
{
    const struct adc *a = &m->state.mcu.adc;
    irq_set(m, IRQ_ADC_COMP, (a->isr & a->ier) != 0);
}

static void enter_phase(struct machine *m, enum adc_phase phase, uint64_t ends)
{
    m->state.mcu.adc.phase = phase;
    m->state.mcu.adc.phase_ends = ends;
    peripheral_schedule(m, SLOT_ADC, ends);
}

/* A conversion ---------------------------------------------------------------------------------- */

static unsigned next_channel(const struct adc *a)
{
    unsigned channel = a->cfgr1 & CFGR1_SCANDIR ? 12 : 0;
    while (!(a->left >> channel & 1))
        channel += a->cfgr1 & CFGR1_SCANDIR ? -1 : 1;
    return channel;
}

/* The next channel, or the first one again. */
static void begin_conversion(struct machine *m, uint64_t at)
{
    struct adc *a = &m->state.mcu.adc;
    if (!a->left)
        a->left = a->chselr;
    if (!a->left) {
        enter_phase(m, ADC_IDLE, NEVER);
        return;
    }
    a->channel = next_channel(a);
    enter_phase(m, ADC_SAMPLING, at + SAMPLING_HALF_CLOCKS[a->smpr] * clock_ticks(m) / 2);
}

static uint32_t convert(struct machine *m)
{
    const struct adc *a = &m->state.mcu.adc;
    if (a->channel == CHANNEL_VREFINT && !(a->ccr & CCR_VREFEN))
        return 0;
    if (a->channel == CHANNEL_TEMPERATURE && !(a->ccr & CCR_TSEN))
        return 0;
    return m->outside.convert(m, a->channel) & 0xFFF;
}

static unsigned result_bits(const struct adc *a)
{
    return 12 - 2 * (a->cfgr1 >> CFGR1_RESSEL & 3);
}

static void end_sampling(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    a->sampled_at = a->phase_ends;
    a->isr |= ISR_EOSMP;
    a->result = convert(m) >> (12 - result_bits(a));
    enter_phase(m, ADC_CONVERTING, a->phase_ends + result_bits(a) * clock_ticks(m));
}

/* 6 bits are aligned to the left of a byte, the others to that of a halfword (STM32F0). */
static uint32_t aligned(const struct adc *a)
{
    unsigned bits = result_bits(a);
    if (!(a->cfgr1 & CFGR1_ALIGN))
        return a->result;
    return a->result << (bits == 6 ? 2 : 16 - bits);
}

static void deliver(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    bool overrun = a->isr & ISR_EOC;
    if (overrun)
        a->isr |= ISR_OVR;
    if (!overrun || a->cfgr1 & CFGR1_OVRMOD)
        a->dr = aligned(a);
    a->isr |= ISR_EOC;
    a->left &= ~(1u << a->channel);
    if (!a->left)
        a->isr |= ISR_EOSEQ;
    if (a->cfgr1 & CFGR1_DMAEN && (!(a->isr & ISR_OVR) || a->cfgr1 & CFGR1_OVRMOD))
        dma_request(m, DMA_REQUEST_ADC);
}

/* Whether another conversion follows without a trigger. */
static bool goes_on(const struct adc *a)
{
    if (a->cfgr1 & CFGR1_DISCEN)
        return false;
    return a->left || a->cfgr1 & CFGR1_CONT;
}

static void end_conversion(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    uint64_t at = a->phase_ends;
    enter_phase(m, ADC_IDLE, NEVER);
    deliver(m);
    if (!goes_on(a)) {
        if (!(a->cfgr1 & CFGR1_EXTEN))
            a->cr &= ~CR_ADSTART;
    } else if (a->cfgr1 & CFGR1_WAIT && a->isr & ISR_EOC) {
        enter_phase(m, ADC_WAITING, NEVER);
    } else {
        begin_conversion(m, at);
    }
    update_interrupt(m);
}

static void end_calibration(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    enter_phase(m, ADC_IDLE, NEVER);
    a->cr &= ~CR_ADCAL;
    a->ccsr &= ~CCSR_CALON;
    mcu_power_changed(m);
}

static void adc_event(struct machine *m, unsigned slot)
{
    (void)slot;
    switch (m->state.mcu.adc.phase) {
    case ADC_SAMPLING:
        end_sampling(m);
        update_interrupt(m);
        return;
    case ADC_CONVERTING: end_conversion(m); return;
    case ADC_CALIBRATING: end_calibration(m); return;
    }
}

void adc_trigger(struct machine *m, enum adc_trigger source, uint64_t at)
{
    const struct adc *a = &m->state.mcu.adc;
    bool listens = a->cr & CR_ADSTART && a->cfgr1 & CFGR1_EXTEN && (a->cfgr1 >> CFGR1_EXTSEL & 7) == (uint32_t)source;
    bool unread = a->cfgr1 & CFGR1_WAIT && a->isr & ISR_EOC;
    if (listens && a->phase == ADC_IDLE && !unread)
        begin_conversion(m, at);
}

/* The data register was read, or its flag cleared. */
static void taken(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    a->isr &= ~ISR_EOC;
    update_interrupt(m);
    if (a->phase == ADC_WAITING)
        begin_conversion(m, m->state.ticks);
}

/* Registers ------------------------------------------------------------------------------------- */

static uint32_t adc_read(struct machine *m, unsigned slot, uint32_t offset, unsigned size)
{
    struct adc *a = &m->state.mcu.adc;
    if (offset == DR && size >= 2) {
        taken(m);
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

static void stop_conversion(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    a->cr &= ~CR_ADSTART;
    a->left = 0;
    enter_phase(m, ADC_IDLE, NEVER);
}

static bool calibrate(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    if (a->cr & CR_ADEN || a->cfgr1 & CFGR1_DMAEN)
        return false;
    a->cr |= CR_ADCAL;
    a->ccsr |= CCSR_CALON;
    enter_phase(m, ADC_CALIBRATING, m->state.ticks + CALIBRATION_CLOCKS * clock_ticks(m));
    mcu_power_changed(m);
    return true;
}

static bool start(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    if (!(a->cr & CR_ADEN) || m->state.ticks < a->enabled_at + ENABLE_CLOCKS * clock_ticks(m))
        return false;
    a->cr |= CR_ADSTART;
    if (!(a->cfgr1 & CFGR1_EXTEN))
        begin_conversion(m, m->state.ticks);
    return true;
}

static void switch_on(struct machine *m, bool on)
{
    struct adc *a = &m->state.mcu.adc;
    if (on == !!(a->cr & CR_ADEN))
        return;
    if (!on)
        stop_conversion(m);
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
        return !(set & CR_ADEN) && calibrate(m);
    if (set & CR_ADSTART && !(a->cr & CR_ADEN))
        return false;
    switch_on(m, value & CR_ADEN);
    if (value & CR_ADSTP && a->cr & CR_ADSTART) {
        stop_conversion(m);
        return true;
    }
    return !(set & CR_ADSTART) || !(a->cr & CR_ADEN) || start(m);
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
    update_interrupt(m);
    if (value & ISR_EOC)
        taken(m);
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
        update_interrupt(m);
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
    m->state.mcu.adc = (struct adc){.tr = TR_RESET, .phase_ends = NEVER, .stopped_at = NEVER};
    peripheral_schedule(m, slot, NEVER);
}

/* STOP takes the clock away: what was under way goes on afterwards. */
static void adc_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct adc *a = &m->state.mcu.adc;
    if (!deep || asleep == (a->stopped_at != NEVER))
        return;
    if (!asleep)
        postpone(&a->phase_ends, m->state.ticks - a->stopped_at);
    a->stopped_at = asleep ? m->state.ticks : NEVER;
    peripheral_schedule(m, slot, asleep ? NEVER : a->phase_ends);
}

unsigned mcu_adc_on(struct machine *m)
{
    return (m->state.mcu.adc.cr & (CR_ADEN | CR_ADCAL)) != 0;
}

uint64_t mcu_adc_sampled_at(struct machine *m)
{
    return m->state.mcu.adc.sampled_at;
}

const struct peripheral ADC = {0x40012400, 0x400, adc_read, adc_write, adc_event, adc_reset, adc_sleep};
