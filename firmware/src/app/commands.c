#include "app/commands.h"

#include "app/beacon.h"
#include "app/capture.h"
#include "app/faults.h"
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

static void add_unsigned(console_reply *reply, const char *key, uint32_t value)
{
    reply_key(reply, key);
    reply_unsigned(reply, value);
}

static void add_build(console_reply *reply)
{
    add_text(reply, "version", FIRMWARE_VERSION);
    add_text(reply, "hash", FIRMWARE_HASH);
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

static void info(void)
{
    uint32_t supply_mv;
    enum result measured = battery_measure_mv(&supply_mv);
    console_reply *reply = console_begin("ok");
    add_build(reply);
    add_identity(reply);
    add_text(reply, "reset", reset_cause_name());
    reply_key_hex(reply, "fault_address", chip_fault_address(), 8);
    add_unsigned(reply, "uptime_ms", clock_ms());
    reply_key_hex(reply, "faults", faults_present(), 8);
    add_unsigned(reply, "fault_count", faults_count());
    if (measured == RESULT_OK) {
        add_unsigned(reply, "supply_mv", supply_mv);
    }
    add_unsigned(reply, "stack_unused", chip_stack_unused());
    add_text(reply, "config", settings_are_defaults() ? "defaults" : "flash");
    console_end();
}

void commands_boot(void)
{
    console_reply *reply = console_begin("boot");
    add_build(reply);
    add_text(reply, "reset", reset_cause_name());
    console_end();
}

static void reboot(void)
{
    console_ok();
    (void)uart_flush(); /* the reset comes anyhow */
    chip_reset();
}

static void bootloader(void)
{
    console_ok();
    (void)uart_flush();
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

static void help(void)
{
    for (const struct command *command = COMMANDS; command->name; command++) {
        help_line(command->name, command->arguments, command->description);
    }
    for (const struct selftest_step *step = SELFTEST_STEPS; step->name; step++) {
        help_line("test", step->name, step->description);
    }
    console_ok();
}

const struct command COMMANDS[] = {
    {"help", "", "this list", 0, help},
    {"info", "", "version, identity, state", 0, info},
    {"config", "get [key] | set key value | defaults", "settings, kept in flash", 3, commands_config},
    {"test", "step", "a measurement, one of:", 1, selftest_run},
    {"stream", "motion|sound seconds [label] [rate_hz]", "samples as they come; any byte ends it", 4, capture_run},
    {"reboot", "", "reset", 0, reboot},
    {"bootloader", "", "to the loader in the ROM, until reset", 0, bootloader},
    {0},
};
