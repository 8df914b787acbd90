// Checksums of console lines, configuration pages and BLE packets.
#ifndef PROTOCOL_CRC_H
#define PROTOCOL_CRC_H

#include <stddef.h>
#include <stdint.h>

enum { CRC16_START = 0xFFFF };

// CRC-16/IBM-3740 (polynomial 0x1021, not reflected), continued from `crc`; begin with CRC16_START.
// 16 bits are four characters at the end of a line and find every error of up to 3 bits in up to 4 kB; the host has the
// same one in its standard library: Python binascii.crc_hqx(data, 0xFFFF).
uint16_t crc16(uint16_t crc, const uint8_t *data, size_t bytes);

// CRC-24/BLE of an advertising PDU: Bluetooth Core, Vol 6 Part B 3.1.1, start value 0x555555.
// Reflected: the low byte goes on air first, each byte with its low bit first.
uint32_t crc24_ble(const uint8_t *pdu, size_t bytes);

#endif
