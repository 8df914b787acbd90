#include "app/capture.h"
#include "app/selftest.h"
#include "drivers/microphone.h"
#include "protocol/tone.h"

_Static_assert(TONE_SAMPLES_MAX == 2 * MICROPHONE_HALF_SAMPLES, "both halves are measured");

enum result selftest_sound(int32_t *values)
{
    const uint16_t *half;
    enum result result = capture_sound_start();
    for (uint32_t halves = 0; halves < 2 && result == RESULT_OK; halves++) {
        result = capture_sound_next(&half);
    }
    microphone_off(); /* before the first half is overwritten: the next sample comes after 125 us */
    if (result == RESULT_OK) {
        tone heard = tone_measure(microphone_samples(), TONE_SAMPLES_MAX, MICROPHONE_RATE_HZ);
        values[0] = heard.dc;
        values[1] = heard.rms_sixteenths * 1000 / 16;
        values[2] = (int32_t)heard.frequency_decihertz * 100;
    }
    return result;
}
