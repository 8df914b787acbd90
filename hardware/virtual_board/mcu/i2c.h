#ifndef I2C_H
#define I2C_H

#include "peripheral.h"

struct i2c {
    uint32_t reserved; /* stands for the registers until the model is there */
};

extern const struct peripheral I2C;

#endif
