/* I2C as the only master, with polled transfers that always end: at worst after 20 ms, as an error. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/gpio.h"
#include "hal/result.h"

struct i2c_config {
    struct gpio scl, sda;
    uint8_t scl_function, sda_function;
};

extern const struct i2c_config I2C_BUS; /* the application's */

/* 400 kHz. RESULT_BUS_STUCK if a line stays low although SCL was clocked to free it. */
enum result i2c_init(void);

/* 400 kHz after clock_slow, too; false after clock_fast. Between transfers. */
void i2c_set_slow(bool slow);

/* `address` has seven bits. After any error the bus is freed and the peripheral started anew. */
enum result i2c_write(uint8_t address, uint8_t reg, const uint8_t *bytes, size_t count);
enum result i2c_read(uint8_t address, uint8_t reg, uint8_t *bytes, size_t count);
