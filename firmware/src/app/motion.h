/* Watches for motion with the accelerometer, counts it, and looks after the sensor: set up again if it lost its
 * registers, retried if it does not answer, asked at intervals if its interrupt line is dead. */
#pragma once

#include <stdint.h>

void motion_start(void);

/* The events' own. */
void motion_look_after(void);
void motion_watch_on(void);

/* Another user of accelerometer and interrupt line: between these two calls, which nest, motion leaves both alone. The
 * sensor is powered down at first and set up anew afterwards. */
void motion_suspend(void);
void motion_resume(void);

/* Call often: takes the interrupt line's edge. */
void motion_poll(void);

/* At most one a second. */
uint32_t motion_count(void);
