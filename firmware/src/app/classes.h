/* What each model in the image has recognised: on the console, and as the beacon's counts, motion before sound.
 *
 * Classes count from 1 in the order of the model's names; 0 is unknown: the model is not sure enough, or has not said
 * anything since the board started or its sensor failed. model/decision.h says how an answer comes about. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "generated/models.h"
#include "model/decision.h"

enum task { /* those with a model */
#if MOTION_MODEL
    TASK_MOTION,
#endif
#if SOUND_MODEL
    TASK_SOUND,
#endif
    TASKS,
};

/* One window's probabilities, as many as the model has classes. A new answer is in a beacon at once, but not more often
 * than every 2 s. */
void classes_add(enum task task, const uint16_t *probabilities);

/* Samples were lost: windows are in a row no longer. The answer stays. */
void classes_gap(enum task task);

/* The sensor does not work: unknown. */
void classes_forget(enum task task);

/* The number that the beacon carries. */
uint8_t classes_answer(enum task task);

/* The commands `class` and `watch`. */
bool classes_tell(void);
bool classes_watch(void);
