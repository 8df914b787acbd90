#include "base64.h"

static char character(uint32_t six_bits)
{
    if (six_bits < 26) {
        return (char)('A' + six_bits);
    }
    if (six_bits < 52) {
        return (char)('a' + six_bits - 26);
    }
    if (six_bits < 62) {
        return (char)('0' + six_bits - 52);
    }
    return six_bits == 62 ? '+' : '/';
}

size_t base64_group(char group[BASE64_GROUP], const uint8_t *data, size_t bytes)
{
    size_t taken = bytes < 3 ? bytes : 3;
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; i++) {
        bits = bits << 8 | (i < taken ? data[i] : 0u);
    }
    for (size_t i = 0; i < BASE64_GROUP; i++) {
        group[i] = i <= taken ? character(bits >> (18 - 6 * i) & 0x3F) : '=';
    }
    return taken;
}
