#include "app/scheduler.h"

#include "app/faults.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/exti.h"
#include "hal/irq.h"
#include "hal/low_power.h"
#include "hal/uart.h"

#define STOP_MS_MAX 4000u /* half of the watchdog's time */
#define STOP_MS_MIN 3u    /* the timer is set up in 0.3 ms; before a shorter wait STOP saves nothing */

static uint32_t waiting; /* a bit an event */
static uint32_t due_ms[EVENTS];
static uint32_t awake_until_ms;

void scheduler_init(void)
{
    low_power_init();
    scheduler_hold_awake(SCHEDULER_BOOT_AWAKE_MS);
}

void scheduler_cancel(enum event event)
{
    waiting &= ~BIT(event);
}

void scheduler_in(enum event event, uint32_t delay_ms)
{
    due_ms[event] = clock_ms() + delay_ms;
    waiting |= BIT(event);
}

bool scheduler_waits_for(enum event event)
{
    return waiting & BIT(event);
}

/* Milliseconds to a moment; 0 if it has passed. Moments are less than 24 days away. */
static uint32_t until(uint32_t moment_ms)
{
    uint32_t left = moment_ms - clock_ms();
    return left > INT32_MAX ? 0 : left;
}

void scheduler_hold_awake(uint32_t ms)
{
    if (ms > until(awake_until_ms)) {
        awake_until_ms = clock_ms() + ms;
    }
}

bool scheduler_is_held_awake(void)
{
    return until(awake_until_ms) > 0;
}

/* Milliseconds until the next event; the longest wait for STOP if that is sooner. */
static uint32_t next_wait(enum event *next)
{
    uint32_t soonest = STOP_MS_MAX;
    for (uint32_t event = 0; event < EVENTS; event++) {
        uint32_t wait = until(due_ms[event]);
        if (waiting & BIT(event) && wait < soonest) {
            soonest = wait;
            *next = (enum event)event;
        }
    }
    return soonest;
}

bool scheduler_run(void)
{
    enum event next;
    if (next_wait(&next) > 0) {
        return false;
    }
    scheduler_cancel(next);
    events_run(next);
    return true;
}

static bool nothing_came(void)
{
    return !uart_pending() && !exti_pending(GPIO_OF(UART_RX)) && !exti_pending(GPIO_OF(ACC_INT));
}

static void stop(uint32_t ms)
{
    (void)uart_flush(); /* a port that never ends sending does not keep the chip awake */
    exti_enable_falling(GPIO_OF(UART_RX));
    enum result result = low_power_stop(ms, nothing_came);
    exti_disable(GPIO_OF(UART_RX));
    if (exti_take(GPIO_OF(UART_RX))) {
        scheduler_hold_awake(SCHEDULER_SERIAL_AWAKE_MS);
    }
    if (result != RESULT_OK) {
        faults_set(FAULT_LOW_POWER, result);
    }
}

void scheduler_rest(void)
{
    enum event next;
    uint32_t wait = next_wait(&next);
    bool awake = scheduler_is_held_awake();
    if (!awake) {
        awake_until_ms = clock_ms(); /* else a moment long past would look like one to come */
    }
    if (awake || wait < STOP_MS_MIN || faults_present() & BIT(FAULT_LOW_POWER)) {
        irq_wait(); /* the tick ends it */
    } else {
        stop(wait);
    }
}
