/* Accelerometer SC7A20HTR on I2C: 12 bit at +-2 g, a FIFO of 32 samples, an interrupt line for full FIFO or motion.
 *
 * Each mode writes every register that it depends on, so that none of them cares what was set before or whether the
 * sensor lost its registers in a dip of the supply. After power-up the sensor is silent for 5 ms. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/result.h"

#define SC7A20_COUNTS_PER_G 1024
#define SC7A20_BATCH_MAX 31u /* the level that the FIFO reports ends there */

enum sc7a20_rate {
    SC7A20_LOWEST_RATE = 1, /* codes of CTRL1; 1.56 Hz */
    SC7A20_25_HZ = 3,
    SC7A20_50_HZ = 4,
    SC7A20_100_HZ = 5,
};

enum sc7a20_resolution {
    SC7A20_12_BIT,
    SC7A20_8_BIT, /* low power: 9 uA instead of 17 at 50 Hz (?); samples are rounded down to 16 counts, their noise is not known */
};

enum sc7a20_self_test { /* codes of CTRL4: the element is pushed one way or the other */
    SC7A20_SELF_TEST_OFF = 0,
    SC7A20_SELF_TEST_1 = 1,
    SC7A20_SELF_TEST_2 = 2,
};

enum sc7a20_pin {
    SC7A20_INT1,
    SC7A20_INT2,
};

struct sc7a20_identity {
    uint8_t who_am_i; /* 0x11 */
    uint8_t version;  /* 0x28 for the H part */
};

struct sc7a20_sample { /* 1024 counts a g */
    int16_t x, y, z;
};

/* Asks for up to 10 ms, because the sensor may just have been powered. RESULT_MISMATCH: somebody else answers. */
enum result sc7a20_identify(struct sc7a20_identity *identity);

/* 0.5 uA; the interrupt line is low. */
enum result sc7a20_power_down(void);

/* One sample at a time, for sc7a20_read; the interrupt line stays low. */
enum result sc7a20_start(enum sc7a20_rate rate, enum sc7a20_self_test self_test);

/* Waits for a sample newer than the last one read, 100 ms at most. */
enum result sc7a20_read(struct sc7a20_sample *sample);

/* Into the FIFO; the interrupt line rises when `batch` samples, 1 to 31, wait there, and falls when it was read. */
enum result sc7a20_start_fifo(enum sc7a20_rate rate, enum sc7a20_resolution resolution, uint8_t batch);

/* Takes what waits, at most `room` samples; 0.14 ms each. `lost`: it was full, older samples may be gone. */
enum result sc7a20_read_fifo(struct sc7a20_sample *samples, size_t room, size_t *count, bool *lost);

/* At 25 Hz 6 uA, at the lowest rate 3: the interrupt line rises when any axis moves by more than the threshold, 16 to
 * 2032 mg, gravity left out. It stays high until sc7a20_take_motion. */
enum result sc7a20_watch_motion(enum sc7a20_rate rate, uint32_t threshold_mg);

/* Whether there was motion since the last call; lets the line fall again. */
enum result sc7a20_take_motion(bool *moved);

/* RESULT_MISMATCH if it does not run at this rate in low power, as it does while it watches for motion or fills the FIFO
 * with 8 bits: it was reset, or is in another mode. */
enum result sc7a20_check_low_power(enum sc7a20_rate rate);

/* Powers down and drives the interrupt line high or low, to see whether it arrives at the microcontroller. */
enum result sc7a20_force_interrupt(bool high);

/* Raises one of the two interrupt pins within two samples at 100 Hz, and keeps the other low: INT1 when there is a sample, INT2
 * when an axis feels a quarter of gravity. */
enum result sc7a20_raise(enum sc7a20_pin pin);
