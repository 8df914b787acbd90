/* Sends the readings as BLE advertisements: three packets an event, each on its channel, 6 ms apart so that an aged cell
 * recovers. Measures the supply before; if it is low, neither sends nor watches for motion until it has risen again. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "protocol/ble_advertisement.h"

/* The first event comes at once. */
void beacon_begin(void);

/* Takes a new interval or address over; call it after settings were changed. */
void beacon_settings_changed(void);

void beacon_address(uint8_t address[BLE_ADDRESS_BYTES]); /* low byte first: people write it the other way */
uint32_t beacon_supply_mv(void);                         /* of the last event; 0 if it could not be measured */
bool beacon_supply_is_low(void);
uint32_t beacon_events_sent(void); /* the low 8 bits are the packet id of the next one */
