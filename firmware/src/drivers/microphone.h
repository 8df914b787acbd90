/* Microphone and its amplifier, powered from a pin; sound at 8 kHz in steps of the 12 bit converter.
 *
 * Never powered while the radio sends: both together pull an aged cell down, and the supply is the converter's
 * reference. app/beacon asks microphone_is_on before each packet, so that whoever records goes first.
 * STOP would stop the converter: hold the chip awake (scheduler_hold_awake) while recording. One at a time records:
 * app/listen gives way to whoever does so for the console. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

#define MICROPHONE_RATE_HZ 8000u
#define MICROPHONE_HALF_SAMPLES 128u /* 16 ms */
#define MICROPHONE_SETTLE_MS 200u /* its amplifier 78 ms at worst (simulated), the microphone itself up to 100 */

void microphone_on(void); /* from when on it settles */
bool microphone_is_on(void);
bool microphone_ready(void); /* it is on and has settled */

/* Records into two halves in turn, until microphone_off. RESULT_BAD_ARGUMENT: not ready. */
enum result microphone_record(void);

/* The half that was filled last, once; NULL if there is none. It stays whole for the time that the other one fills. */
const uint16_t *microphone_take(void);

/* The half that was filled before that one, and is about to be filled again: a sample each 125 us. */
const uint16_t *microphone_before(const uint16_t *half);

/* Samples have overwritten the beginning of that one, more than the window of a frame would hide (1 ms). */
bool microphone_is_late(void);

/* Both halves. */
const uint16_t *microphone_samples(void);

/* Halves that nobody took in time, since the start. */
uint32_t microphone_lost(void);

void microphone_off(void);
