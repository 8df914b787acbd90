#include "app/selftest.h"

#include <string.h>

#include "app/console.h"
#include "app/listen.h"
#include "app/motion.h"

#define SOUND_KEYS " dc_lsb rms_lsb. frequency_hz."

const struct selftest_step SELFTEST_STEPS[] = {
    {"accelerometer", " who_am_i#2 version#2", selftest_accelerometer},
    {"axes", " x_mg y_mg z_mg x_noise_mg. y_noise_mg. z_noise_mg.", selftest_axes},
    {"accelerometer-selftest", " x_1_mg y_1_mg z_1_mg x_2_mg y_2_mg z_2_mg", selftest_self_test_deltas},
    {"interrupt", " low high edges", selftest_interrupt},
    {"microphone", SOUND_KEYS, selftest_sound},
    {"tone", SOUND_KEYS, selftest_sound},
    {"radio", " answer#8 crystal_start_us", selftest_radio},
    {"supply", " supply_mv vrefint_lsb", selftest_supply},
    {"flash", " bytes crc16#4", selftest_flash},
    {"sleep", " slept_ms lsi_hz", selftest_sleep},
    {0},
};

bool selftest_run(void)
{
    const struct selftest_step *step = SELFTEST_STEPS;
    int32_t values[SELFTEST_VALUES_MAX];
    while (step->name && strcmp(console_argument(0), step->name) != 0) {
        step++;
    }
    if (!step->name) {
        return false;
    }
    listen_suspend();
    motion_suspend();
    enum result result = step->run(values);
    if (result == RESULT_OK) {
        reply_values(console_begin("ok"), step->keys, values);
        console_end();
    } else {
        console_result(result, step->name);
    }
    motion_resume();
    listen_resume();
    return true;
}
