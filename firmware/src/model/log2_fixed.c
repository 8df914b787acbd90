#include "log2_fixed.h"

uint32_t log2_fixed(uint32_t value, uint32_t fraction_bits)
{
    if (value == 0) {
        return 0;
    }
    uint32_t exponent = 31;
    while (value >> 24 == 0) {
        value <<= 8;
        exponent -= 8;
    }
    while (value >> 31 == 0) {
        value <<= 1;
        exponent--;
    }
    uint32_t fraction = value << 1 >> (32 - fraction_bits);
    return exponent << fraction_bits | fraction;
}
