/* sound_network: network of 10 classes.
 * Trained on fsdd_8k: Zohar Jackson et al.: Free Spoken Digit Dataset (FSDD). Licence CC BY-SA 4.0.
 * https://github.com/Jakobovski/free-spoken-digit-dataset/tree/26eb9aaf76e81b692f806f9140c2d2777410d7a1/recordings
 * SHA-256 of the data: 25a42d9bc678799e32843d9af3307486406d2fac9817e6f93debf1ce7827229d
 * Tested on others than it was trained on: leave one speaker out (LeaveOneGroupOut, 6 speakers) of fsdd_8k's ten digits,
 * 500 clips of each speaker; front end and model in the chip's integers; a window is a frame of 256 samples at 8 kHz, an
 * answer is of a word.
 * There accuracy 0.8882, macro F1 0.8852, mean of seeds 0, 1, 2.
 * With its features 5972 bytes of flash, 29395 cycles a window, 60434 more an answer.
 * This one has seed 0 and all data. Made by: dollar train sound --model network */
#pragma once

#include <stdint.h>

enum { sound_network_FEATURES = 97, sound_network_CLASSES = 10 };

extern const char *const sound_network_class_names[sound_network_CLASSES];

/* The likeliest class, from 0, the first one of several; -1 for a wrong length. */
int sound_network_predict(const int16_t *features, int features_length);

/* The same; `out` receives the probability of each class in 1/65535. */
int sound_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
