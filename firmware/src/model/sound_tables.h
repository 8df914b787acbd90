// Tables of the sound front end; firmware/model/sound_tables.py writes the source and holds the formulas.
#ifndef MODEL_SOUND_TABLES_H
#define MODEL_SOUND_TABLES_H

#include <stdint.h>

enum { MEL_FIRST_BIN = 4 }; // the first one above 100 Hz

// cos(2 pi n / 256), n from 0 to half a turn: of the window, and of the turns of the transform. q14: 1 is 16384.
extern const int16_t cosine_q14[129];

// How a band's weight rises over the bins, from its lower edge to its middle, in 1/65536; it ends before 65536. A band
// falls as the next one rises.
typedef struct {
    uint16_t first;
    uint16_t step;
} mel_slope;

extern const mel_slope mel_slopes[13];

#endif
