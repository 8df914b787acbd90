#include "ble_advertisement.h"

#include "crc.h"
#include "unique_id.h"

enum {
    CRC_BYTES = 3,
    ADV_NONCONN_IND = 0x02,
    TX_ADDRESS_IS_RANDOM = 0x40,
    STATIC_ADDRESS = 0xC0, // the two top bits
};

const ble_channel BLE_ADVERTISING_CHANNELS[BLE_CHANNELS] = {{37, 2}, {38, 26}, {39, 80}};

const uint8_t BLE_RADIO_ADDRESS[BLE_RADIO_ADDRESS_BYTES] = {0x71, 0x91, 0x7D, 0x6B};

void ble_static_address(uint8_t address[BLE_ADDRESS_BYTES], const uint8_t *unique_id, size_t bytes)
{
    uint32_t low = unique_id_hash(1, unique_id, bytes);
    uint32_t high = unique_id_hash(2, unique_id, bytes) & 0x3FFF;
    // the random part must be neither all zeros nor all ones
    if ((low == 0 && high == 0) || (low == 0xFFFFFFFFu && high == 0x3FFF)) {
        low = 1;
    }
    for (int i = 0; i < 4; i++) {
        address[i] = (uint8_t)(low >> 8 * i);
    }
    address[4] = (uint8_t)high;
    address[5] = (uint8_t)(high >> 8 | STATIC_ADDRESS);
}

// Whitening with x^7 + x^4 + 1, low bit of each byte first as BLE sends it; the result is turned round for the radio.
static void whiten_and_reverse(uint8_t *bytes, size_t count, uint8_t channel)
{
    uint32_t state = channel | 0x40u;
    for (size_t i = 0; i < count; i++) {
        uint32_t reversed = 0;
        for (int bit = 0; bit < 8; bit++) {
            reversed = reversed << 1 | ((bytes[i] >> bit ^ state) & 1);
            state = state & 1 ? state >> 1 ^ 0x44 : state >> 1;
        }
        bytes[i] = (uint8_t)reversed;
    }
}

bool ble_payload(uint8_t payload[BLE_PAYLOAD_BYTES], uint8_t channel, const uint8_t address[BLE_ADDRESS_BYTES],
                 const uint8_t *data, size_t bytes)
{
    if (bytes > BLE_ADVERTISING_DATA_MAX) {
        return false;
    }
    size_t length = 0;
    payload[length++] = ADV_NONCONN_IND | TX_ADDRESS_IS_RANDOM;
    payload[length++] = (uint8_t)(BLE_ADDRESS_BYTES + bytes);
    for (size_t i = 0; i < BLE_ADDRESS_BYTES; i++) {
        payload[length++] = address[i];
    }
    for (size_t i = 0; i < bytes; i++) {
        payload[length++] = data[i];
    }
    uint32_t crc = crc24_ble(payload, length);
    for (int i = 0; i < CRC_BYTES; i++) {
        payload[length++] = (uint8_t)(crc >> 8 * i);
    }
    while (length < BLE_PAYLOAD_BYTES) {
        payload[length++] = 0; // behind the packet; whitened too, so that the carrier keeps moving
    }
    whiten_and_reverse(payload, BLE_PAYLOAD_BYTES, channel);
    return true;
}
