#ifndef USART_H
#define USART_H

#include "peripheral.h"

struct usart {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral USART1;

#endif
