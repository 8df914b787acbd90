/* From what a model says of each window to the answer that is told: a class, or unknown. For motion and sound alike.
 *
 * A window is unknown if its likeliest class of those wanted is less likely than `share_percent`, or than all classes
 * together that are not wanted. The answer changes to what as many windows in a row say as that class needs: one window
 * that is wrong changes nothing. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    DECISION_UNKNOWN = 0, /* classes count from 1 here, and in the beacon */
    DECISION_CERTAIN = 65535,
    DECISION_OWN_BITS = 3,
    DECISION_OWN_CLASSES = 10, /* that may have their own number of windows */
};

struct decision_rules {
    uint32_t share_percent;
    uint32_t windows;     /* in a row; for unknown, and for each class without a number of its own */
    uint32_t classes;     /* bit n - 1: class n is wanted. Classes beyond 31 always are */
    uint32_t own_windows; /* three bits a class, the lowest are those of class 1: 1 to 7, or 0 if it has no number of its own */
};

struct decision {
    uint16_t windows;  /* since the start, or decision_gap: the number of the last one */
    uint16_t share;    /* of the likeliest, in 1/65535 */
    uint8_t likeliest; /* of the last window, wanted or not: what the model says */
    uint8_t answer;
    uint8_t candidate; /* for the next answer */
    uint8_t in_row;
};

/* One window's probabilities, in 1/65535, of so many classes. True if the answer has changed. */
bool decision_add(struct decision *decision, const struct decision_rules *rules, const uint16_t *probabilities, uint32_t classes);

/* Windows are missing: the next one is the first in a row, and number 1. The answer stays. */
void decision_gap(struct decision *decision);

/* As at the start: unknown. */
void decision_forget(struct decision *decision);
