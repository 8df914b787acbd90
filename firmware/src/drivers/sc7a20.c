/* Sources: Silan's SC7A20_reg.h and IronOS SC7A20_defines.h for registers and identity; what they leave open is taken
 * from ST's LIS2DH12 datasheet, whose register map the SC7A20 follows, and is unverified for this part: the watermark
 * means more than FIFO_CTRL[4:0], the level stops at 31, a burst wraps from 0x2D to 0x28 while the FIFO is on, reading
 * REFERENCE makes the present sample the filter's zero. */
#include "drivers/sc7a20.h"

#include "hal/clock.h"
#include "hal/i2c.h"

enum {
    WHO_AM_I = 0x0F,
    WHO_AM_I_SC7A20 = 0x11,
    CTRL1 = 0x20, /* and on to CTRL6 */
    CTRL1_RATE = 4, /* position */
    CTRL1_LOW_POWER = 0x08, /* 8 bit */
    CTRL1_ALL_AXES = 0x07,
    CTRL2_HIGH_PASS_TO_INT1 = 0x01, /* corner at the rate / 50 */
    CTRL3_MOTION = 0x40,
    CTRL3_SAMPLE = 0x10,
    CTRL3_WATERMARK = 0x04,
    CTRL4_BLOCK_UPDATE = 0x80, /* low and high byte of one sample */
    CTRL4_HIGH_RESOLUTION = 0x08,
    CTRL4_SELF_TEST = 1, /* position */
    CTRL5_FIFO = 0x40,
    CTRL5_LATCH_INT1 = 0x08,
    CTRL6_MOTION = 0x40, /* of generator 1 to INT2 */
    CTRL6_ACTIVE_LOW = 0x02,
    REFERENCE = 0x26,
    STATUS = 0x27,
    STATUS_ALL_NEW = 0x08,
    OUT_X_L = 0x28,
    FIFO_CTRL = 0x2E,
    FIFO_CTRL_STREAM = 0x80, /* when full the oldest sample goes */
    FIFO_SRC = 0x2F,
    FIFO_SRC_OVERRUN = 0x40,
    FIFO_SRC_LEVEL = 0x1F,
    INT1_CFG = 0x30,
    INT1_CFG_ANY_AXIS_HIGH = 0x2A,
    INT1_SRC = 0x31,
    INT1_SRC_ACTIVE = 0x40,
    INT1_THS = 0x32, /* and INT1_DUR */
    VERSION = 0x70,
    INCREMENT = 0x80, /* added to the address: the next byte is of the next register */
};

#define ADDRESS 0x18u /* SDO is strapped to ground (hardware/circuit/motion.py) */
#define IDENTIFY_TRIES 10u
#define TRY_US 1000u
#define READ_TRIES 80u /* 1.2 ms each, with the wait below: two samples at 25 Hz are 80 ms */
#define READ_WAIT_US 800u
#define THRESHOLD_STEP_MG 16u
#define THRESHOLD_MAX 127u
#define SPARE_BITS 4 /* 12 bits stand left-justified in 16 */

enum { CONTROLS = 6 };

static const uint8_t OFF[CONTROLS] = {CTRL1_ALL_AXES};
static enum result write_register(uint8_t reg, uint8_t value)
{
    return i2c_write(ADDRESS, reg, &value, 1);
}

static enum result read_register(uint8_t reg, uint8_t *value)
{
    return i2c_read(ADDRESS, reg, value, 1);
}

/* The FIFO and the motion interrupt forget what they held. */
static enum result set_controls(const uint8_t controls[CONTROLS])
{
    static const uint8_t CLEARED[] = {CTRL1, FIFO_CTRL, INT1_CFG};
    enum result result = RESULT_OK;
    for (size_t i = 0; i < sizeof CLEARED && result == RESULT_OK; i++) {
        result = write_register(CLEARED[i], 0);
    }
    return result == RESULT_OK ? i2c_write(ADDRESS, CTRL1 | INCREMENT, controls, CONTROLS) : result;
}

enum result sc7a20_identify(struct sc7a20_identity *identity)
{
    enum result result = RESULT_NO_ANSWER;
    for (uint32_t attempt = 0; attempt < IDENTIFY_TRIES && result == RESULT_NO_ANSWER; attempt++) {
        if (attempt > 0) {
            clock_delay_us(TRY_US);
        }
        result = read_register(WHO_AM_I, &identity->who_am_i);
    }
    if (result == RESULT_OK) {
        result = read_register(VERSION, &identity->version);
    }
    if (result == RESULT_OK && identity->who_am_i != WHO_AM_I_SC7A20) {
        result = RESULT_MISMATCH; /* an LIS2DH12 has 0x33; the version is reported only: lots of 0x26 are said to work */
    }
    return result;
}

enum result sc7a20_power_down(void)
{
    return set_controls(OFF);
}

static uint8_t full_resolution(enum sc7a20_rate rate)
{
    return (uint8_t)(rate << CTRL1_RATE | CTRL1_ALL_AXES);
}

static uint8_t low_power(enum sc7a20_rate rate)
{
    return full_resolution(rate) | CTRL1_LOW_POWER;
}

static void from_registers(struct sc7a20_sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        samples[i].x >>= SPARE_BITS;
        samples[i].y >>= SPARE_BITS;
        samples[i].z >>= SPARE_BITS;
    }
}

/* The registers have the order and byte order of the struct. */
static enum result read_samples(struct sc7a20_sample *samples, size_t count)
{
    enum result result = i2c_read(ADDRESS, OUT_X_L | INCREMENT, (uint8_t *)samples, count * sizeof *samples);
    from_registers(samples, count);
    return result;
}

