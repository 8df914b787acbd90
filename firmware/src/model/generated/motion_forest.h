/* motion_forest: forest of 5 classes.
 * Trained on spsw_har: Matey-Sanz, Casteleyn and Granell: Dataset of inertial measurements of smartphones and smartwatches
 * for human activity recognition. Data in Brief, 2023. doi 10.1016/j.dib.2023.109809, zenodo 8398688; gyroscope dropped.
 * Licence CC BY 4.0. https://github.com/GeoTecINIT/sp-sw-har-dataset/tree/1408d85a512a53861de7bc4729dee283fff2ea9d/DATA
 * SHA-256 of the data: a0da65abcc2804acda35c23a9f2e54103a0e164fe762a2fedb200e807cbf0ea6
 * Tested on others than it was trained on: 8 folds by subject (GroupKFold, 23 subjects) of spsw_har's watch; windows of 64
 * samples at 50 Hz, half overlapping, each labelled by most of its samples; context, where the model has it, reaches back
 * 64 samples more.
 * There accuracy 0.8241, macro F1 0.8128, mean of seeds 0, 1, 2.
 * With its features 3040 bytes of flash, 21303 cycles a window.
 * This one has seed 0 and all data. Made by: dollar train motion --model forest */
#pragma once

#include <stdint.h>

enum { motion_forest_FEATURES = 120, motion_forest_CLASSES = 5 };

extern const char *const motion_forest_class_names[motion_forest_CLASSES];

/* The class that is most likely, the first one of several; -1 for a wrong length. */
int motion_forest_predict(const int16_t *features, int features_length);

/* As above. `out` receives the probability of each class in 1/65535. */
int motion_forest_predict_proba(const int16_t *features, int features_length, uint16_t *out, int out_length);
