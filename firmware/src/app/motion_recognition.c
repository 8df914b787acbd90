/* The motion task of an image with a model of motion: samples at 50 Hz through the accelerometer's FIFO, a window each 32 of
 * them, its class from the model. Where nothing moves for long enough the sensor only watches for motion, at its lowest
 * rate, and the class stays what it was: it is that of a board that does not move. */
#include <stdbool.h>

#include "app/classes.h"
#include "app/faults.h"
#include "app/motion_task.h"
#include "app/scheduler.h"
#include "app/settings.h"
#include "drivers/microphone.h"
#include "drivers/sc7a20.h"
#include "generated/models.h"
#include "hal/clock.h"
#include "hal/i2c.h"
#include "hal/uart.h"
#include "model/motion_context.h"
#include "model/motion_features.h"
#include "py32f003.h"

enum {
    BATCH = 24,        /* 0.48 s; then there is time for 8 more, or 0.16 s, before the FIFO runs over */
    ROOM = 13,         /* a batch in two halves: 0.1 kB less of the stack, which is deepest here, for 0.5 uA */
    POLL_MS = 400,     /* with a dead interrupt line: 20 samples */
    OVERDUE_MS = 1000, /* the interrupt did not come */
    AT_REST_MS = 10000,
    WITH_CONTEXT = MOTION_MODEL_FEATURES == MOTION_FEATURES_IN_CONTEXT,
};

_Static_assert(WITH_CONTEXT || MOTION_MODEL_FEATURES == MOTION_FEATURES, "no such features: train the model anew");
_Static_assert(MOTION_COUNTS_PER_G == SC7A20_COUNTS_PER_G, "the model was trained with another scale");

static struct motion_window window;
static struct motion_context past;
static bool at_rest;
static uint32_t moved_ms; /* when it last moved */

static int32_t setting(config_key key)
{
    return settings_get()->values[key];
}

static int16_t offset_counts(config_key key)
{
    return (int16_t)(setting(key) * 1049 >> 10); /* 1.0244 for 1.024: less than half a count wrong at 250 mg */
}

static void begin_anew(void)
{
    motion_features_restart(&window);
    motion_context_restart(&past);
    classes_gap(TASK_MOTION);
}

/* 8 bits are enough: rounded down to 16 counts, samples are the same after they are reduced to steps of 32. */
static enum result recognise(void)
{
    at_rest = false;
    moved_ms = clock_ms();
    begin_anew();
    return sc7a20_start_fifo(SC7A20_50_HZ, SC7A20_8_BIT, BATCH);
}

static enum result rest(void)
{
    at_rest = true;
    return sc7a20_watch_motion(SC7A20_LOWEST_RATE, (uint32_t)setting(CONFIG_WAKE_THRESHOLD_MG));
}

/* Within the window, on any axis, by more than the threshold and the step of 1/32 g to which samples are reduced. */
static bool has_moved(const int16_t *features)
{
    int32_t least = (setting(CONFIG_WAKE_THRESHOLD_MG) * 262 >> 10) + 256 / MOTION_REDUCED_PER_G; /* in 1/256 g */
    bool moved = false;
    for (uint32_t axis = 0; axis < MOTION_AXES; axis++) {
        const int16_t *statistics = features + axis * MOTION_STATISTICS;
        moved |= statistics[MOTION_MOST] - statistics[MOTION_LEAST] > least;
    }
    return moved;
}

static void add(const struct sc7a20_sample *sample)
{
    int16_t features[WITH_CONTEXT ? MOTION_FEATURES_IN_CONTEXT : MOTION_FEATURES];
    uint16_t probabilities[MOTION_MODEL_CLASSES];
    int16_t x = sample->x - offset_counts(CONFIG_OFFSET_X_MG);
    int16_t y = sample->y - offset_counts(CONFIG_OFFSET_Y_MG);
    int16_t z = sample->z - offset_counts(CONFIG_OFFSET_Z_MG);
    if (!motion_features_add(&window, x, y, z, features)) {
        return;
    }
    if (has_moved(features)) {
        moved_ms = clock_ms();
    }
    if (WITH_CONTEXT) {
        motion_context_add(&past, features);
    }
    (void)motion_model_predict_proba(features, MOTION_MODEL_FEATURES, probabilities, MOTION_MODEL_CLASSES);
    classes_add(TASK_MOTION, probabilities);
}

static bool is_still(void)
{
    uint32_t rest_after_ms = (uint32_t)setting(CONFIG_REST_AFTER_S) * 1000u;
    return rest_after_ms > 0 && clock_ms() - moved_ms > rest_after_ms;
}

/* Up to ROOM samples take 2 ms, in which the processor only waits: slowly, but not while serial port or converter are in
 * use. */
static enum result read_fifo(struct sc7a20_sample samples[ROOM], size_t *count, bool *lost)
{
    bool slow = !scheduler_is_held_awake() && !microphone_is_on();
    if (slow) {
        (void)uart_flush();
        clock_slow();
        i2c_set_slow(true);
    }
    enum result result = sc7a20_read_fifo(samples, ROOM, count, lost);
    if (result == RESULT_OK && *count == 0) {
        result = sc7a20_check_low_power(SC7A20_50_HZ);
    }
    if (slow) {
        i2c_set_slow(false);
        clock_fast();
    }
    return result;
}

static enum result take_samples(void)
{
    struct sc7a20_sample samples[ROOM];
    size_t count;
    do {
        bool lost;
        enum result result = read_fifo(samples, &count, &lost);
        if (result != RESULT_OK) {
            return result;
        }
        if (lost) {
            begin_anew();
        }
        for (size_t i = 0; i < count; i++) {
            add(&samples[i]);
        }
    } while (count == ROOM);
    return is_still() ? rest() : RESULT_OK;
}

static enum result wait_for_motion(void)
{
    bool moved = false;
    enum result result = sc7a20_check_low_power(SC7A20_LOWEST_RATE);
    if (result == RESULT_OK) {
        result = sc7a20_take_motion(&moved);
    }
    return moved ? recognise() : result;
}

enum result motion_task_start(void)
{
    return recognise();
}

enum result motion_task_run(void)
{
    enum result result = at_rest ? wait_for_motion() : take_samples();
    if (result != RESULT_OK && result != RESULT_MISMATCH) { /* that is mended at once */
        classes_forget(TASK_MOTION);
    }
    return result;
}

uint32_t motion_task_edge_ms(void)
{
    return 0;
}

uint32_t motion_task_wait_ms(void)
{
    return at_rest ? AT_REST_MS : faults_present() & BIT(FAULT_INTERRUPT_LINE) ? POLL_MS : OVERDUE_MS;
}
