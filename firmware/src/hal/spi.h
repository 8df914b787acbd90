/* Three-wire SPI (select, clock, one data line for both directions), mode 0, most significant bit first. */
#pragma once

#include <stdint.h>

#include "hal/gpio.h"

struct spi_config {
    struct gpio select, clock, data;
};

void spi_init(const struct spi_config *config); /* `config` must stay */

void spi_select(void);
void spi_deselect(void);

/* A device answers on the data line: after spi_read the line is an input until the next spi_write. */
void spi_write(uint8_t byte);
uint8_t spi_read(void);
