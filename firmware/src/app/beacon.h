/* Sends the readings as BLE advertisements: three packets an event, each on its channel, 6 ms apart so that an aged cell
 * recovers. Measures the supply before; if it is low, neither sends nor watches for motion until it has risen again.
 * The radio is set up anew for each event, so that one that failed is tried again at the next. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "protocol/ble_advertisement.h"

/* The first event comes in a moment. */
void beacon_begin(void);

/* The events' own. */
void beacon_start_event(void);
void beacon_send_packet(void);

/* An event comes at once, with the new settings. */
void beacon_settings_changed(void);

/* A model has a new answer: the next event comes 2 s after the last one, if it was to come later. */
void beacon_tell_soon(void);

/* Low byte first: people write it the other way. Of the unique ID, or of the settings with the two highest bits set. */
void beacon_address(uint8_t address[BLE_ADDRESS_BYTES]);

uint32_t beacon_supply_mv(void); /* at the last event; 0 if it could not be measured */
bool beacon_supply_is_low(void);
uint32_t beacon_events_sent(void);
