#ifndef FLASH_H
#define FLASH_H

#include "peripheral.h"

enum { FLASH_PAGE_BYTES = 128, FLASH_PAGE_WORDS = 32, FLASH_SECTOR_BYTES = 4096 };

/* Registers of the same kind, in the order of their addresses. */
enum flash_timing { TS0, TS1, TS2P, TPS3, TS3, PERTPE, SMERTPE, PRGTPE, PRETPE, FLASH_TIMINGS };
enum flash_option { OPTR, SDKR, WRPR, FLASH_OPTIONS };

enum flash_key { KEY_NONE, KEY_FIRST, KEY_FAILED };

enum flash_operation { FLASH_IDLE, FLASH_ERASING, FLASH_PROGRAMMING, FLASH_WRITING_OPTIONS };

struct flash {
    uint32_t acr, sr, cr, stcr;
    uint32_t timing[FLASH_TIMINGS];
    uint32_t option[FLASH_OPTIONS];  /* registers, without the complements in the upper halves */
    uint32_t loaded[FLASH_OPTIONS];  /* in effect: as at the last load */
    bool options_loaded;             /* false from power on, or OBL_LAUNCH, to the end of the reset */
    uint32_t key, option_key;        /* enum flash_key */
    uint32_t page_words[FLASH_PAGE_WORDS], page_filled, page; /* the page buffer, words in it, offset of its page */
    uint32_t operation;              /* enum flash_operation */
    uint32_t first, bytes;           /* what is erased or programmed: offset in the array */
    uint64_t begun, ends;
    uint64_t stopped_at;             /* since when STOP has had HSI off; NEVER else */
};

extern const struct peripheral FLASH;
extern const struct peripheral FLASH_ARRAY; /* stores to the array itself; loads do not come here */

/* Read protection, boot option and brown-out level as loaded from the option bytes. */
bool flash_boots_from_system(const struct machine *machine); /* nBOOT1, looked at while BOOT0 is high */
uint32_t flash_options(const struct machine *machine);       /* OPTR: RDP in [7:0], USER in [15:8] */

#endif
