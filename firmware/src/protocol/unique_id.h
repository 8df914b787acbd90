// Numbers that differ from board to board, derived from the chip's unique ID.
#ifndef PROTOCOL_UNIQUE_ID_H
#define PROTOCOL_UNIQUE_ID_H

#include <stddef.h>
#include <stdint.h>

// A 32 bit hash of the ID. Different salts give unrelated numbers of the same ID. Neighbours on a wafer differ in few
// bits only, so every bit of the ID has to reach every bit of the result: FNV-1a, then the finaliser of MurmurHash3.
uint32_t unique_id_hash(uint32_t salt, const uint8_t *id, size_t bytes);

#endif
