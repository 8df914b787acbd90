#include "unique_id.h"

uint32_t unique_id_hash(uint32_t salt, const uint8_t *id, size_t bytes)
{
    uint32_t hash = 0x811C9DC5u ^ salt * 0x9E3779B9u;
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ id[i]) * 0x01000193u;
    }
    // the last bytes have met few multiplications
    hash = (hash ^ hash >> 16) * 0x85EBCA6Bu;
    hash = (hash ^ hash >> 13) * 0xC2B2AE35u;
    return hash ^ hash >> 16;
}
