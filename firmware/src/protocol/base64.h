// Base64 of RFC 4648 section 4, one group at a time, for data streams on the console.
#ifndef PROTOCOL_BASE64_H
#define PROTOCOL_BASE64_H

#include <stddef.h>
#include <stdint.h>

enum { BASE64_GROUP = 4 };

// Encodes the first three bytes, or the one or two that are left with padding. Returns how many it took.
size_t base64_group(char group[BASE64_GROUP], const uint8_t *data, size_t bytes);

#endif
