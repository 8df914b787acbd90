/* Sources: example driver Ci24R1_Wireless of IOsetting/py32f0-template (commands, RF_SETUP codes); nRF24L01+ product
 * specification 1.0, sections 6.1.7 and 9 (registers and times), whose model the Ci24R1 follows: unverified for this
 * part. A transmission is started by the command CE_ON, for there is no CE pin, and acts when CSN rises. */
#include "drivers/ci24r1.h"

#include <stddef.h>

#include "hal/clock.h"
#include "hal/spi.h"

enum {
    CONFIG = 0x00,
    CONFIG_OFF = 0x00, /* no CRC of its own: the payload brings that of BLE */
    CONFIG_POWER_UP = 0x02,
    EN_AA = 0x01, /* bits 7:6 choose what register 0x0F is: 0 */
    EN_RXADDR = 0x02,
    SETUP_AW = 0x03,
    SETUP_AW_4_BYTES = 2,
    SETUP_RETR = 0x04,
    RF_CH = 0x05,
    RF_SETUP = 0x06, /* bits 5 and 3: rate, 0 for 1 Mbit/s; bits 2:0: power */
    STATUS = 0x07,
    STATUS_TX_DS = 0x20,
    STATUS_FLAGS = 0x70, /* cleared by writing ones */
    RX_ADDR_P0 = 0x0A, /* of no use here, so that patterns can be written to it */
    TX_ADDR = 0x10,
    DYNPD = 0x1C,
    FEATURE = 0x1D,

    WRITE = 0x20, /* added to a register's address */
    W_TX_PAYLOAD = 0xA0,
    FLUSH_TX = 0xE1,
    CE_ON = 0x70,
    CE_OFF = 0x71,
};

#define SETTLING_US 130u
#define PACKET_US ((1u + CI24R1_ADDRESS_BYTES + CI24R1_PAYLOAD_BYTES) * 8u) /* with the preamble's byte, at 1 Mbit/s */
#define POLL_US 20u
#define POLLS 250u /* with the bus 40 us each; the crystal takes 1.5 ms if it starts at all */

static const uint8_t PATTERN[] = {0x0F, 0x96, 0xC3, 0x5A}; /* bits that change slowly and fast */
#define PATTERN_READ 0x5AC3960Fu

static uint32_t answer;

static void command(uint8_t byte)
{
    spi_select();
    spi_write(byte);
    spi_deselect();
}

static void write_bytes(uint8_t command_byte, const uint8_t *bytes, size_t count)
{
    spi_select();
    spi_write(command_byte);
    for (size_t i = 0; i < count; i++) {
        spi_write(bytes[i]);
    }
    spi_deselect();
}

static void write_register(uint8_t reg, uint8_t value)
{
    write_bytes(WRITE | reg, &value, 1);
}

static uint32_t read_register(uint8_t reg, uint32_t bytes)
{
    spi_select();
    spi_write_for_answer(reg);
    uint32_t value = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        value |= (uint32_t)spi_read() << 8u * i;
    }
    spi_deselect();
    return value;
}

enum result ci24r1_identify(void)
{
    write_bytes(WRITE | RX_ADDR_P0, PATTERN, sizeof PATTERN);
    answer = read_register(RX_ADDR_P0, sizeof PATTERN);
    if (answer == 0 || answer == UINT32_MAX) {
        return RESULT_NO_ANSWER;
    }
    return answer == PATTERN_READ ? RESULT_OK : RESULT_MISMATCH;
}

uint32_t ci24r1_answer(void)
{
    return answer;
}

static void set_up(const struct ci24r1_config *config)
{
    static const uint8_t ZERO[] = {CONFIG, EN_AA, EN_RXADDR, SETUP_RETR, DYNPD, FEATURE};
    command(CE_OFF);
    for (size_t i = 0; i < sizeof ZERO; i++) {
        write_register(ZERO[i], 0);
    }
    write_register(SETUP_AW, SETUP_AW_4_BYTES);
    write_register(RF_SETUP, (uint8_t)config->power);
    write_bytes(WRITE | TX_ADDR, config->address, CI24R1_ADDRESS_BYTES);
    command(FLUSH_TX);
}

enum result ci24r1_power_up(const struct ci24r1_config *config)
{
    enum result result = ci24r1_identify();
    if (result == RESULT_OK) {
        set_up(config);
        write_register(CONFIG, CONFIG_POWER_UP);
    }
    return result;
}

/* From CE_ON on; `least_us` passes before the bus is used again, for its edges are close to the carrier's supply. */
static enum result wait_until_sent(uint32_t least_us)
{
    clock_delay_us(least_us);
    for (uint32_t poll = 0; poll < POLLS; poll++) {
        if (read_register(STATUS, 1) & STATUS_TX_DS) {
            return RESULT_OK;
        }
        clock_delay_us(POLL_US);
    }
    return RESULT_TIMEOUT;
}

static void start_packet(const uint8_t payload[CI24R1_PAYLOAD_BYTES])
{
    write_register(STATUS, STATUS_FLAGS);
    write_bytes(W_TX_PAYLOAD, payload, CI24R1_PAYLOAD_BYTES);
    command(CE_ON);
}

enum result ci24r1_send(uint8_t rf_channel, const uint8_t payload[CI24R1_PAYLOAD_BYTES])
{
    write_register(RF_CH, rf_channel);
    start_packet(payload);
    enum result result = wait_until_sent(SETTLING_US + PACKET_US);
    command(CE_OFF);
    if (result != RESULT_OK) {
        command(FLUSH_TX);
    }
    return result;
}

void ci24r1_power_down(void)
{
    command(CE_OFF);
    write_register(CONFIG, CONFIG_OFF);
}

enum result ci24r1_crystal_start_us(const struct ci24r1_config *config, uint32_t *microseconds)
{
    static const uint8_t ZEROS[CI24R1_PAYLOAD_BYTES];
    enum result result = ci24r1_identify();
    if (result != RESULT_OK) {
        return result;
    }
    set_up(config);
    write_register(RF_SETUP, CI24R1_MINUS_9_DBM);
    start_packet(ZEROS);
    uint32_t start = clock_cycles();
    write_register(CONFIG, CONFIG_POWER_UP);
    result = wait_until_sent(0);
    uint32_t taken_us = (clock_cycles() - start) / CLOCK_CYCLES_PER_US;
    ci24r1_power_down();
    command(FLUSH_TX);
    *microseconds = result == RESULT_OK && taken_us > SETTLING_US + PACKET_US ? taken_us - SETTLING_US - PACKET_US : 0;
    return result;
}
