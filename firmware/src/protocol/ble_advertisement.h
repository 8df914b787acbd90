// BLE advertising packets for a radio of the nRF24 kind, which knows nothing of BLE.
//
// Source: Bluetooth Core, Vol 6 Part B: 2.3 (PDU), 3.1.1 (CRC), 3.2 (whitening), 1.3.2.1 (static address).
// The radio sends each byte with its high bit first, BLE the low bit first: so every byte is turned round. Its own CRC and
// acknowledgement are off and it always sends 32 bytes; a receiver stops at the length in the PDU.
#ifndef PROTOCOL_BLE_ADVERTISEMENT_H
#define PROTOCOL_BLE_ADVERTISEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BLE_ADDRESS_BYTES = 6,
    BLE_PAYLOAD_BYTES = 32,         // the radio's FIFO
    BLE_ADVERTISING_DATA_MAX = 21,  // 32 less header 2, address 6, CRC 3
    BLE_RADIO_ADDRESS_BYTES = 4,
    BLE_CHANNELS = 3,
};

typedef struct {
    uint8_t channel; // BLE channel index, seeds the whitening
    uint8_t rf_ch;   // the radio's RF_CH register: MHz above 2400
} ble_channel;

extern const ble_channel BLE_ADVERTISING_CHANNELS[BLE_CHANNELS];

// Access address 0x8E89BED6 with its bits reversed, in the order in which it is written to the address register.
extern const uint8_t BLE_RADIO_ADDRESS[BLE_RADIO_ADDRESS_BYTES];

// A static random address of the chip's unique ID, in the order on air (low byte first; people write it the other way).
void ble_static_address(uint8_t address[BLE_ADDRESS_BYTES], const uint8_t *unique_id, size_t bytes);

// The FIFO content that makes the radio send ADV_NONCONN_IND on a BLE channel (37, 38, 39).
// False, and nothing is written, if there are more than BLE_ADVERTISING_DATA_MAX bytes of data.
bool ble_payload(uint8_t payload[BLE_PAYLOAD_BYTES], uint8_t channel, const uint8_t address[BLE_ADDRESS_BYTES],
                 const uint8_t *data, size_t bytes);

#endif
