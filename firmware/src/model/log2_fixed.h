// Logarithm to base 2 without a table.
#ifndef MODEL_LOG2_FIXED_H
#define MODEL_LOG2_FIXED_H

#include <stdint.h>

// log2(value) * 2^fraction_bits, linear between powers of two (up to .086 too small) and rounded down; 0 for value 0.
uint32_t log2_fixed(uint32_t value, uint32_t fraction_bits);

#endif
