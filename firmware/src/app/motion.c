#include "app/motion.h"

#include <stdbool.h>

#include "app/faults.h"
#include "app/motion_task.h"
#include "app/scheduler.h"
#include "drivers/sc7a20.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/exti.h"

#define RETRY_MS 10000u
#define LINE_SETTLE_US 10u

static uint32_t suspensions;

static enum result line_follows(bool high)
{
    enum result result = sc7a20_force_interrupt(high);
    clock_delay_us(LINE_SETTLE_US);
    if (result == RESULT_OK && gpio_read(GPIO_OF(ACC_INT)) != high) {
        result = RESULT_MISMATCH;
    }
    return result;
}

static enum result test_line(void)
{
    enum result result = line_follows(true);
    if (result == RESULT_OK) {
        result = line_follows(false);
    }
    faults_set(FAULT_INTERRUPT_LINE, result);
    return result;
}

/* The line keeps its pull-down unless it is known to follow: open, it would wake the chip all the time. */
static enum result set_up(void)
{
    struct sc7a20_identity identity;
    exti_disable(GPIO_OF(ACC_INT));
    (void)exti_take(GPIO_OF(ACC_INT));
    gpio_pull(GPIO_OF(ACC_INT), GPIO_PULL_DOWN);
    enum result result = sc7a20_identify(&identity);
    if (result == RESULT_OK) {
        if (test_line() == RESULT_OK) {
            gpio_pull(GPIO_OF(ACC_INT), GPIO_PULL_NONE);
            exti_enable_rising(GPIO_OF(ACC_INT));
        }
        result = motion_task_start();
    }
    return result;
}

static void go_on(enum result result)
{
    if (result != RESULT_OK) {
        result = set_up();
    }
    faults_set(FAULT_ACCELEROMETER, result);
    scheduler_in(EVENT_MOTION_CARE, result == RESULT_OK ? motion_task_wait_ms() : RETRY_MS);
}

void motion_look_after(void)
{
    go_on(motion_task_run());
}

static void take_into_use(void)
{
    go_on(RESULT_MISMATCH); /* what it does is not known: it may have run on through a reset of the chip */
}

void motion_start(void)
{
    gpio_mode(GPIO_OF(ACC_INT), GPIO_MODE_INPUT);
    take_into_use();
}

void motion_suspend(void)
{
    if (suspensions++ == 0) {
        scheduler_cancel(EVENT_MOTION_CARE);
        exti_disable(GPIO_OF(ACC_INT));
        (void)exti_take(GPIO_OF(ACC_INT)); /* nobody would, and an edge that waits forbids STOP */
        (void)sc7a20_power_down();         /* if it does not answer, it is reported when it is set up again */
    }
}

void motion_resume(void)
{
    if (--suspensions == 0) {
        take_into_use();
    }
}

void motion_poll(void)
{
    if (suspensions == 0 && exti_take(GPIO_OF(ACC_INT))) {
        scheduler_in(EVENT_MOTION_CARE, motion_task_edge_ms());
    }
}
