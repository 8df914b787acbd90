/* What the files of the USART share: registers in usart.c, the line in usart_frame.c. */
#ifndef USART_INTERNAL_H
#define USART_INTERNAL_H

#include "machine.h"

enum {
    SR_PE = 1 << 0,
    SR_FE = 1 << 1,
    SR_NE = 1 << 2,
    SR_ORE = 1 << 3,
    SR_IDLE = 1 << 4,
    SR_RXNE = 1 << 5,
    SR_TC = 1 << 6,
    SR_TXE = 1 << 7,
    SR_ABRRQ = 1 << 12
};
enum {
    CR1_RE = 1 << 2,
    CR1_TE = 1 << 3,
    CR1_IDLEIE = 1 << 4,
    CR1_RXNEIE = 1 << 5,
    CR1_TCIE = 1 << 6,
    CR1_TXEIE = 1 << 7,
    CR1_PEIE = 1 << 8,
    CR1_PS = 1 << 9,
    CR1_PCE = 1 << 10,
    CR1_M = 1 << 12,
    CR1_UE = 1 << 13
};
enum { CR2_STOP = 12, CR3_EIE = 1 << 0, CR3_OVER8 = 1 << 11 };

/* usart.c */
void usart_update(struct machine *machine); /* interrupt and next event, after any change */

/* usart_frame.c */
bool usart_enabled(const struct usart *usart, uint32_t direction); /* CR1_TE or CR1_RE */
void usart_begin_idle_frame(struct machine *machine); /* as a transmitter does that is switched on */
void usart_end_frame(struct machine *machine);
bool usart_data_written(struct machine *machine, uint32_t value); /* false if there is no baud rate */
uint32_t usart_data_read(struct usart *usart);

#endif
