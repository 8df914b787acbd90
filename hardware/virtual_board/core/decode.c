/* From halfword to operation, once for all 65,536 halfwords. */

#include "instructions.h"
#include "machine.h"

struct encoding {
    uint16_t mask, value;
    uint8_t operation;
};

static const struct encoding ENCODINGS[] = {
#define ROW(name, mask, value, cycles) {mask, value, OP_##name},
    INSTRUCTIONS(ROW)
#undef ROW
};

static uint8_t decode(uint32_t halfword)
{
    for (size_t i = 0; i < sizeof ENCODINGS / sizeof *ENCODINGS; i++)
        if ((halfword & ENCODINGS[i].mask) == ENCODINGS[i].value)
            return ENCODINGS[i].operation;
    return OP_UNDEFINED;
}

void decode_fill(uint8_t operation[1 << 16])
{
    for (uint32_t halfword = 0; halfword < 1 << 16; halfword++)
        operation[halfword] = decode(halfword);
}
