#include "hal/uart.h"

#include "hal/irq.h"

#define RING_BYTES 64u     /* a power of two; a command line is read while it arrives */
#define BYTE_TURNS 24000u  /* a byte takes 87 us at 115200 baud: these turns are 5 ms and more */
#define DAMAGED (USART_SR_ORE | USART_SR_NE | USART_SR_FE)

static volatile uint8_t ring[RING_BYTES];
static volatile uint8_t head, tail; /* head: written by the interrupt only; tail: by uart_get only */
static volatile uint32_t errors;

static uint32_t divider(uint32_t baud)
{
    return (F_CPU + baud / 2) / baud;
}

void uart_init(const struct uart_config *config)
{
    RCC_APBENR2 |= RCC_APBENR2_USART1;
    gpio_pull(config->rx, GPIO_PULL_UP); /* an open pad must read as an idle line */
    gpio_function(config->rx, config->rx_function);
    gpio_function(config->tx, config->tx_function);
    USART1_BRR = divider(config->baud);
    USART1_CR1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE;
    irq_enable_line(IRQ_USART1);
}

void uart_handler(void)
{
    uint32_t status = USART1_SR;
    uint8_t byte = (uint8_t)USART1_DR; /* reading SR, then DR clears the error flags too */
    if (status & DAMAGED) {
        errors++;
    }
    if (!(status & USART_SR_RXNE) || (status & (USART_SR_NE | USART_SR_FE))) {
        return; /* noise or a break: no byte */
    }
    uint8_t next = (head + 1u) % RING_BYTES;
    if (next == tail) {
        errors++;
        return;
    }
    ring[head] = byte;
    head = next;
}

bool uart_pending(void)
{
    return head != tail;
}

bool uart_get(uint8_t *byte)
{
    if (!uart_pending()) {
        return false;
    }
    *byte = ring[tail];
    tail = (tail + 1u) % RING_BYTES;
    return true;
}

static enum result wait_for(uint32_t flag)
{
    for (uint32_t turn = 0; turn < BYTE_TURNS; turn++) {
        if (USART1_SR & flag) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

enum result uart_put(uint8_t byte)
{
    enum result result = wait_for(USART_SR_TXE);
    if (result == RESULT_OK) {
        USART1_DR = byte;
    }
    return result;
}

enum result uart_write(const char *text)
{
    enum result result = RESULT_OK;
    while (*text && result == RESULT_OK) {
        result = uart_put((uint8_t)*text++);
    }
    return result;
}

enum result uart_flush(void)
{
    return wait_for(USART_SR_TC);
}

void uart_set_baud(uint32_t baud)
{
    (void)uart_flush(); /* bounded; a byte that is still leaving then is lost anyhow */
    USART1_CR1 &= ~USART_CR1_UE;
    USART1_BRR = divider(baud);
    USART1_CR1 |= USART_CR1_UE;
}

uint32_t uart_take_errors(void)
{
    uint32_t state = irq_disable();
    uint32_t taken = errors;
    errors = 0;
    irq_restore(state);
    return taken;
}
