/* What the ADC does: sampling, conversion, the sequence of channels, calibration. Each phase ends by an event. */
#include "adc_internal.h"

#define CHANNEL_TEMPERATURE 11
#define CHANNEL_VREFINT 12

enum { CALIBRATION_CLOCKS = 512, ENABLE_CLOCKS = 8 };

static const uint16_t SAMPLING_HALF_CLOCKS[8] = {7, 11, 15, 27, 57, 83, 143, 479};

static uint64_t clock_ticks(const struct machine *m)
{
    uint32_t mode = m->state.mcu.adc.cfgr2 >> CFGR2_CKMODE;
    return mode & CKMODE_HSI ? (uint64_t)rcc_hsi_ticks(m) << (mode & 7) : (uint64_t)rcc_pclk_ticks(m) << mode;
}

static void enter_phase(struct machine *m, enum adc_phase phase, uint64_t ends)
{
    m->state.mcu.adc.phase = phase;
    m->state.mcu.adc.phase_ends = ends;
    peripheral_schedule(m, SLOT_ADC, ends);
}

/* Conversions ---------------------------------------------------------------------------------- */

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
    adc_update_interrupt(m);
}

void adc_taken(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    a->isr &= ~ISR_EOC;
    adc_update_interrupt(m);
    if (a->phase == ADC_WAITING)
        begin_conversion(m, m->state.ticks);
}

void adc_trigger(struct machine *m, enum adc_trigger source, uint64_t at)
{
    const struct adc *a = &m->state.mcu.adc;
    bool listens = a->cr & CR_ADSTART && a->cfgr1 & CFGR1_EXTEN && (a->cfgr1 >> CFGR1_EXTSEL & 7) == (uint32_t)source;
    bool unread = a->cfgr1 & CFGR1_WAIT && a->isr & ISR_EOC;
    if (listens && a->phase == ADC_IDLE && !unread)
        begin_conversion(m, at);
}

/* Start and end ---------------------------------------------------------------------------------- */

bool adc_start(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    if (!(a->cr & CR_ADEN) || m->state.ticks < a->enabled_at + ENABLE_CLOCKS * clock_ticks(m))
        return false;
    a->cr |= CR_ADSTART;
    if (!(a->cfgr1 & CFGR1_EXTEN))
        begin_conversion(m, m->state.ticks);
    return true;
}

void adc_stop(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    a->cr &= ~CR_ADSTART;
    a->left = 0;
    enter_phase(m, ADC_IDLE, NEVER);
}

bool adc_calibrate(struct machine *m)
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

static void end_calibration(struct machine *m)
{
    struct adc *a = &m->state.mcu.adc;
    enter_phase(m, ADC_IDLE, NEVER);
    a->cr &= ~CR_ADCAL;
    a->ccsr &= ~CCSR_CALON;
    mcu_power_changed(m);
}

void adc_event(struct machine *m, unsigned slot)
{
    (void)slot;
    switch (m->state.mcu.adc.phase) {
    case ADC_SAMPLING:
        end_sampling(m);
        adc_update_interrupt(m);
        return;
    case ADC_CONVERTING: end_conversion(m); return;
    case ADC_CALIBRATING: end_calibration(m); return;
    }
}

/* STOP takes the clock away: what was under way goes on afterwards. */
void adc_sleep(struct machine *m, unsigned slot, bool asleep, bool deep)
{
    struct adc *a = &m->state.mcu.adc;
    if (!deep || asleep == (a->stopped_at != NEVER))
        return;
    if (!asleep)
        postpone(&a->phase_ends, m->state.ticks - a->stopped_at);
    a->stopped_at = asleep ? m->state.ticks : NEVER;
    peripheral_schedule(m, slot, asleep ? NEVER : a->phase_ends);
}

uint64_t mcu_adc_sampled_at(struct machine *m)
{
    return m->state.mcu.adc.sampled_at;
}
