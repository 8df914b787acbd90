#ifndef USART_H
#define USART_H

#include "peripheral.h"

enum frame { FRAME_NONE, FRAME_IDLE, FRAME_DATA };

struct usart {
    uint32_t sr, brr, cr1, cr2, cr3;
    uint32_t seen;        /* SR as last read: what the access to DR after it clears */
    uint32_t received;    /* DR as read */
    uint32_t holding;     /* DR as written, while SR.TXE is clear */
    enum frame frame;     /* what the shift register sends */
    uint32_t shifted;     /* its data */
    uint32_t bit_ticks;   /* its bits' length */
    uint64_t frame_end;   /* NEVER while nothing is sent */
    uint64_t silent_from; /* when the receiver's line counts as idle; NEVER if nothing was received before */
    uint64_t stopped_at;  /* since when STOP holds the clock; NEVER while it runs */
};

extern const struct peripheral USART1;

/* The transmitter has the pin: idle high. */
bool usart_drives_tx(const struct machine *machine);

#endif
