#include "hal/iwdg.h"

#include "py32f003.h"

#define DIVIDE_BY_128 5u /* of 32.768 kHz: 256 steps a second */
#define STEPS_PER_S 256u
#define RELOAD_MAX 0xFFFu
#define SYNC_TURNS 240000u /* a write takes up to five cycles of LSI/128, 20 ms; these turns are 50 ms and more */

enum result iwdg_start(uint32_t timeout_ms)
{
    uint32_t steps = timeout_ms * STEPS_PER_S / 1000u;
    if (timeout_ms > 15000u || steps == 0 || steps > RELOAD_MAX) {
        return RESULT_BAD_ARGUMENT;
    }
    IWDG_KR = IWDG_KR_START; /* first: the registers take a write only while the counter's clock runs */
    IWDG_KR = IWDG_KR_UNLOCK;
    IWDG_PR = DIVIDE_BY_128;
    IWDG_RLR = steps;
    for (uint32_t turn = 0; turn < SYNC_TURNS; turn++) {
        if (IWDG_SR == 0) {
            iwdg_feed();
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

void iwdg_feed(void)
{
    IWDG_KR = IWDG_KR_RELOAD;
}
