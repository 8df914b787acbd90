/* Listens for words: always, or for a while in each period, or never, as the settings say.
 *
 * The microphone is on only meanwhile. Sound is worked on in hops of 16 ms, between which the core sleeps: STOP would stop
 * the converter. A hop that is louder than sound_threshold and than the background opens the gate; when the word has ended,
 * the model gets its map, and app/classes what the model says. After 5 s the answer is unknown again: a word does not last.
 *
 * Beacons go out between two words: listening pauses for them, some 0.25 s with the time that the microphone settles. */
#pragma once

#include <stdbool.h>

#include "generated/models.h"

#if SOUND_MODEL

/* Begins, if the settings say so. */
void listen_begin(void);

/* Begins anew, with the new settings. */
void listen_settings_changed(void);

/* The events' own. */
void listen_next(void);
void listen_forget_word(void);

/* Call often: works on the last hop. True if nothing else should begin before the next one, which it might miss. */
bool listen_poll(void);

/* Another user of microphone or converter: between these two calls, which nest, nobody listens. */
void listen_suspend(void);
void listen_resume(void);

/* The radio is to send. False if the microphone is still on: a word is being heard, and the beacon comes behind it. */
bool listen_give_way(void);

#else

#include "drivers/microphone.h"

static inline void listen_begin(void) {}
static inline void listen_settings_changed(void) {}
static inline bool listen_poll(void) { return false; }
static inline void listen_suspend(void) {}
static inline void listen_resume(void) {}
static inline bool listen_give_way(void) { return !microphone_is_on(); }

#endif
