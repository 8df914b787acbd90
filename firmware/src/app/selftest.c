#include "app/selftest.h"

#include <string.h>

#include "app/console.h"
#include "app/motion.h"

const struct selftest_step SELFTEST_STEPS[] = {
    {"accelerometer", "identity registers", selftest_accelerometer},
    {"axes", "mean and noise of each axis", selftest_axes},
    {"accelerometer-selftest", "by how much its own test moves each axis", selftest_self_test_deltas},
    {"interrupt", "the accelerometer's line low and high", selftest_interrupt},
    {"microphone", "rest level and noise", selftest_sound},
    {"tone", "level and frequency of what is heard now", selftest_sound},
    {"radio", "answer on its bus, start of its crystal", selftest_radio},
    {"supply", "millivolts and the reading behind them", selftest_supply},
    {"flash", "length and checksum of the image", selftest_flash},
    {"sleep", "a second in STOP, by the low-power timer", selftest_sleep},
    {0},
};

void selftest_run(void)
{
    const struct selftest_step *step = SELFTEST_STEPS;
    while (step->name && strcmp(console_argument(0), step->name) != 0) {
        step++;
    }
    if (!step->name) {
        console_error("arguments", "no such step: try help");
        return;
    }
    motion_suspend();
    enum result result = step->run();
    if (result != RESULT_OK) {
        console_result(result, step->name);
    }
    motion_resume();
}
