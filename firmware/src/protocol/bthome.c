#include "bthome.h"

enum {
    PACKET_ID = 0x00,
    BATTERY = 0x01,
    COUNT = 0x09,
    VOLTAGE = 0x0C,
};

enum { SERVICE_LENGTH_AT = 3 };

static const uint8_t START[] = {0x02, 0x01, 0x06, 0, 0x16, 0xD2, 0xFC, 0x40};

size_t bthome_data(uint8_t data[BTHOME_DATA_MAX], const bthome_readings *readings)
{
    size_t length = 0;
    while (length < sizeof START) {
        data[length] = START[length];
        length++;
    }
    data[length++] = PACKET_ID;
    data[length++] = readings->packet_id;
    data[length++] = BATTERY;
    data[length++] = readings->battery_percent;
    for (int i = 0; i < readings->class_count && i < BTHOME_CLASSES_MAX; i++) {
        data[length++] = COUNT;
        data[length++] = readings->classes[i];
    }
    data[length++] = VOLTAGE;
    data[length++] = (uint8_t)readings->supply_mv;
    data[length++] = (uint8_t)(readings->supply_mv >> 8);
    data[SERVICE_LENGTH_AT] = (uint8_t)(length - SERVICE_LENGTH_AT - 1);
    return length;
}
