/* The console's serial port: received bytes wait in a ring, sent ones are written as the port takes them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/gpio.h"
#include "hal/result.h"

struct uart_config {
    struct gpio tx, rx;
    uint8_t tx_function, rx_function;
    uint32_t baud;
};

void uart_init(const struct uart_config *config);

/* After the last bit has left at the speed until now. */
void uart_set_baud(uint32_t baud);

/* False if nothing was received. */
bool uart_get(uint8_t *byte);

/* Whether uart_get has a byte. */
bool uart_pending(void);

enum result uart_put(uint8_t byte);
enum result uart_write(const char *text);

/* Waits until the last bit has left; call it before the clock stops. */
enum result uart_flush(void);

/* Bytes lost or damaged since the last call: full ring, overrun, framing or noise. */
uint32_t uart_take_errors(void);

void uart_handler(void);
