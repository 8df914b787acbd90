#ifndef FLASH_H
#define FLASH_H

#include "peripheral.h"

struct flash {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral FLASH;
extern const struct peripheral FLASH_ARRAY; /* stores to the array itself; loads do not come here */

/* Read protection, boot option and brown-out level as loaded from the option bytes. */
bool flash_boots_from_system(const struct machine *machine); /* nBOOT1, looked at while BOOT0 is high */

#endif
