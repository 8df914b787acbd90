#include "hal/i2c.h"

#include "hal/clock.h"
#include "hal/irq.h"

#define PCLK_MHZ (F_CPU / 1000000u)
#define THIRD_PERIOD 20u         /* PCLK cycles: SCL is high for one, low for two: 400 kHz */
#define RISE_CYCLES 8u           /* 300 ns, the most that the standard allows at 400 kHz, plus 1; 4.7 kohm and 70 pF take that */
#define TURNS 6000u              /* a byte takes 23 us; these turns are 2 ms and more */
#define CLOCKS_TO_FREE 9u        /* a slave that was interrupted may want to send the rest of a byte (UM10204, 3.1.16) */
#define HALF_CLOCK_US 5u
#define ERRORS (I2C_SR1_BERR | I2C_SR1_ARLO | I2C_SR1_AF)


static void take_line(struct gpio line)
{
    gpio_high(line); /* released, once it is an output */
    gpio_open_drain(line, true);
    gpio_mode(line, GPIO_MODE_OUTPUT);
    clock_delay_us(HALF_CLOCK_US);
}

/* Both lines as port pins: clock SCL until SDA is free, then a stop. */
static enum result free_bus(void)
{
    take_line(I2C_BUS.scl);
    take_line(I2C_BUS.sda);
    for (uint32_t i = 0; i < CLOCKS_TO_FREE && !gpio_read(I2C_BUS.sda); i++) {
        gpio_low(I2C_BUS.scl);
        clock_delay_us(HALF_CLOCK_US);
        gpio_high(I2C_BUS.scl);
        clock_delay_us(HALF_CLOCK_US);
    }
    gpio_low(I2C_BUS.sda); /* SDA rising while SCL is high is a stop */
    clock_delay_us(HALF_CLOCK_US);
    gpio_high(I2C_BUS.sda);
    clock_delay_us(HALF_CLOCK_US);
    return gpio_read(I2C_BUS.sda) && gpio_read(I2C_BUS.scl) ? RESULT_OK : RESULT_BUS_STUCK;
}

void i2c_set_slow(bool slow)
{
    I2C_CR1 = 0; /* the others may be written only while disabled */
    I2C_CR2 = slow ? PCLK_MHZ / 4u : PCLK_MHZ;
    I2C_CCR = I2C_CCR_FAST | (slow ? THIRD_PERIOD / 4u : THIRD_PERIOD);
    I2C_TRISE = slow ? RISE_CYCLES / 4u + 1u : RISE_CYCLES;
    I2C_CR1 = I2C_CR1_PE;
}

static enum result restart(void)
{
    enum result result = free_bus();
    RCC_APBRSTR1 |= RCC_APBRSTR1_I2C; /* else it may believe for ever that the bus is busy */
    RCC_APBRSTR1 &= ~RCC_APBRSTR1_I2C;
    i2c_set_slow(false); /* if it is, SCL is slower than it need be, until the next change of speed */
    gpio_function(I2C_BUS.scl, I2C_BUS.scl_function);
    gpio_function(I2C_BUS.sda, I2C_BUS.sda_function);
    return result;
}

enum result i2c_init(void)
{
    RCC_APBENR1 |= RCC_APBENR1_I2C;
    return restart();
}

static enum result wait_for(uint32_t flag)
{
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        uint32_t status = I2C_SR1;
        if (status & ERRORS) {
            return status & I2C_SR1_AF ? RESULT_NO_ANSWER : RESULT_BUS_ERROR;
        }
        if (status & flag) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

static enum result wait_until_free(void)
{
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        if (!(I2C_SR2 & I2C_SR2_BUSY)) {
            return RESULT_OK;
        }
    }
    return RESULT_BUS_STUCK;
}

