#include "app/commands.h"

#include "app/beacon.h"
#include "app/capture.h"
#include "app/classes.h"
#include "app/faults.h"
#include "app/listen.h"
#include "app/reset_cause.h"
#include "app/selftest.h"
#include "app/settings.h"
#include "drivers/battery.h"
#include "generated/version.h"
#include "hal/chip.h"
#include "hal/clock.h"
#include "hal/uart.h"

static void add_text(console_reply *reply, const char *key, const char *value)
{
    reply_key(reply, key);
    reply_text(reply, value);
}

static void add_build(console_reply *reply)
{
    add_text(reply, "version", FIRMWARE_VERSION);
    add_text(reply, "hash", FIRMWARE_HASH);
    add_text(reply, "reset", reset_cause_name());
}

static void add_identity(console_reply *reply)
{
    reply_key(reply, "uid");
    const uint8_t *uid = chip_uid();
    for (uint32_t i = 0; i < CHIP_UID_BYTES; i++) {
        reply_hex(reply, uid[i], 2);
    }
    uint8_t address[BLE_ADDRESS_BYTES];
    beacon_address(address);
    reply_key(reply, "address");
    for (uint32_t i = BLE_ADDRESS_BYTES; i-- > 0;) {
        reply_hex(reply, address[i], 2);
        reply_text(reply, i ? ":" : "");
    }
}

static bool info(void)
{
    uint32_t supply_mv = 0;
    listen_suspend();
    (void)battery_measure_mv(&supply_mv); /* 0 says that it went wrong, and the next beacon says how */
    listen_resume();
    const int32_t numbers[] = {
        (int32_t)clock_ms(),
        (int32_t)chip_fault_address(),
        (int32_t)faults_present(),
        (int32_t)faults_count(),
        (int32_t)supply_mv,
        (int32_t)chip_stack_unused(),
    };
    console_reply *reply = console_begin("ok");
    add_build(reply);
    add_identity(reply);
    reply_values(reply, " uptime_ms fault_address#8 faults#8 fault_count supply_mv stack_unused", numbers);
    add_text(reply, "config", settings_are_defaults() ? "defaults" : "flash");
    console_end();
    return true;
}

void commands_boot(void)
{
    console_reply *reply = console_begin("boot");
    add_build(reply);
    console_end();
}

/* Whatever comes next is a reset: what has not left by then is lost. */
static void say_goodbye(void)
{
    console_ok();
    (void)uart_flush();
}

static bool reboot(void)
{
    say_goodbye();
    chip_reset();
}

static bool bootloader(void)
{
    say_goodbye();
    chip_enter_bootloader();
}

static void help_line(const char *command, const char *arguments, const char *description)
{
    console_reply *reply = console_begin("help ");
    reply_text(reply, command);
    reply_text(reply, *arguments ? " " : "");
    reply_text(reply, arguments);
    reply_text(reply, " - ");
    reply_text(reply, description);
    console_end();
}

static bool help(void)
{
    for (const struct command *command = COMMANDS; command->name; command++) {
        help_line(command->name, command->arguments, command->description);
    }
    for (const struct selftest_step *step = SELFTEST_STEPS; step->name; step++) {
        help_line("test", step->name, step->keys + 1);
    }
    console_ok();
    return true;
}

const struct command COMMANDS[] = {
    {"help", "", "this", help},
    {"info", "", "state", info},
    {"config", "get [key] | set key value | defaults", "settings", commands_config},
    {"test", "step", "one of:", selftest_run},
    {"stream", "motion|sound seconds [label] [rate_hz]", "any byte ends it", capture_run},
#if MOTION_MODEL || SOUND_MODEL
    {"class", "", "recognised last", classes_tell},
    {"watch", "seconds", "each window as it comes", classes_watch},
#endif
    {"reboot", "", "reset", reboot},
    {"bootloader", "", "to the loader in ROM", bootloader},
    {0},
};
