#include "app/motion.h"

#include <stdbool.h>

#include "app/faults.h"
#include "app/scheduler.h"
#include "app/settings.h"
#include "drivers/sc7a20.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/exti.h"

#define LOOK_AFTER_MS 10000u
#define PAUSE_MS 1000u /* after a motion, so that a board in a car does not wake at each bump */
#define LINE_SETTLE_US 10u

static uint32_t count;
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
        result = sc7a20_watch_motion((uint32_t)settings_get()->values[CONFIG_WAKE_THRESHOLD_MG]);
    }
    return result;
}

static void count_motion(void)
{
    count++;
    (void)exti_take(GPIO_OF(ACC_INT)); /* of this motion, if it came just now */
    scheduler_in(EVENT_MOTION_PAUSED, PAUSE_MS);
}

void motion_watch_on(void)
{
    bool moved; /* it was counted at its edge */
    (void)sc7a20_take_motion(&moved); /* if that fails, motion_look_after comes across the reason */
}

void motion_look_after(void)
{
    enum result result = sc7a20_check_watching();
    if (result != RESULT_OK) {
        result = set_up();
    }
    bool moved = false;
    if (result == RESULT_OK && !scheduler_waits_for(EVENT_MOTION_PAUSED)) {
        result = sc7a20_take_motion(&moved);
    }
    if (moved) {
        count_motion(); /* its edge did not arrive */
    }
    faults_set(FAULT_ACCELEROMETER, result);
    scheduler_in(EVENT_MOTION_CARE, LOOK_AFTER_MS);
}

void motion_start(void)
{
    gpio_mode(GPIO_OF(ACC_INT), GPIO_MODE_INPUT);
    motion_look_after();
}

void motion_suspend(void)
{
    if (suspensions++ == 0) {
        scheduler_cancel(EVENT_MOTION_CARE);
        scheduler_cancel(EVENT_MOTION_PAUSED);
        exti_disable(GPIO_OF(ACC_INT));
        (void)exti_take(GPIO_OF(ACC_INT)); /* nobody would, and an edge that waits forbids STOP */
        (void)sc7a20_power_down();         /* if it does not answer, it is reported when it is to watch again */
    }
}

void motion_resume(void)
{
    if (--suspensions == 0) {
        motion_look_after();
    }
}

void motion_poll(void)
{
    if (suspensions == 0 && exti_take(GPIO_OF(ACC_INT))) {
        count_motion();
    }
}

uint32_t motion_count(void)
{
    return count;
}
