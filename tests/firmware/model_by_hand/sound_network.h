/* A model that a person can follow, for tests of what is around it: whether a word has its power in low or high bands. */
#pragma once

#include <stdint.h>

enum { sound_network_FEATURES = 97, sound_network_CLASSES = 2 };

extern const char *const sound_network_class_names[sound_network_CLASSES];

int sound_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
