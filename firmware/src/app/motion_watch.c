/* The motion task of an image without a model of motion. */
#include <stdbool.h>

#include "app/motion_task.h"
#include "app/settings.h"
#include "drivers/sc7a20.h"

#define LOOK_AFTER_MS 10000u
#define PAUSE_MS 1000u /* after a motion, so that a board in a car does not wake at each bump */

enum result motion_task_start(void)
{
    return sc7a20_watch_motion(SC7A20_25_HZ, (uint32_t)settings_get()->values[CONFIG_WAKE_THRESHOLD_MG]);
}

enum result motion_task_run(void)
{
    bool moved;
    enum result result = sc7a20_check_low_power(SC7A20_25_HZ);
    return result == RESULT_OK ? sc7a20_take_motion(&moved) : result;
}

uint32_t motion_task_edge_ms(void)
{
    return PAUSE_MS;
}

uint32_t motion_task_wait_ms(void)
{
    return LOOK_AFTER_MS;
}
