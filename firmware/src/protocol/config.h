// What can be set on a board, and its image for a flash page.
#ifndef PROTOCOL_CONFIG_H
#define PROTOCOL_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

// The order is the order in the page: append only, never reorder.
typedef enum {
    CONFIG_SERIAL,
    CONFIG_BEACON_INTERVAL_MS,
    CONFIG_OFFSET_X_MG,
    CONFIG_OFFSET_Y_MG,
    CONFIG_OFFSET_Z_MG,
    CONFIG_ADDRESS_OVERRIDE,
    CONFIG_ADDRESS_HIGH,
    CONFIG_ADDRESS_LOW,
    CONFIG_WAKE_THRESHOLD_MG,
    CONFIG_SOUND_THRESHOLD,
    CONFIG_MOTION_SHARE_PERCENT,
    CONFIG_MOTION_WINDOWS,
    CONFIG_LOW_SUPPLY_MV,
    CONFIG_SUPPLY_HYSTERESIS_MV,
#ifndef WITHOUT_MODEL
    // What only models use comes last, so that an image without one can leave it out.
    CONFIG_MOTION_CLASSES,
    CONFIG_MOTION_CLASS_WINDOWS,
    CONFIG_REST_AFTER_S,
    CONFIG_SOUND_SHARE_PERCENT,
    CONFIG_SOUND_WINDOWS,
    CONFIG_SOUND_CLASSES,
    CONFIG_SOUND_CLASS_WINDOWS,
    CONFIG_LISTEN_MS,
    CONFIG_LISTEN_PERIOD_MS,
#endif
    CONFIG_KEYS,
} config_key;

typedef struct {
    const char *name;
    int32_t initial;
    int32_t least;
    int32_t most;
} config_entry;

typedef struct {
    int32_t values[CONFIG_KEYS];
} config;

extern const config_entry CONFIG_TABLE[CONFIG_KEYS];

void config_defaults(config *settings);

// CONFIG_KEYS if there is no such name.
config_key config_find(const char *name);

// False, with nothing changed, if the value is out of range or the key does not exist.
bool config_set(config *settings, config_key key, int32_t value);

#endif