/* Start (or repeated start) and address; the flag ADDR is left for the caller to clear by reading SR2. */
static enum result address_device(uint8_t address_and_direction)
{
    I2C_CR1 |= I2C_CR1_START;
    enum result result = wait_for(I2C_SR1_SB);
    if (result == RESULT_OK) {
        I2C_DR = address_and_direction;
        result = wait_for(I2C_SR1_ADDR);
    }
    return result;
}

static enum result send(uint8_t byte)
{
    enum result result = wait_for(I2C_SR1_TXE);
    if (result == RESULT_OK) {
        I2C_DR = byte;
    }
    return result;
}

static enum result send_register(uint8_t address, uint8_t reg)
{
    enum result result = wait_until_free();
    if (result == RESULT_OK) {
        result = address_device((uint8_t)(address << 1));
    }
    if (result == RESULT_OK) {
        (void)I2C_SR2;
        result = send(reg);
    }
    return result;
}

static enum result finish(enum result result)
{
    if (result == RESULT_OK) {
        return result;
    }
    enum result freed = restart();
    return freed == RESULT_OK ? result : freed;
}

enum result i2c_write(uint8_t address, uint8_t reg, const uint8_t *bytes, size_t count)
{
    enum result result = send_register(address, reg);
    for (size_t i = 0; i < count && result == RESULT_OK; i++) {
        result = send(bytes[i]);
    }
    if (result == RESULT_OK) {
        result = wait_for(I2C_SR1_BTF);
        I2C_CR1 |= I2C_CR1_STOP;
    }
    return finish(result);
}

/* The last bytes decide what is acknowledged, and the shift register runs one byte ahead of DR. So the peripheral is let
 * to stall with DR and shift register full (BTF), where ACK and STOP can be set in time whatever interrupts do.
 * Order of steps: ST AN2824, whose I2C cell this is. */
static enum result receive(uint8_t *bytes, size_t count)
{
    enum result result = RESULT_OK;
    size_t left = count;
    while (left > 3 && result == RESULT_OK) {
        result = wait_for(I2C_SR1_RXNE);
        *bytes++ = (uint8_t)I2C_DR;
        left--;
    }
    if (left == 3 && result == RESULT_OK) {
        result = wait_for(I2C_SR1_BTF); /* in DR the third last, in the shift register the second last */
        I2C_CR1 &= ~I2C_CR1_ACK;
        *bytes++ = (uint8_t)I2C_DR;
    }
    if (count >= 2 && result == RESULT_OK) {
        result = wait_for(I2C_SR1_BTF);
        I2C_CR1 |= I2C_CR1_STOP;
        *bytes++ = (uint8_t)I2C_DR;
    }
    if (result == RESULT_OK) {
        result = wait_for(I2C_SR1_RXNE);
        *bytes = (uint8_t)I2C_DR;
    }
    return result;
}

enum result i2c_read(uint8_t address, uint8_t reg, uint8_t *bytes, size_t count)
{
    if (count == 0) {
        return RESULT_BAD_ARGUMENT;
    }
    enum result result = send_register(address, reg);
    if (result == RESULT_OK) {
        result = wait_for(I2C_SR1_BTF);
    }
    if (result == RESULT_OK) {
        I2C_CR1 = (I2C_CR1 & ~I2C_CR1_POS) | I2C_CR1_ACK | (count == 2 ? I2C_CR1_POS : 0);
        result = address_device((uint8_t)(address << 1 | 1u));
    }
    if (result == RESULT_OK) {
        uint32_t state = irq_disable(); /* between ADDR cleared and STOP set less than a byte's time may pass */
        if (count == 1) {
            I2C_CR1 &= ~I2C_CR1_ACK;
        }
        (void)I2C_SR2; /* clears ADDR: the first byte comes in */
        if (count == 1) {
            I2C_CR1 |= I2C_CR1_STOP;
        } else if (count == 2) {
            I2C_CR1 &= ~I2C_CR1_ACK; /* with POS: of the second byte */
        }
        irq_restore(state);
        result = receive(bytes, count);
    }
    return finish(result); /* CR1 must not be written while a stop is under way: the next read sets ACK and POS anew */
}
