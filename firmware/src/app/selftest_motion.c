#include "app/console.h"
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

static int32_t to_mg(int32_t counts)
{
    return counts * 1000 / SC7A20_COUNTS_PER_G;
}

enum result selftest_accelerometer(void)
{
    struct sc7a20_identity identity = {0};
    enum result result = sc7a20_identify(&identity);
    if (result != RESULT_OK && result != RESULT_MISMATCH) { /* who else answers is a measurement, too */
        return result;
    }
    console_reply *reply = console_begin("ok");
    reply_key_hex(reply, "who_am_i", identity.who_am_i, 2);
    reply_key_hex(reply, "version", identity.version, 2);
    console_end();
    return RESULT_OK;
}

enum result selftest_axes(void)
{
    static const char *const MEANS[] = {"x_mg", "y_mg", "z_mg"}, *const NOISES[] = {"x_noise_mg", "y_noise_mg", "z_noise_mg"};
    axes measured;
    enum result result = measure(measured, SC7A20_SELF_TEST_OFF, SAMPLES);
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        for (uint32_t axis = 0; axis < AXES; axis++) {
            reply_key_signed(reply, MEANS[axis], to_mg(measured[axis].dc - ZERO));
            reply_key_milli(reply, NOISES[axis], to_mg(measured[axis].rms_sixteenths * 1000 / 16));
        }
        console_end();
    }
    return result;
}

enum result selftest_self_test_deltas(void)
{
    static const char *const KEYS[][AXES] = {{"x_1_mg", "y_1_mg", "z_1_mg"}, {"x_2_mg", "y_2_mg", "z_2_mg"}};
    axes off, on[2];
    enum result result = measure(off, SC7A20_SELF_TEST_OFF, SELF_TEST_SAMPLES);
    for (uint32_t mode = 0; mode < 2 && result == RESULT_OK; mode++) {
        result = measure(on[mode], SC7A20_SELF_TEST_1 + mode, SELF_TEST_SAMPLES);
    }
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        for (uint32_t mode = 0; mode < 2; mode++) {
            for (uint32_t axis = 0; axis < AXES; axis++) {
                reply_key_signed(reply, KEYS[mode][axis], to_mg(on[mode][axis].dc - off[axis].dc));
            }
        }
        console_end();
    }
    return result;
}

static enum result force(bool high, bool *level)
{
    enum result result = sc7a20_force_interrupt(high);
    clock_delay_us(INTERRUPT_US);
    *level = gpio_read(GPIO_OF(ACC_INT));
    return result;
}

enum result selftest_interrupt(void)
{
    bool low, high;
    enum result result = force(false, &low);
    if (result == RESULT_OK) {
        exti_enable_rising(GPIO_OF(ACC_INT));
        (void)exti_take(GPIO_OF(ACC_INT)); /* what came before */
        result = force(true, &high);
    }
    if (result == RESULT_OK) {
        console_reply *reply = console_begin("ok");
        reply_key_signed(reply, "low", low);
        reply_key_signed(reply, "high", high);
        reply_key_signed(reply, "edges", exti_take(GPIO_OF(ACC_INT)));
        console_end();
    }
    return result;
}
