// Whether somebody speaks, by the power of the sound: opens on what is louder than the noise, closes after a word.
#ifndef MODEL_WORD_GATE_H
#define MODEL_WORD_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "frame_ring.h"
#include "hann_window.h"

enum {
    WORD_BEFORE = 5, // frames kept from before the gate opened: quiet beginnings
    WORD_QUIET = 12, // frames, 0.19 s: the pauses within "six" and "eight" are shorter
    WORD_MOST = FRAME_RING_FRAMES - WORD_BEFORE, // frames from opening to closing; 99 % of FSDD's words have 40 and less
    WORD_LEAST = 4, // loud frames; less is a click
};

typedef enum {
    WORD_NONE,
    WORD_HEARD, // it has just ended
    WORD_NOISE, // a click, or a noise that goes on and is taken for the background from now on
} word_event;

typedef struct {
    uint32_t noise; // power of the background
    uint8_t frames; // since the gate opened; 0 while it is closed
    uint8_t loud;   // of these
    uint8_t quiet;  // the last ones
} word_gate;

// Mean square about the mean, in steps of the converter; less than 2^22.
uint32_t hop_power(const uint16_t samples[HOP_SAMPLES]);

// Forgets a word that has begun; the background stays. A gate of zeros is closed, with a background of no power.
void word_gate_close(word_gate *gate);

// Adds a hop of sound. It is loud if its power is at least `threshold`, and four times that of the background (6 dB).
word_event word_gate_add(word_gate *gate, uint32_t power, uint32_t threshold);

bool word_gate_is_open(const word_gate *gate);

#endif
