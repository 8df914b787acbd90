/* The self-test's steps: each measures one thing and says what it found. What is right is the production station's affair.
 *
 * The answer is "ok" with the keys below, or the error with which the part's driver ended. Each step ends within the time
 * given; beacons and watching for motion wait meanwhile.
 *
 *   accelerometer            who_am_i version        registers 0x0F and 0x70, hexadecimal                          0.1 s
 *   axes                     x_mg y_mg z_mg          mean of 64 samples at 100 Hz, no offset taken off
 *                            x_noise_mg ...          their standard deviation, three decimals                      1 s
 *   accelerometer-selftest   x_1_mg ... x_2_mg ...   by how much each of the two modes moves each axis             1 s
 *   interrupt                low high edges          the line's level when the accelerometer drives it low, and high;
 *                                                    1 edge if the rise came as an interrupt                       0.1 s
 *   microphone, tone         dc_lsb rms_lsb          mean and RMS about it of 256 samples at 8 kHz, in steps of the
 *                                                    converter (4096 make the supply); rms with three decimals
 *                            frequency_hz            three decimals; 0 if there is none (protocol/tone.h)          0.5 s
 *   radio                    answer                  what it read back last of its registers, hexadecimal
 *                            crystal_start_us        until the crystal ran; a packet of zeros at the lowest power has
 *                                                    left then: a crystal that stands still is "timeout"           0.1 s
 *   supply                   supply_mv vrefint_lsb   with the reading of the 1.2 V reference that gave it          0.1 s
 *   flash                    bytes crc16             of the image from the start of flash: the file firmware.bin,
 *                                                    with the checksum of the console's lines                      0.3 s
 *   sleep                    slept_ms                of a second in STOP, by the low-power timer; an interrupt ends it
 *                                                    early. The port is deaf meanwhile
 *                            lsi_hz                  that timer's clock by the processor's                         1.5 s
 */
#pragma once

#include "hal/result.h"

struct selftest_step {
    const char *name;
    const char *description;
    enum result (*run)(void); /* writes the answer if it is RESULT_OK, and nothing otherwise */
};

extern const struct selftest_step SELFTEST_STEPS[]; /* an entry without name ends it */

/* The command `test`. */
void selftest_run(void);

enum result selftest_accelerometer(void);
enum result selftest_axes(void);
enum result selftest_self_test_deltas(void);
enum result selftest_interrupt(void);
enum result selftest_sound(void);
enum result selftest_radio(void);
enum result selftest_supply(void);
enum result selftest_flash(void);
enum result selftest_sleep(void);
