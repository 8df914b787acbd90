/* The commands of the factory test image: those of the product's (app/commands.h) that the station needs before it. */
#include "app/commands.h"

#include <string.h>

#include "factory/tests.h"
#include "generated/version.h"
#include "hal/chip.h"
#include "hal/uart.h"

static void add_build(console_reply *reply)
{
    reply_text(reply, " image=factory version=" FIRMWARE_VERSION " hash=" FIRMWARE_HASH);
}

void commands_boot(void)
{
    add_build(console_begin("boot"));
    console_end();
}

static bool info(void)
{
    console_reply *reply = console_begin("ok");
    add_build(reply);
    reply_key(reply, "uid");
    for (uint32_t i = 0; i < CHIP_UID_BYTES; i++) {
        reply_hex(reply, chip_uid()[i], 2);
    }
    console_end();
    return true;
}

static bool test(void)
{
    const struct factory_test *test = FACTORY_TESTS;
    int32_t values[FACTORY_VALUES_MAX];
    while (test->name && strcmp(console_argument(0), test->name) != 0) {
        test++;
    }
    if (!test->name) {
        return false;
    }
    enum result result = test->run(values);
    if (result == RESULT_OK) {
        reply_values(console_begin("ok"), test->keys, values);
        console_end();
    } else {
        console_result(result, test->name);
    }
    return true;
}

static bool bootloader(void)
{
    console_ok();
    (void)uart_flush();
    chip_enter_bootloader();
}

const struct command COMMANDS[] = {
    {"info", "", "state", info},
    {"test", "name", "factory/tests.h", test},
    {"bootloader", "", "to the loader in ROM", bootloader},
    {0},
};
