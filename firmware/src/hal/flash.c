/* Runs from flash itself, as the routines of the vendor's HAL do: a fetch waits until the flash is ready again. */
#include "hal/flash.h"

#include <stddef.h>

#include "hal/irq.h"
#include "py32f003.h"

#define BUSY_TURNS 120000u /* erasing takes up to 4.5 ms (datasheet table 6-15); these turns are 20 ms and more */
#define WORD(address) (*(volatile uint32_t *)(address))

/* The configuration pages only: nothing else may be written by the firmware (linker script). */
extern const uint8_t __config_start[], __config_end[];

static enum result check_address(uint32_t address)
{
    uint32_t start = (uint32_t)__config_start, end = (uint32_t)__config_end;
    return address % FLASH_PAGE_BYTES == 0 && address >= start && address < end ? RESULT_OK : RESULT_BAD_ARGUMENT;
}

/* The factory measured this chip's times: five words for 24 MHz (vendor's HAL, FLASH_TIMMING_SEQUENCE). */
static void load_timing(void)
{
    const volatile uint32_t *factory = (const volatile uint32_t *)FACTORY_FLASH_TIMING_24MHZ;
    FLASH_TS0 = factory[0] & 0xFFu;
    FLASH_TS3 = factory[0] >> 8 & 0xFFu;
    FLASH_TS1 = factory[0] >> 16 & 0x1FFu;
    FLASH_TS2P = factory[1] & 0xFFu;
    FLASH_TPS3 = factory[1] >> 16 & 0x7FFu;
    FLASH_PERTPE = factory[2] & 0x1FFFFu;
    FLASH_SMERTPE = factory[3] & 0x1FFFFu;
    FLASH_PRGTPE = factory[4] & 0xFFFFu;
    FLASH_PRETPE = factory[4] >> 16 & 0x3FFFu;
}

static enum result wait_ready(void)
{
    for (uint32_t turn = 0; turn < BUSY_TURNS; turn++) {
        if (!(FLASH_SR & FLASH_SR_BSY)) {
            return RESULT_OK;
        }
    }
    return RESULT_TIMEOUT;
}

static enum result begin(uint32_t operation)
{
    enum result result = wait_ready();
    if (result != RESULT_OK) {
        return result;
    }
    if (FLASH_CR & FLASH_CR_LOCK) { /* a key at the wrong time would lock until the next reset */
        FLASH_KEYR = FLASH_KEY1;
        FLASH_KEYR = FLASH_KEY2;
    }
    load_timing();
    FLASH_SR = FLASH_SR_EOP | FLASH_SR_WRPERR; /* left by the operation before */
    FLASH_CR |= operation | FLASH_CR_EOPIE;
    return FLASH_CR & operation ? RESULT_OK : RESULT_PROTECTED;
}

static enum result end_operation(uint32_t operation)
{
    enum result result = wait_ready();
    if (result == RESULT_OK && FLASH_SR & FLASH_SR_WRPERR) {
        result = RESULT_PROTECTED;
    }
    FLASH_SR = FLASH_SR_EOP | FLASH_SR_WRPERR;
    FLASH_CR &= ~(operation | FLASH_CR_EOPIE);
    FLASH_CR |= FLASH_CR_LOCK;
    return result;
}

static enum result compare(uint32_t address, const uint32_t *words)
{
    for (size_t i = 0; i < FLASH_PAGE_WORDS; i++) {
        if (WORD(address + 4u * i) != (words ? words[i] : UINT32_MAX)) {
            return RESULT_MISMATCH;
        }
    }
    return RESULT_OK;
}

enum result flash_erase_page(uint32_t address)
{
    enum result result = check_address(address);
    if (result != RESULT_OK) {
        return result;
    }
    result = begin(FLASH_CR_PER);
    if (result == RESULT_OK) {
        WORD(address) = UINT32_MAX; /* any word written starts the erasure */
    }
    enum result closed = end_operation(FLASH_CR_PER);
    if (result == RESULT_OK) {
        result = closed;
    }
    return result == RESULT_OK ? compare(address, NULL) : result;
}

enum result flash_program_page(uint32_t address, const uint32_t words[FLASH_PAGE_WORDS])
{
    enum result result = check_address(address);
    if (result != RESULT_OK) {
        return result;
    }
    result = begin(FLASH_CR_PG);
    if (result == RESULT_OK) {
        uint32_t state = irq_disable(); /* the page buffer must be filled without a break; 32 words take some 10 us */
        for (size_t i = 0; i < FLASH_PAGE_WORDS - 1u; i++) {
            WORD(address + 4u * i) = words[i];
        }
        FLASH_CR |= FLASH_CR_PGSTRT; /* the word after this one starts */
        WORD(address + FLASH_PAGE_BYTES - 4u) = words[FLASH_PAGE_WORDS - 1u];
        irq_restore(state);
    }
    enum result closed = end_operation(FLASH_CR_PG);
    if (result == RESULT_OK) {
        result = closed;
    }
    return result == RESULT_OK ? compare(address, words) : result;
}
