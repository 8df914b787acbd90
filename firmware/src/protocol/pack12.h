// Samples of 12 bits without a gap, for the console: two in three bytes, high bits first, so that each sample is two
// characters of base64.
#ifndef PROTOCOL_PACK12_H
#define PROTOCOL_PACK12_H

#include <stdint.h>

enum { PACK12_BYTES = 3 };

void pack12(uint8_t bytes[PACK12_BYTES], uint16_t first, uint16_t second);

#endif
