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

/* Between the files of I2C ------------------------------------------------------------------------- */

enum {
    I2C_SR1_SB = 1 << 0,
    I2C_SR1_ADDR = 1 << 1,
    I2C_SR1_BTF = 1 << 2,
    I2C_SR1_RXNE = 1 << 6,
    I2C_SR1_TXE = 1 << 7,
    I2C_SR1_BERR = 1 << 8,
    I2C_SR1_ARLO = 1 << 9,
    I2C_SR1_AF = 1 << 10
};
enum { I2C_SR2_MSL = 1 << 0, I2C_SR2_BUSY = 1 << 1, I2C_SR2_TRA = 1 << 2 };
enum {
    I2C_CR1_PE = 1 << 0,
    I2C_CR1_START = 1 << 8,
    I2C_CR1_STOP = 1 << 9,
    I2C_CR1_ACK = 1 << 10,
    I2C_CR1_POS = 1 << 11,
    I2C_CR1_SWRST = 1 << 15
};
enum { I2C_CCR_CCR = 0xFFF, I2C_CCR_DUTY = 1 << 14, I2C_CCR_FAST = 1 << 15 };

/* i2c_transfer.c */
bool i2c_lines_free(struct machine *machine);
void i2c_act_on_control(struct machine *machine); /* START or STOP may have been set */
void i2c_send_address(struct machine *machine, uint32_t byte);
void i2c_go_on_after_address(struct machine *machine);
void i2c_data_written(struct machine *machine, uint32_t byte);
uint32_t i2c_data_read(struct machine *machine);
void i2c_phase_over(struct machine *machine);

#endif
