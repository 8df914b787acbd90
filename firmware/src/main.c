/* Starts the chip, says who it is, and keeps the watchdog fed. */
#include "app/reset_cause.h"
#include "generated/pins.h"
#include "generated/version.h"
#include "hal/clock.h"
#include "hal/gpio.h"
#include "hal/irq.h"
#include "hal/iwdg.h"
#include "hal/uart.h"

#define WATCHDOG_MS 8000u
#define BLINK_MS 1000u
#define FLASH_MS 5u /* 6 uC a second of light */

static void start_pins(void)
{
    gpio_init();
    gpio_high(GPIO_OF(RF_CSN)); /* deselected before it is driven */
    gpio_mode(GPIO_OF(RF_CSN), GPIO_MODE_OUTPUT);
    gpio_low(GPIO_OF(MIC_PWR)); /* the microphone stays off */
    gpio_mode(GPIO_OF(MIC_PWR), GPIO_MODE_OUTPUT);
    gpio_mode(GPIO_OF(LED), GPIO_MODE_OUTPUT);
}

static void start_console(void)
{
    static const struct uart_config CONSOLE = {
        .tx = {.port = UART_TX_PORT, .bit = UART_TX_BIT},
        .rx = {.port = UART_RX_PORT, .bit = UART_RX_BIT},
        .tx_function = UART_TX_FUNCTION,
        .rx_function = UART_RX_FUNCTION,
        .baud = 115200,
    };
    uart_init(&CONSOLE);
}

static void say(const char *text)
{
    (void)uart_write(text); /* nobody may be listening */
}

int main(void)
{
    reset_cause_take();
    start_pins();
    enum result clock = clock_init();
    start_console();
    say("dollar-tinyml " FIRMWARE_VERSION " " FIRMWARE_HASH " reset=");
    say(reset_cause_name());
    say(clock == RESULT_OK ? "\r\n" : " clock=failed\r\n");
    if (iwdg_start(WATCHDOG_MS) != RESULT_OK) {
        say("watchdog=failed\r\n");
    }
    for (;;) {
        iwdg_feed();
        if (clock_ms() % BLINK_MS < FLASH_MS) {
            gpio_high(GPIO_OF(LED));
        } else {
            gpio_low(GPIO_OF(LED));
        }
        irq_wait(); /* the tick ends it */
    }
}
