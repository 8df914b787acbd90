// The readings as BTHome v2 advertising data: https://bthome.io/format, understood by Home Assistant.
//
//   02 01 06        flags: general discoverable, no BR/EDR
//   nn 16 D2 FC 40  service data of UUID 0xFCD2: BTHome version 2, not encrypted, sent at intervals
//   00 nn           packet id: a receiver drops repetitions
//   01 nn           battery, %
//   09 nn           count: the class that a model recognised, one object for each model
//   0C nn nn        voltage, mV
//
// Object ids ascend, as the format asks. A class is a number: text (0x53) needs its length and 4 bytes at most would
// remain, too few for a name; raw (0x54) shows as hexadecimal. Several objects of one id are numbered by their order.
#ifndef PROTOCOL_BTHOME_H
#define PROTOCOL_BTHOME_H

#include <stddef.h>
#include <stdint.h>

enum {
    BTHOME_DATA_MAX = 21,
    BTHOME_CLASSES_MAX = 3,
};

typedef struct {
    uint8_t packet_id;
    uint8_t battery_percent;
    uint16_t supply_mv;
    uint8_t class_count; // models in the image; beyond BTHOME_CLASSES_MAX they are left out
    uint8_t classes[BTHOME_CLASSES_MAX];
} bthome_readings;

// Returns the bytes used.
size_t bthome_data(uint8_t data[BTHOME_DATA_MAX], const bthome_readings *readings);

#endif
