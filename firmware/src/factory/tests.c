#include "factory/tests.h"

const struct factory_test FACTORY_TESTS[] = {
    {"microphone-supply", " charge_us", factory_microphone_supply},
    {"pull-ups", " released_lsb. scl_low_lsb. sda_low_lsb.", factory_pull_ups},
    {"interrupt-pins", " int1 int2 int1_lsb. int2_lsb.", factory_interrupt_pins},
    {"debug-port", " low high", factory_debug_port},
    {0},
};
