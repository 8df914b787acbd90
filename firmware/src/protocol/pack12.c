#include "pack12.h"

void pack12(uint8_t bytes[PACK12_BYTES], uint16_t first, uint16_t second)
{
    bytes[0] = (uint8_t)(first >> 4);
    bytes[1] = (uint8_t)(first << 4 | (second >> 8 & 0xF));
    bytes[2] = (uint8_t)second;
}