enum result sc7a20_start(enum sc7a20_rate rate, enum sc7a20_self_test self_test)
{
    const uint8_t controls[CONTROLS] = {
        [0] = full_resolution(rate),
        [3] = (uint8_t)(CTRL4_BLOCK_UPDATE | CTRL4_HIGH_RESOLUTION | self_test << CTRL4_SELF_TEST),
    };
    struct sc7a20_sample old; /* from before */
    enum result result = set_controls(controls);
    return result == RESULT_OK ? read_samples(&old, 1) : result;
}

enum result sc7a20_read(struct sc7a20_sample *sample)
{
    for (uint32_t attempt = 0; attempt < READ_TRIES; attempt++) {
        uint8_t status = 0;
        enum result result = read_register(STATUS, &status);
        if (result != RESULT_OK) {
            return result;
        }
        if (status & STATUS_ALL_NEW) {
            return read_samples(sample, 1);
        }
        clock_delay_us(READ_WAIT_US);
    }
    return RESULT_TIMEOUT;
}

enum result sc7a20_start_fifo(enum sc7a20_rate rate, enum sc7a20_resolution resolution, uint8_t batch)
{
    bool full = resolution == SC7A20_12_BIT;
    const uint8_t controls[CONTROLS] = {
        [0] = full ? full_resolution(rate) : low_power(rate),
        [2] = CTRL3_WATERMARK,
        [3] = full ? CTRL4_BLOCK_UPDATE | CTRL4_HIGH_RESOLUTION : CTRL4_BLOCK_UPDATE,
        [4] = CTRL5_FIFO,
    };
    if (batch == 0 || batch > SC7A20_BATCH_MAX) {
        return RESULT_BAD_ARGUMENT;
    }
    enum result result = set_controls(controls);
    return result == RESULT_OK ? write_register(FIFO_CTRL, (uint8_t)(FIFO_CTRL_STREAM | (batch - 1u))) : result;
}

enum result sc7a20_read_fifo(struct sc7a20_sample *samples, size_t room, size_t *count, bool *lost)
{
    uint8_t source = 0;
    enum result result = read_register(FIFO_SRC, &source);
    size_t level = source & FIFO_SRC_LEVEL;
    *lost = source & FIFO_SRC_OVERRUN;
    *count = 0;
    if (result != RESULT_OK || level == 0 || room == 0) {
        return result;
    }
    size_t taken = level < room ? level : room;
    result = read_samples(samples, taken);
    if (result == RESULT_OK) {
        *count = taken;
    }
    return result;
}

enum result sc7a20_watch_motion(enum sc7a20_rate rate, uint32_t threshold_mg)
{
    const uint8_t controls[CONTROLS] = {
        [0] = low_power(rate),
        [1] = CTRL2_HIGH_PASS_TO_INT1,
        [2] = CTRL3_MOTION,
        [4] = CTRL5_LATCH_INT1,
    };
    uint32_t steps = threshold_mg / THRESHOLD_STEP_MG;
    if (steps == 0 || steps > THRESHOLD_MAX) {
        return RESULT_BAD_ARGUMENT;
    }
    const uint8_t threshold_and_duration[] = {(uint8_t)steps, 0}; /* a single sample above it counts */
    uint8_t reference;
    enum result result = set_controls(controls);
    if (result == RESULT_OK) {
        result = i2c_write(ADDRESS, INT1_THS | INCREMENT, threshold_and_duration, sizeof threshold_and_duration);
    }
    if (result == RESULT_OK) {
        result = read_register(REFERENCE, &reference); /* else gravity counts as motion at first */
    }
    return result == RESULT_OK ? write_register(INT1_CFG, INT1_CFG_ANY_AXIS_HIGH) : result;
}

enum result sc7a20_take_motion(bool *moved)
{
    uint8_t source = 0;
    enum result result = read_register(INT1_SRC, &source);
    *moved = source & INT1_SRC_ACTIVE;
    return result;
}

enum result sc7a20_check_low_power(enum sc7a20_rate rate)
{
    uint8_t control = 0;
    enum result result = read_register(CTRL1, &control);
    return result == RESULT_OK && control != low_power(rate) ? RESULT_MISMATCH : result;
}

enum result sc7a20_force_interrupt(bool high)
{
    const uint8_t controls[CONTROLS] = {[0] = CTRL1_ALL_AXES, [5] = high ? CTRL6_ACTIVE_LOW : 0};
    return set_controls(controls); /* nothing is routed to the line: it rests at its inactive level */
}

enum result sc7a20_raise(enum sc7a20_pin pin)
{
    static const uint8_t QUARTER_OF_GRAVITY[] = {250u / THRESHOLD_STEP_MG, 0};
    const uint8_t controls[CONTROLS] = {
        [0] = full_resolution(SC7A20_100_HZ),
        [2] = pin == SC7A20_INT1 ? CTRL3_SAMPLE : 0,
        [5] = pin == SC7A20_INT2 ? CTRL6_MOTION : 0,
    };
    enum result result = set_controls(controls);
    if (result == RESULT_OK) {
        result = i2c_write(ADDRESS, INT1_THS | INCREMENT, QUARTER_OF_GRAVITY, sizeof QUARTER_OF_GRAVITY);
    }
    return result == RESULT_OK ? write_register(INT1_CFG, INT1_CFG_ANY_AXIS_HIGH) : result;
}
