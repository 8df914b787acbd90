#include "hal/low_power.h"

#include "hal/clock.h"
#include "hal/irq.h"

#define DIVIDE_BY_32 5u   /* of 32.768 kHz: 1024 steps a second, 64 s at most in 16 bits */
#define SETTLE_CYCLES (160u * CLOCK_CYCLES_PER_US) /* the timer's enable takes several cycles of LSI (vendor's LPTIM_WakeUp example) */
#define READ_TURNS 100u
#define MEASURED_US 50000u /* 1638 steps: 2600 more before their number of microseconds does not fit into 32 bits */

static uint32_t enabled_at;

/* A timer that is disabled starts from zero. */
static void reset_timer(uint32_t divider)
{
    LPTIM_CR = 0;
    LPTIM_CFGR = divider << LPTIM_CFGR_PRESC;
    LPTIM_CR = LPTIM_CR_ENABLE;
    enabled_at = clock_cycles();
}

void low_power_init(void)
{
    RCC_APBENR1 |= RCC_APBENR1_LPTIM | RCC_APBENR1_PWR;
    RCC_CCIPR = (RCC_CCIPR & ~RCC_CCIPR_LPTIM_MASK) | RCC_CCIPR_LPTIM_LSI;
    LPTIM_CR = 0;
    LPTIM_IER = LPTIM_ARRM;
    reset_timer(DIVIDE_BY_32);
    EXTI_IMR |= EXTI_LINE_LPTIM;                 /* else its interrupt does not end STOP */
    PWR_CR1 |= PWR_CR1_LPR | PWR_CR1_VOS;        /* 4.5 uA instead of 70 (datasheet table 6-9) */
    irq_enable_line(IRQ_LPTIM);
}

/* Until the timer takes a start: most often that was long ago. Interrupts must be on, for clock_cycles. */
static void wait_for_timer(void)
{
    while (clock_cycles() - enabled_at < SETTLE_CYCLES) {
    }
}

static void start_timer(uint32_t steps)
{
    LPTIM_ICR = LPTIM_ARRM;
    NVIC_ICPR = BIT(IRQ_LPTIM);
    LPTIM_ARR = steps; /* may be written only while enabled */
    LPTIM_CR |= LPTIM_CR_SNGSTRT;
}

/* The counter runs from another clock: it is right when two readings agree. */
static enum result counted(uint32_t *steps)
{
    for (uint32_t turn = 0; turn < READ_TURNS; turn++) {
        *steps = LPTIM_CNT;
        if (*steps == LPTIM_CNT) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

enum result low_power_stop(uint32_t ms, bool (*idle)(void))
{
    static uint32_t remainder; /* in 1/128 ms: no time is lost by rounding */

    if (ms == 0 || ms > LOW_POWER_MS_MAX) {
        return RESULT_BAD_ARGUMENT;
    }
    uint32_t wanted = ms * 128u / 125u; /* 1024 a second */
    wait_for_timer();
    uint32_t state = irq_disable(); /* an interrupt still ends the wait, but is served after the clock is right again */
    if (!idle()) {
        irq_restore(state);
        return RESULT_OK;
    }
    start_timer(wanted);
    uint32_t tick = SYST_CSR;
    SYST_CSR = 0;
    if (SCB_ICSR & SCB_ICSR_PENDSTSET) { /* a tick that came since interrupts are off would end the stop at once */
        SCB_ICSR = SCB_ICSR_PENDSTCLR;
        clock_advance(1);
    }
    SCB_SCR |= SCB_SCR_SLEEPDEEP;
    irq_wait(); /* the oscillator comes back with range and trim as they were (vendor's STOP examples) */
    SCB_SCR &= ~SCB_SCR_SLEEPDEEP;
    SYST_CSR = tick;

    uint32_t steps = wanted;
    enum result result = LPTIM_ISR & LPTIM_ARRM ? RESULT_OK : counted(&steps);
    if (result == RESULT_OK) {
        remainder += steps * 125u;
        clock_advance(remainder / 128u);
        remainder %= 128u;
    }
    irq_restore(state);
    reset_timer(DIVIDE_BY_32); /* when the clock is right again */
    return result;
}

enum result low_power_measure_lsi(uint32_t *hertz)
{
    uint32_t first = 0, last = 0;
    reset_timer(0);
    wait_for_timer();
    start_timer(UINT16_MAX);
    enum result result = counted(&first);
    uint32_t start = clock_cycles();
    clock_delay_us(MEASURED_US);
    if (result == RESULT_OK) {
        result = counted(&last);
    }
    uint32_t taken_us = (clock_cycles() - start) / CLOCK_CYCLES_PER_US;
    reset_timer(DIVIDE_BY_32);
    *hertz = (last - first) * 1000000u / taken_us;
    return result;
}

void low_power_timer_handler(void)
{
    LPTIM_ICR = LPTIM_ARRM;
}
