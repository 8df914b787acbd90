/* What the files of I2C share: registers in i2c.c, the bus in i2c_transfer.c. */
#ifndef I2C_INTERNAL_H
#define I2C_INTERNAL_H

#include "machine.h"

enum {
    SR1_SB = 1 << 0,
    SR1_ADDR = 1 << 1,
    SR1_BTF = 1 << 2,
    SR1_RXNE = 1 << 6,
    SR1_TXE = 1 << 7,
    SR1_BERR = 1 << 8,
    SR1_ARLO = 1 << 9,
    SR1_AF = 1 << 10
};
enum { SR2_MSL = 1 << 0, SR2_BUSY = 1 << 1, SR2_TRA = 1 << 2 };
enum {
    CR1_PE = 1 << 0,
    CR1_START = 1 << 8,
    CR1_STOP = 1 << 9,
    CR1_ACK = 1 << 10,
    CR1_POS = 1 << 11,
    CR1_SWRST = 1 << 15
};
enum { CCR_CCR = 0xFFF, CCR_DUTY = 1 << 14, CCR_FAST = 1 << 15 };

/* i2c_transfer.c */
bool i2c_lines_free(struct machine *machine);
void i2c_act_on_control(struct machine *machine); /* START or STOP may have been set */
void i2c_send_address(struct machine *machine, uint32_t byte);
void i2c_go_on_after_address(struct machine *machine);
void i2c_data_written(struct machine *machine, uint32_t byte);
uint32_t i2c_data_read(struct machine *machine);
void i2c_phase_over(struct machine *machine);

#endif
