/* The tests of the factory image, with the grammar of app/selftest.h: each measures, the production station judges.
 *
 *   microphone-supply  charge_us        that MIC_PWR had to drive until what it feeds read high at the floating pin: in R4 and
 *                                       C11 it takes 1.5 ms. 0: it cannot be emptied; 20000: it stays low           0.1 s
 *   pull-ups           released_lsb     readings of the 1.2 V reference with the lines of I2C released, SCL held low and SDA
 *                      scl_low_lsb      held low. A line that is low takes a current through its pull-up, and the supply falls
 *                      sda_low_lsb      behind the resistance of its source: 4.3 mV of each volt at 20 ohm          0.1 s
 *   interrupt-pins     int1 int2        the line's level while the accelerometer raises only its pin INT1, and only INT2
 *                      int1_lsb         the reference meanwhile: a pin that works against the supply or ground lowers
 *                      int2_lsb         the supply                                                                 0.1 s
 *   debug-port         low high         SWCLK's level while SWDIO is low, and while it is high: the fixture joins them
 */
#pragma once

#include <stdint.h>

#include "hal/result.h"

#define FACTORY_VALUES_MAX 4

struct factory_test {
    const char *name;
    const char *keys; /* as protocol/console_reply.h wants them */
    enum result (*run)(int32_t *values);
};

extern const struct factory_test FACTORY_TESTS[]; /* an entry without name ends it */

enum result factory_microphone_supply(int32_t *values);
enum result factory_pull_ups(int32_t *values);
enum result factory_interrupt_pins(int32_t *values);
enum result factory_debug_port(int32_t *values);
