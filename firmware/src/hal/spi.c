/* Driven bit by bit, not by SPI1: in its one-line mode SPI1 clocks on as long as it receives, so that the number of bytes
 * read depends on when the core switches it off. The ports answer in one cycle; a packet of 32 bytes takes about 0.3 ms,
 * as little as the radio takes to send it, and there is nothing that could wait or fail. */
#include "hal/spi.h"


/* Port outputs are low after reset. */
void spi_init(void)
{
    spi_deselect(); /* the level first, then the direction */
    gpio_mode(SPI_BUS.select, GPIO_MODE_OUTPUT);
    gpio_mode(SPI_BUS.clock, GPIO_MODE_OUTPUT);
}

void spi_select(void)
{
    gpio_low(SPI_BUS.select);
}

void spi_deselect(void)
{
    gpio_high(SPI_BUS.select);
    gpio_low(SPI_BUS.data);
    gpio_mode(SPI_BUS.data, GPIO_MODE_OUTPUT); /* low while idle: an open input draws current */
}

static void shift_out(uint8_t byte, uint32_t then)
{
    gpio_mode(SPI_BUS.data, GPIO_MODE_OUTPUT);
    for (uint32_t mask = 0x80; mask; mask >>= 1) {
        if (byte & mask) {
            gpio_high(SPI_BUS.data);
        } else {
            gpio_low(SPI_BUS.data);
        }
        gpio_high(SPI_BUS.clock); /* the device takes the bit here */
        if (mask == 1) {
            gpio_mode(SPI_BUS.data, then);
        }
        gpio_low(SPI_BUS.clock);
    }
}

void spi_write(uint8_t byte)
{
    shift_out(byte, GPIO_MODE_OUTPUT);
}

void spi_write_for_answer(uint8_t byte)
{
    shift_out(byte, GPIO_MODE_INPUT);
}

uint8_t spi_read(void)
{
    uint32_t byte = 0;
    for (uint32_t bit = 0; bit < 8; bit++) {
        gpio_high(SPI_BUS.clock);
        byte = byte << 1 | gpio_read(SPI_BUS.data);
        gpio_low(SPI_BUS.clock);
    }
    return (uint8_t)byte;
}
