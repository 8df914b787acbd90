#include "app/buses.h"

#include "app/console.h"
#include "drivers/ci24r1.h"
#include "generated/pins.h"
#include "hal/gpio.h"
#include "hal/i2c.h"
#include "hal/spi.h"
#include "hal/uart.h"

#define PIN(net) {.port = net##_PORT, .bit = net##_BIT} /* a constant, which GPIO_OF is not */

const struct spi_config SPI_BUS = {.select = PIN(RF_CSN), .clock = PIN(RF_SCK), .data = PIN(RF_DATA)};

const struct i2c_config I2C_BUS = {
    .scl = PIN(I2C_SCL),
    .sda = PIN(I2C_SDA),
    .scl_function = I2C_SCL_FUNCTION,
    .sda_function = I2C_SDA_FUNCTION,
};

static const struct uart_config CONSOLE = {
    .tx = PIN(UART_TX),
    .rx = PIN(UART_RX),
    .tx_function = UART_TX_FUNCTION,
    .rx_function = UART_RX_FUNCTION,
    .baud = CONSOLE_BAUD,
};

void buses_start(void)
{
    gpio_init();
    gpio_mode(GPIO_OF(MIC_PWR), GPIO_MODE_OUTPUT); /* low, as outputs are after reset: the microphone stays off */
    gpio_mode(GPIO_OF(LED), GPIO_MODE_OUTPUT);
    uart_init(&CONSOLE);
    spi_init();
    gpio_pull(GPIO_OF(RF_DATA), GPIO_PULL_DOWN); /* a radio that is not there answers zeros */
    ci24r1_power_down();                         /* a reset of the chip is none of the radio */
    (void)i2c_init(); /* a bus that is stuck is freed at each use, and reported when motion is started */
}
