/* Starts the chip, says who it is, and does what is due for ever. */
#include "app/beacon.h"
#include "app/blink.h"
#include "app/buses.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/faults.h"
#include "app/listen.h"
#include "app/motion.h"
#include "app/reset_cause.h"
#include "app/scheduler.h"
#include "app/settings.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "hal/iwdg.h"

#define WATCHDOG_MS 8000u
#define BOOT_BLINK_MS 20u

int main(void)
{
    reset_cause_take();
    enum result clock = clock_init();
    buses_start();
    commands_boot();
    faults_set(FAULT_CLOCK, clock);
    faults_set(FAULT_WATCHDOG, iwdg_start(WATCHDOG_MS));
    settings_init();
    scheduler_init();
    motion_start();
    beacon_begin();
    listen_begin();
    blink(BOOT_BLINK_MS);
    for (;;) {
        iwdg_feed();
        chip_check_stack();
        bool received = console_poll();
        if (received) {
            scheduler_hold_awake(SCHEDULER_SERIAL_AWAKE_MS);
        }
        motion_poll();
        bool busy = listen_poll();
        if ((busy || !scheduler_run()) && !received) {
            scheduler_rest();
        }
    }
}
