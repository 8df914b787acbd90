/* Microphone and its amplifier, powered from a pin; sound at 8 kHz in steps of the 12 bit converter.
 *
 * Never powered while the radio sends: both together pull an aged cell down, and the supply is the converter's
 * reference. app/beacon asks microphone_is_on before each packet, so that whoever records goes first.
 * STOP would stop the converter: hold the chip awake (scheduler_hold_awake_until) while recording. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

#define MICROPHONE_RATE_HZ 8000u
#define MICROPHONE_SETTLE_MS 200u /* its amplifier 78 ms at worst (simulated), the microphone itself up to 100 */

void microphone_on(void); /* from when on it settles */
bool microphone_is_on(void);
bool microphone_ready(void); /* it is on and has settled */

/* Fills the halves of `buffer`, `half_samples` each, in turn, until microphone_off. RESULT_BAD_ARGUMENT: not ready. */
enum result microphone_record(uint16_t *buffer, uint32_t half_samples);

/* The half that was filled last, once; NULL if there is none. It stays whole for the time that the other one fills. */
const uint16_t *microphone_take(void);

/* Halves that nobody took in time, since the start. */
uint32_t microphone_lost(void);

void microphone_off(void);
