/* Radio Ci24R1, of the nRF24 kind, on three-wire SPI: transmits packets of 32 bytes without acknowledgement.
 *
 * It forgets its registers below 2.1 V, so ci24r1_power_up writes all of them. No wait here is longer than 10 ms. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

#define CI24R1_PAYLOAD_BYTES 32
#define CI24R1_ADDRESS_BYTES 4
#define CI24R1_CRYSTAL_START_MS 2u /* 1.5 ms; ci24r1_send waits for what is left of it */

enum ci24r1_power { /* codes of RF_SETUP */
    CI24R1_MINUS_9_DBM = 0,
    CI24R1_MINUS_4_DBM = 1,
    CI24R1_MINUS_1_DBM = 2,
    CI24R1_3_DBM = 3,
    CI24R1_7_DBM = 4,
    CI24R1_9_DBM = 5,
    CI24R1_10_DBM = 6,
    CI24R1_11_DBM = 7,
};

struct ci24r1_config {
    const uint8_t *address; /* four bytes, low byte first */
    enum ci24r1_power power;
};

/* Writes a pattern and reads it back. RESULT_NO_ANSWER if the data line never moves: no radio, no supply, no select;
 * RESULT_MISMATCH if it answers wrongly. Powered up or down. */
enum result ci24r1_identify(void);

/* The bytes that ci24r1_identify read last, for a report. */
uint32_t ci24r1_answer(void);

/* Identifies, sets up, and starts the crystal. Sleep CI24R1_CRYSTAL_START_MS, then send. */
enum result ci24r1_power_up(const struct ci24r1_config *config);

/* At 2400 MHz + `rf_channel`; takes 1 ms. RESULT_TIMEOUT if the packet does not leave: then the crystal stands still. */
enum result ci24r1_send(uint8_t rf_channel, const uint8_t payload[CI24R1_PAYLOAD_BYTES]);

/* 2 uA, whatever was going on. Registers stay. */
void ci24r1_power_down(void);

/* From power-down: sends one packet of zeros at the lowest power, and tells how long the crystal took before it. Powers
 * down again. RESULT_TIMEOUT if nothing was sent within 10 ms. */
enum result ci24r1_crystal_start_us(const struct ci24r1_config *config, uint32_t *microseconds);
