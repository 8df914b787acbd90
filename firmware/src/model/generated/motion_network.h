/* motion_network: network of 5 classes.
 * Trained on spsw_har: Matey-Sanz, Casteleyn and Granell: Dataset of inertial measurements of smartphones and smartwatches
 * for human activity recognition. Data in Brief, 2023. doi 10.1016/j.dib.2023.109809, zenodo 8398688; gyroscope dropped.
 * Licence CC BY 4.0. https://github.com/GeoTecINIT/sp-sw-har-dataset/tree/1408d85a512a53861de7bc4729dee283fff2ea9d/DATA
 * SHA-256 of the data: a0da65abcc2804acda35c23a9f2e54103a0e164fe762a2fedb200e807cbf0ea6
 * Tested on others than it was trained on: 8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; windows of 64
 * samples at 50 Hz, half overlapping, each labelled by most of its samples; context, where the model has it, reaches back
 * 64 samples more.
 * There accuracy 0.8741, macro F1 0.8622, mean of seeds 0, 1, 2.
 * With its features 2492 bytes of flash, 29808 cycles a window.
 * This one has seed 0 and all data. Made by: dollar train motion --model network */
#pragma once

#include <stdint.h>

enum { motion_network_FEATURES = 120, motion_network_CLASSES = 5 };

extern const char *const motion_network_class_names[motion_network_CLASSES];

/* The likeliest class, from 0, the first one of several; -1 for a wrong length. */
int motion_network_predict(const int16_t *features, int features_length);

/* The same; `out` receives the probability of each class in 1/65535. */
int motion_network_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
