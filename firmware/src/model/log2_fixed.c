#include "log2_fixed.h"

uint32_t log2_fixed(uint32_t value, uint32_t fraction_bits)
{
    if (value == 0) {
        return 0;
    }
    uint32_t exponent = 31;
    for (uint32_t step = 16; step; step >>= 1) {
        if (value >> (32 - step) == 0) {
            value <<= step;
            exponent -= step;
        }
    }
    uint32_t fraction = value << 1 >> (32 - fraction_bits);
    return exponent << fraction_bits | fraction;
}
