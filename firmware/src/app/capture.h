/* The command `stream`: samples as they come, for data sets. Nothing is lost on the way; what the sensor loses is counted.
 *
 *   stream motion <seconds> [label] [rate_hz]    25, 50 or 100 Hz; 50 if not said
 *   stream sound <seconds> [label]               8000 Hz
 *
 * <seconds> are 1 to 300; the label is any word, "-" if not said. The answer:
 *
 *   stream rate_hz=50 bits=12 baud=115200 label=walking
 *   data 0 <base64>                              16 samples of x, y and z, 16 bits each with sign, low byte first;
 *   data 16 <base64>                             1024 make 1 g, offsets of `config` not taken off
 *   ok samples=500 ms=9987 rate_hz=50.065 lost=0 label=walking
 *
 * The number after "data" is that of the line's first sample. `samples` is the number that would come next: rate times
 * seconds, or less if a byte was received, which ends the stream. `rate_hz` is the rate by the processor's clock between the
 * first and the last line, `ms` apart; 0.000 if there was but one. `lost`: for motion how often the sensor's FIFO ran over;
 * for sound how many lines are missing, and the numbers go on as if they had come.
 *
 * Sound: two samples make three bytes, high bits first, so that each sample is two characters; 128 in a line. That is all
 * that the converter gives, and it is 17,250 characters a second with all that stands around them. 115200 baud carry 11,520,
 * so sound comes at 230400 baud: after the line "stream" the board waits for a CR or LF at the new speed, for 2 s, and then
 * begins. After the last line the speed is 115200 baud again, as it is if no line end came; the answer then is an error.
 * (115200 baud would have room for 8 bits a sample: as mu-law a signal-to-noise ratio of 38 dB, where the microphone has
 * 55. A model should be trained with what it will hear.)
 *
 * Beacons and watching for motion wait meanwhile. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

bool capture_run(void);

/* Microphone on, settled, recording. microphone_off is left to the caller, whatever comes. */
enum result capture_sound_start(void);

/* Waits for the next half. RESULT_TIMEOUT if none comes. */
enum result capture_sound_next(const uint16_t **half);
