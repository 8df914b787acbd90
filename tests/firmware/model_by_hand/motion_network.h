/* A model that a person can follow, for tests of what is around it. Each axis' share is its mean: 1 g is certain. */
#pragma once

#include <stdint.h>

enum { motion_network_FEATURES = 56, motion_network_CLASSES = 3 };

extern const char *const motion_network_class_names[motion_network_CLASSES];

int motion_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
