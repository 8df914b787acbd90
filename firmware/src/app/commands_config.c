#include <string.h>

#include "app/beacon.h"
#include "app/commands.h"
#include "app/listen.h"
#include "app/motion.h"
#include "app/settings.h"
#include "protocol/console_line.h"

static void say_entry(const char *kind, config_key key)
{
    const config_entry *entry = &CONFIG_TABLE[key];
    console_reply *reply = console_begin(kind);
    const int32_t range[] = {entry->least, entry->most, entry->initial};
    reply_key_signed(reply, entry->name, settings_get()->values[key]);
    reply_values(reply, " least most initial", range);
    console_end();
}

static void say_all(void)
{
    for (config_key key = 0; key < CONFIG_KEYS; key++) {
        say_entry("config", key);
    }
    console_ok();
}

static void save(const config *wanted)
{
    enum result result = settings_save(wanted);
    beacon_settings_changed();
    listen_settings_changed();
    motion_suspend(); /* it takes the threshold when it resumes */
    motion_resume();
    console_result(result, "not saved");
}

static void set(config_key key, int32_t value)
{
    config wanted = *settings_get();
    if (!config_set(&wanted, key, value)) {
        say_entry("error range", key);
    } else if (wanted.values[key] == settings_get()->values[key] && !settings_are_defaults()) {
        console_ok(); /* a page lasts 100,000 erasures */
    } else {
        save(&wanted);
    }
}

static void restore_defaults(void)
{
    config wanted;
    config_defaults(&wanted);
    save(&wanted);
}

bool commands_config(void)
{
    const char *action = console_argument(0), *name = console_argument(1);
    config_key key = config_find(name);
    int32_t value;
    bool get = strcmp(action, "get") == 0;
    if (*name && key == CONFIG_KEYS) {
        console_error("key", name);
    } else if (get && *name) {
        say_entry("ok", key);
    } else if (get) {
        say_all();
    } else if (*name && strcmp(action, "set") == 0 && console_number(console_argument(2), &value)) {
        set(key, value);
    } else if (strcmp(action, "defaults") == 0) {
        restore_defaults();
    } else {
        return false;
    }
    return true;
}
