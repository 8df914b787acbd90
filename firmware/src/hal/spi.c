/* Driven bit by bit, not by SPI1: in its one-line mode SPI1 clocks on as long as it receives, so that the number of bytes
 * read depends on when the core switches it off. The ports answer in one cycle; a packet of 32 bytes takes about 0.3 ms,
 * as little as the radio takes to send it, and there is nothing that could wait or fail. */
#include "hal/spi.h"

static const struct spi_config *bus;

void spi_init(const struct spi_config *config)
{
    bus = config;
    spi_deselect(); /* the level first, then the direction */
    gpio_low(bus->clock);
    gpio_mode(bus->select, GPIO_MODE_OUTPUT);
    gpio_mode(bus->clock, GPIO_MODE_OUTPUT);
    gpio_low(bus->data);
    gpio_mode(bus->data, GPIO_MODE_OUTPUT); /* low while idle: an open input draws current */
}

void spi_select(void)
{
    gpio_low(bus->select);
}

void spi_deselect(void)
{
    gpio_high(bus->select);
    gpio_low(bus->data);
    gpio_mode(bus->data, GPIO_MODE_OUTPUT);
}

void spi_write(uint8_t byte)
{
    gpio_mode(bus->data, GPIO_MODE_OUTPUT);
    for (uint32_t mask = 0x80; mask; mask >>= 1) {
        if (byte & mask) {
            gpio_high(bus->data);
        } else {
            gpio_low(bus->data);
        }
        gpio_high(bus->clock); /* the device takes the bit here */
        gpio_low(bus->clock);
    }
}

uint8_t spi_read(void)
{
    uint32_t byte = 0;
    gpio_mode(bus->data, GPIO_MODE_INPUT); /* after the falling edge at which the device begins to answer */
    for (uint32_t bit = 0; bit < 8; bit++) {
        gpio_high(bus->clock);
        byte = byte << 1 | gpio_read(bus->data);
        gpio_low(bus->clock);
    }
    return (uint8_t)byte;
}
