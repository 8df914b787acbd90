/* Looks after the accelerometer for the motion task: set up again if it lost its registers, retried if it does not answer,
 * asked at intervals if its interrupt line is dead. */
#pragma once

void motion_start(void);

/* The event's own. */
void motion_look_after(void);

/* Another user of accelerometer and interrupt line: between these two calls, which nest, motion leaves both alone. The
 * sensor is powered down at first and set up anew afterwards. */
void motion_suspend(void);
void motion_resume(void);

/* Call often: takes the interrupt line's edge. */
void motion_poll(void);
