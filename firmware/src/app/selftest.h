/* The self-test's steps: each measures one thing and says what it found. What is right is the production station's affair.
 *
 * The answer is "ok" with the keys of the step, which `help` lists too, or the error with which the part's driver ended.
 * A key ends in "#n" there if its value is n hexadecimal digits, in "." if it has three decimals; else it is a whole number.
 * Each step ends within the time given; beacons and watching for motion wait meanwhile.
 *
 *   accelerometer           who_am_i version       registers 0x0F and 0x70                                         0.1 s
 *   axes                    x_mg y_mg z_mg         mean of 64 samples at 100 Hz, no offset taken off
 *                           x_noise_mg ...         their standard deviation                                        1 s
 *   accelerometer-selftest  x_1_mg ... x_2_mg ...  by how much each of the two modes moves each axis               1 s
 *   interrupt               low high edges         the line's level when the accelerometer drives it low, and high;
 *                                                  1 edge if the rise came as an interrupt                         0.1 s
 *   microphone, tone        dc_lsb rms_lsb         mean and RMS about it of 256 samples at 8 kHz, in steps of the
 *                                                  converter: 4095 make the supply
 *                           frequency_hz           0 if there is none (protocol/tone.h)                            0.5 s
 *   radio                   answer                 what it read back last of its registers
 *                           crystal_start_us       until the crystal ran; a packet of zeros at the lowest power has
 *                                                  left then: a crystal that stands still is "timeout"             0.1 s
 *   supply                  supply_mv vrefint_lsb  with the reading of the 1.2 V reference that gave it            0.1 s
 *   flash                   bytes crc16            of the image from the start of flash, which is firmware.bin,
 *                                                  with the checksum of the console's lines                        0.3 s
 *   sleep                   slept_ms               of a second in STOP, by the low-power timer; an interrupt ends it
 *                                                  early. The port is deaf meanwhile
 *                           lsi_hz                 that timer's clock by the processor's                           1.5 s
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hal/result.h"

#define SELFTEST_VALUES_MAX 6

struct selftest_step {
    const char *name;
    const char *keys;                     /* with a space before each; the values are written in their order */
    enum result (*run)(int32_t *values);
};

extern const struct selftest_step SELFTEST_STEPS[]; /* an entry without name ends it */

/* The command `test`. */
bool selftest_run(void);

enum result selftest_accelerometer(int32_t *values);
enum result selftest_axes(int32_t *values);
enum result selftest_self_test_deltas(int32_t *values);
enum result selftest_interrupt(int32_t *values);
enum result selftest_sound(int32_t *values);
enum result selftest_radio(int32_t *values);
enum result selftest_supply(int32_t *values);
enum result selftest_flash(int32_t *values);
enum result selftest_sleep(int32_t *values);
