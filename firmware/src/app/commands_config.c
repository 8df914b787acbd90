#include <string.h>

#include "app/beacon.h"
#include "app/commands.h"
#include "app/motion.h"
#include "app/settings.h"
#include "protocol/console_line.h"

static void get_line(const char *kind, config_key key)
{
    const config_entry *entry = &CONFIG_TABLE[key];
    console_reply *reply = console_begin(kind);
    reply_key_signed(reply, entry->name, settings_get()->values[key]);
    reply_key_signed(reply, "least", entry->least);
    reply_key_signed(reply, "most", entry->most);
    reply_key_signed(reply, "initial", entry->initial);
    console_end();
}

static void get_all(void)
{
    for (config_key key = 0; key < CONFIG_KEYS; key++) {
        get_line("config", key);
    }
    console_ok();
}

static enum result save(const config *wanted)
{
    enum result result = settings_save(wanted);
    if (result == RESULT_OK) {
        beacon_settings_changed();
        motion_suspend(); /* it takes the threshold when it resumes */
        motion_resume();
    }
    return result;
}

static void say_range(config_key key)
{
    const config_entry *entry = &CONFIG_TABLE[key];
    console_reply *reply = console_begin("error range ");
    reply_text(reply, entry->name);
    reply_text(reply, " takes ");
    reply_signed(reply, entry->least);
    reply_text(reply, " to ");
    reply_signed(reply, entry->most);
    console_end();
}

static void set(config_key key, int32_t value)
{
    config wanted = *settings_get();
    if (!config_set(&wanted, key, value)) {
        say_range(key);
        return;
    }
    enum result result = RESULT_OK;
    if (settings_are_defaults() || wanted.values[key] != settings_get()->values[key]) { /* a page lasts 100,000 erasures */
        result = save(&wanted);
    }
    console_result(result, "not saved");
}

static void restore_defaults(void)
{
    config wanted;
    config_defaults(&wanted);
    console_result(save(&wanted), "not saved");
}

void commands_config(void)
{
    const char *action = console_argument(0), *name = console_argument(1), *number = console_argument(2);
    config_key key = config_find(name);
    int32_t value;
    if (*name && key == CONFIG_KEYS) {
        console_error("key", "unknown: try config get");
    } else if (strcmp(action, "set") == 0 && console_number(number, &value)) {
        set(key, value);
    } else if (strcmp(action, "get") == 0 && *name && !*number) {
        get_line("ok", key);
    } else if (strcmp(action, "get") == 0 && !*name) {
        get_all();
    } else if (strcmp(action, "defaults") == 0 && !*name) {
        restore_defaults();
    } else {
        console_error("arguments", "get [key] | set key value | defaults");
    }
}
