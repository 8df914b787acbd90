/* Watches for motion with the accelerometer, counts it, and looks after the sensor: set up again if it lost its
 * registers, retried if it does not answer. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

void motion_start(void);

/* Another user of accelerometer and interrupt line: between these two calls nobody else touches them. */
void motion_suspend(void);
void motion_resume(void);

/* Call often: takes the interrupt line's edge. */
void motion_poll(void);

uint32_t motion_count(void);
