/* sound_forest: forest of 10 classes.
 * Trained on fsdd_8k: Zohar Jackson et al.: Free Spoken Digit Dataset (FSDD). Licence CC BY-SA 4.0.
 * https://github.com/Jakobovski/free-spoken-digit-dataset/tree/26eb9aaf76e81b692f806f9140c2d2777410d7a1/recordings
 * SHA-256 of the data: 25a42d9bc678799e32843d9af3307486406d2fac9817e6f93debf1ce7827229d
 * Tested on others than it was trained on: leave one speaker out (LeaveOneGroupOut, 6 speakers) of fsdd_8k's ten digits,
 * 500 clips of each speaker; front end and model in the chip's integers; a window is a frame of 256 samples at 8 kHz, an
 * answer is of a word.
 * There accuracy 0.6841, macro F1 0.6839, mean of seeds 0, 1, 2.
 * With its features 5168 bytes of flash, 29395 cycles a window, 34852 more an answer.
 * This one has seed 0 and all data. Made by: dollar train sound --model forest */
#pragma once

#include <stdint.h>

enum { sound_forest_FEATURES = 97, sound_forest_CLASSES = 10 };

extern const char *const sound_forest_class_names[sound_forest_CLASSES];

/* The class that is most likely, the first one of several; -1 for a wrong length. */
int sound_forest_predict(const int16_t *features, int features_length);

/* As above. `out` receives the probability of each class in 1/65535. */
int sound_forest_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
