/* Finds words in sound and has the model recognise them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What comes next does not continue what came before. What is known of the background stays. */
void words_restart(void);

/* The next hop of sound, and the one before it. True if it ended a word, which is in app/classes now. Takes 1.5 ms; with a
 * word as long as the model takes. */
bool words_add(const uint16_t *before, const uint16_t *hop);

/* No word has begun. */
bool words_is_between(void);
