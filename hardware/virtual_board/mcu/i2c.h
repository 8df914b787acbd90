#ifndef I2C_H
#define I2C_H

#include "peripheral.h"

enum i2c_phase {
    I2C_FREE,
    I2C_BEFORE_START, /* START is set, but the lines are not high */
    I2C_STARTING,
    I2C_STARTED,      /* SB: waits for the address in DR */
    I2C_ADDRESSING,
    I2C_ADDRESSED,    /* ADDR: waits for the reads of SR1 and SR2 */
    I2C_SENDING,
    I2C_RECEIVING,
    I2C_HELD,         /* SCL is held low: for a byte in DR, for room in it, or after a missing acknowledge */
    I2C_STOPPING
};

struct i2c {
    uint32_t cr1, cr2, oar1, ccr, trise, sr1, sr2;
    uint32_t seen;       /* SR1 as last read: what the access to SR2 or DR after it clears */
    uint32_t data;       /* DR */
    uint32_t shifted;    /* shift register */
    bool shift_full;     /* received, and DR was not free */
    bool acknowledged;   /* the last byte that was received */
    bool next_acknowledged; /* ACK as it was when the byte under way began: what counts while POS is set */
    enum i2c_phase phase;
    uint64_t ends;       /* when the phase is over; NEVER if software ends it */
    uint64_t stopped_at; /* since when STOP holds the clock; NEVER while it runs */
};

extern const struct peripheral I2C;

#endif
