/* Three-wire SPI (select, clock, one data line for both directions), mode 0, most significant bit first. */
#pragma once

#include <stdint.h>

#include "hal/gpio.h"

struct spi_config {
    struct gpio select, clock, data;
};

extern const struct spi_config SPI_BUS; /* the application's: a constant, so that each port access is known when it is compiled */

void spi_init(void);

void spi_select(void);
void spi_deselect(void);

void spi_write(uint8_t byte);

/* The device answers from the last falling edge on: before it the data line becomes an input, until the next spi_write. */
void spi_write_for_answer(uint8_t byte);
uint8_t spi_read(void);
