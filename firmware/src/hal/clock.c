#include "hal/clock.h"

#include "hal/irq.h"
#include "py32f003.h"

#define START_TURNS 24000u    /* HSI takes 2 us, LSI some 100 us (datasheet table 6-14); 24,000 turns are 5 ms and more */
#define CYCLES_PER_TURN 3u    /* of the delay loop: subtract 1, taken branch 2 */
#define TICK_CYCLES (F_CPU / 1000u)

static volatile uint32_t ticks;

static enum result wait_for(volatile uint32_t *reg, uint32_t bit)
{
    for (uint32_t turn = 0; turn < START_TURNS; turn++) {
        if (*reg & bit) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

enum result clock_init(void)
{
    /* The factory measured the trim of each range; the flash needs no wait state up to 24 MHz. */
    uint32_t trim = FACTORY_HSI_24MHZ & 0x1FFFu;
    uint32_t lsi_trim = (FACTORY_LSI & 0x1FFu) << RCC_ICSCR_LSI_TRIM;
    RCC_ICSCR = lsi_trim | RCC_ICSCR_HSI_24MHZ | trim;
    if (wait_for(&RCC_CR, RCC_CR_HSIRDY) != RESULT_OK) {
        return RESULT_TIMEOUT;
    }
    SYST_RVR = TICK_CYCLES - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_ENABLE | SYST_CSR_TICKINT | SYST_CSR_PROCESSOR_CLOCK;

    RCC_CSR |= RCC_CSR_LSION; /* watchdog and low-power timer run from it */
    return wait_for(&RCC_CSR, RCC_CSR_LSIRDY);
}

static void set_speed(uint32_t divider, uint32_t tick_cycles)
{
    RCC_CFGR = divider;
    SYST_RVR = tick_cycles - 1;
    SYST_CVR = 0; /* the millisecond begins anew */
}

void clock_slow(void)
{
    set_speed(RCC_CFGR_HPRE_4, TICK_CYCLES / 4u);
}

void clock_fast(void)
{
    set_speed(0, TICK_CYCLES);
    clock_advance(1); /* for the parts of two milliseconds that were cut off, one on average */
}

uint32_t clock_ms(void)
{
    return ticks;
}

uint32_t clock_cycles(void)
{
    uint32_t ms, cycles;
    do { /* until no tick came between the two readings */
        ms = ticks;
        cycles = TICK_CYCLES - 1u - SYST_CVR;
    } while (ms != ticks);
    return ms * TICK_CYCLES + cycles;
}

void clock_advance(uint32_t ms)
{
    uint32_t state = irq_disable();
    ticks += ms;
    irq_restore(state);
}

/* In assembly, since what a compiler makes of a loop in C takes 4 cycles a turn or 6, as it likes. */
void clock_delay_us(uint32_t us)
{
    uint32_t turns = us * (F_CPU / 1000000u / CYCLES_PER_TURN);
    if (turns > 0) {
        __asm volatile(".syntax unified\n1: subs %0, #1\n bne 1b" : "+l"(turns) : : "cc");
    }
}

void clock_tick_handler(void)
{
    ticks++;
}
