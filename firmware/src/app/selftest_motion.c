#include "app/selftest.h"
#include "drivers/sc7a20.h"
#include "generated/pins.h"
#include "hal/clock.h"
#include "hal/exti.h"
#include "hal/iwdg.h"
#include "protocol/tone.h"

enum {
    AXES = 3,
    SETTLING_SAMPLES = 7, /* of an LIS2DH12 after a change of mode: unverified for this part */
    SAMPLES = 64,
    SELF_TEST_SAMPLES = 16,
    ZERO = 2048, /* added, so that a sample is unsigned as those of sound are */
};

#define INTERRUPT_US 1000u /* from the register's write to the line's level */

typedef tone axes[AXES]; /* dc with ZERO in it, and noise */

/* 1024 counts a g: times 1000/1024. */
_Static_assert(SC7A20_COUNTS_PER_G == 1024, "the shift below is another");

static int32_t to_mg(int32_t counts)
{
    return (counts * 1000 + 512) >> 10; /* of a negative number, too: arithmetic on this compiler */
}

static enum result measure(axes measured, enum sc7a20_self_test self_test, uint32_t count)
{
    uint16_t values[AXES][SAMPLES];
    enum result result = sc7a20_start(SC7A20_100_HZ, self_test);
    for (uint32_t i = 0; i < SETTLING_SAMPLES + count && result == RESULT_OK; i++) {
        struct sc7a20_sample sample;
        iwdg_feed();
        result = sc7a20_read(&sample);
        uint32_t at = i < SETTLING_SAMPLES ? 0 : i - SETTLING_SAMPLES;
        values[0][at] = (uint16_t)(sample.x + ZERO);
        values[1][at] = (uint16_t)(sample.y + ZERO);
        values[2][at] = (uint16_t)(sample.z + ZERO);
    }
    for (uint32_t axis = 0; axis < AXES && result == RESULT_OK; axis++) {
        measured[axis] = tone_measure(values[axis], count, 100);
    }
    return result;
}

enum result selftest_accelerometer(int32_t *values)
{
    struct sc7a20_identity identity = {0, 0};
    enum result result = sc7a20_identify(&identity);
    values[0] = identity.who_am_i;
    values[1] = identity.version;
    return result == RESULT_MISMATCH ? RESULT_OK : result; /* who else answers is a measurement, too */
}

enum result selftest_axes(int32_t *values)
{
    axes measured;
    enum result result = measure(measured, SC7A20_SELF_TEST_OFF, SAMPLES);
    for (uint32_t axis = 0; axis < AXES && result == RESULT_OK; axis++) {
        values[axis] = to_mg(measured[axis].dc - ZERO);
        values[AXES + axis] = to_mg(measured[axis].rms_sixteenths * 1000 / 16);
    }
    return result;
}

enum result selftest_self_test_deltas(int32_t *values)
{
    axes off, on;
    enum result result = measure(off, SC7A20_SELF_TEST_OFF, SELF_TEST_SAMPLES);
    for (enum sc7a20_self_test mode = SC7A20_SELF_TEST_1; mode <= SC7A20_SELF_TEST_2 && result == RESULT_OK; mode++) {
        result = measure(on, mode, SELF_TEST_SAMPLES);
        for (uint32_t axis = 0; axis < AXES && result == RESULT_OK; axis++) {
            *values++ = to_mg(on[axis].dc - off[axis].dc);
        }
    }
    return result;
}

enum result selftest_interrupt(int32_t *values)
{
    enum result result = RESULT_OK;
    exti_enable_rising(GPIO_OF(ACC_INT)); /* suspended motion may have turned it off */
    for (int32_t high = 0; high < 2 && result == RESULT_OK; high++) {
        (void)exti_take(GPIO_OF(ACC_INT)); /* what came before */
        result = sc7a20_force_interrupt(high);
        clock_delay_us(INTERRUPT_US);
        *values++ = gpio_read(GPIO_OF(ACC_INT));
    }
    *values = exti_take(GPIO_OF(ACC_INT));
    return result;
}
