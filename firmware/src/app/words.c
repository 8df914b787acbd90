#include "app/words.h"

#include "app/classes.h"
#include "app/settings.h"
#include "drivers/microphone.h"
#include "model/endpoints.h"
#include "model/frame_ring.h"
#include "model/log_mel.h"
#include "model/sound_map.h"
#include "model/word_gate.h"

enum { QUIET_SHIFT = 3 }; /* the level of the background follows within 8 frames */

_Static_assert(SOUND_MODEL_FEATURES == SOUND_MAP_FEATURES, "no such features: train the model anew");
_Static_assert(MICROPHONE_HALF_SAMPLES == HOP_SAMPLES && MICROPHONE_RATE_HZ == 8000, "the model was trained with another rate");

static frame_ring ring;
static word_gate gate;
static uint16_t quiet_level; /* as frame_level; 0 if not known yet */
static bool has_before;

void words_restart(void)
{
    frame_ring_clear(&ring);
    word_gate_close(&gate);
    has_before = false;
}

bool words_is_between(void)
{
    return !word_gate_is_open(&gate);
}

/* The transform's points, 0.5 kB, are on the stack, because there they cost nothing: this is not where it is deepest. */
static __attribute__((noinline)) void add_frame(const uint16_t *before, const uint16_t *hop)
{
    uint32_t points[FFT_POINTS];
    log_mel_frame(before, hop, points, frame_ring_push(&ring));
}

static void follow_background(void)
{
    int32_t level = (int32_t)frame_level(frame_ring_at(&ring, ring.count - 1u));
    quiet_level = (uint16_t)(quiet_level ? quiet_level + ((level - quiet_level) >> QUIET_SHIFT) : level);
}

static __attribute__((noinline)) void recognise(void)
{
    int16_t features[SOUND_MAP_FEATURES];
    uint16_t probabilities[SOUND_MODEL_CLASSES];
    sound_map_make(&ring, endpoints_find(&ring, quiet_level), features);
    (void)sound_model_predict_proba(features, SOUND_MODEL_FEATURES, probabilities, SOUND_MODEL_CLASSES);
    classes_add(TASK_SOUND, probabilities);
}

bool words_add(const uint16_t *before, const uint16_t *hop)
{
    if (has_before) {
        add_frame(before, hop); /* first of all: the next samples go where `before` is */
    }
    bool has_frame = has_before;
    has_before = true;
    uint32_t threshold = (uint32_t)settings_get()->values[CONFIG_SOUND_THRESHOLD];
    word_event event = word_gate_add(&gate, hop_power(hop), threshold * threshold);
    if (event == WORD_HEARD) {
        recognise();
    }
    if (words_is_between()) {
        if (event == WORD_NONE && has_frame) {
            follow_background();
        }
        frame_ring_keep(&ring, WORD_BEFORE);
    }
    return event == WORD_HEARD;
}
