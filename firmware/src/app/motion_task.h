/* What the accelerometer does all day: with a model of motion it recognises classes (motion_recognition.c), without one it
 * watches for motion (motion_watch.c). The build takes one of the two files. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

/* Sets the sensor to work, whatever it did before. */
enum result motion_task_start(void);

/* After an edge of the interrupt line, and at the latest after motion_task_wait_ms: takes what the sensor has.
 * RESULT_MISMATCH if the sensor does not do what it was set to. */
enum result motion_task_run(void);

uint32_t motion_task_edge_ms(void); /* from an edge to motion_task_run */
uint32_t motion_task_wait_ms(void);
