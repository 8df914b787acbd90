#include "config.h"

#include <string.h>

const config_entry CONFIG_TABLE[CONFIG_KEYS] = {
    // 0 is a board without number: the station gives numbers from 1
    [CONFIG_SERIAL] = {"serial", 0, 0, INT32_MAX},
    // 100 ms is the least for non-connectable advertising before Bluetooth 5; 2 s is 16 uA of radio on average
    [CONFIG_BEACON_INTERVAL_MS] = {"beacon_interval_ms", 2000, 100, 60000},
    // subtracted from each axis; more than a quarter g is a broken sensor, not an offset
    [CONFIG_OFFSET_X_MG] = {"offset_x_mg", 0, -250, 250},
    [CONFIG_OFFSET_Y_MG] = {"offset_y_mg", 0, -250, 250},
    [CONFIG_OFFSET_Z_MG] = {"offset_z_mg", 0, -250, 250},
    // 1: the BLE address is the two halves of 24 bits below and not the one of the unique ID
    [CONFIG_ADDRESS_OVERRIDE] = {"address_override", 0, 0, 1},
    [CONFIG_ADDRESS_HIGH] = {"address_high", 0, 0, 0xFFFFFF},
    [CONFIG_ADDRESS_LOW] = {"address_low", 0, 0, 0xFFFFFF},
    // the accelerometer counts 16 mg steps at 2 g, 127 of them
    [CONFIG_WAKE_THRESHOLD_MG] = {"wake_threshold_mg", 96, 16, 2032},
    // RMS in steps of the converter: a quiet room is about 2, full scale 2047
    [CONFIG_SOUND_THRESHOLD] = {"sound_threshold", 40, 1, 2047},
    // a window whose likeliest class is less likely than this is unknown
    [CONFIG_MOTION_SHARE_PERCENT] = {"motion_share_percent", 60, 0, 100},
    // windows in a row that a new answer needs, unless its class has a number of its own
    [CONFIG_MOTION_WINDOWS] = {"motion_windows", 2, 1, 16},
    // below, nothing is measured and sent; the preamplifier's op-amp ends at 2.1 V
    [CONFIG_LOW_SUPPLY_MV] = {"low_supply_mv", 2100, 1800, 3000},
    [CONFIG_SUPPLY_HYSTERESIS_MV] = {"supply_hysteresis_mv", 100, 0, 500},
#ifndef WITHOUT_MODEL
    // a bit a class, 1 for the first: the others count as unknown
    [CONFIG_MOTION_CLASSES] = {"motion_classes", INT32_MAX, 0, INT32_MAX},
    // an octal digit a class, the last one for the first: windows in a row that it needs, or 0 for motion_windows
    [CONFIG_MOTION_CLASS_WINDOWS] = {"motion_class_windows", 0, 0, 0x3FFFFFFF},
    // without a motion of wake_threshold_mg for so long the sensor only waits for one; 0: it never does
    [CONFIG_REST_AFTER_S] = {"rest_after_s", 10, 0, 3600},
    // the same four for sound, whose windows are words: each is told
    [CONFIG_SOUND_SHARE_PERCENT] = {"sound_share_percent", 60, 0, 100},
    [CONFIG_SOUND_WINDOWS] = {"sound_windows", 1, 1, 16},
    [CONFIG_SOUND_CLASSES] = {"sound_classes", INT32_MAX, 0, INT32_MAX},
    [CONFIG_SOUND_CLASS_WINDOWS] = {"sound_class_windows", 0, 0, 0x3FFFFFFF},
    // of each period; no less than the period: always. That draws 2 mA, which empties a cell in four days; 0: never
    [CONFIG_LISTEN_MS] = {"listen_ms", 0, 0, 60000},
    [CONFIG_LISTEN_PERIOD_MS] = {"listen_period_ms", 4000, 500, 60000},
#endif
};

void config_defaults(config *settings)
{
    for (int key = 0; key < CONFIG_KEYS; key++) {
        settings->values[key] = CONFIG_TABLE[key].initial;
    }
}

config_key config_find(const char *name)
{
    int key = 0;
    while (key < CONFIG_KEYS && strcmp(CONFIG_TABLE[key].name, name) != 0) {
        key++;
    }
    return (config_key)key;
}

bool config_set(config *settings, config_key key, int32_t value)
{
    if (key >= CONFIG_KEYS || value < CONFIG_TABLE[key].least || value > CONFIG_TABLE[key].most) {
        return false;
    }
    settings->values[key] = value;
    return true;
}
