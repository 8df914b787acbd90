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

/* Between the files of the flash ------------------------------------------------------------------- */

#define FLASH_SR_EOP (1u << 0)
#define FLASH_SR_WRPERR (1u << 4)
#define FLASH_SR_OPTVERR (1u << 15)
#define FLASH_CR_PG (1u << 0)
#define FLASH_CR_PER (1u << 1)
#define FLASH_CR_MER (1u << 2)
#define FLASH_CR_SER (1u << 11)
#define FLASH_CR_OPTSTRT (1u << 17)
#define FLASH_CR_PGSTRT (1u << 19)
#define FLASH_CR_EOPIE (1u << 24)
#define FLASH_CR_ERRIE (1u << 25)
#define FLASH_CR_OBL_LAUNCH (1u << 27)
#define FLASH_CR_OPTLOCK (1u << 30)
#define FLASH_CR_LOCK (1u << 31)
#define FLASH_CR_OPERATIONS (FLASH_CR_PG | FLASH_CR_PER | FLASH_CR_MER | FLASH_CR_SER | FLASH_CR_OPTSTRT)

/* flash.c */
void flash_update_interrupt(struct machine *machine);

/* flash_operation.c */
void flash_refuse(struct machine *machine); /* what broke the sequence: WRPERR, and the page buffer is dropped */
void flash_start(struct machine *machine, enum flash_operation operation, uint32_t first, uint32_t bytes, uint32_t cycles);
void flash_event(struct machine *machine, unsigned slot);
void flash_sleep(struct machine *machine, unsigned slot, bool asleep, bool deep);
uint32_t flash_erase_cycles(const struct flash *flash, enum flash_timing of_unit);
uint32_t flash_program_cycles(const struct flash *flash);
/* Power or reset broke off what was under way: bits in between, by chance from this seed. */
void flash_break_off(struct machine *machine, uint64_t seed);

/* flash_options.c */
void flash_load_options(struct machine *machine);
void flash_option_image(const struct flash *flash, uint8_t image[16]);
void flash_start_options(struct machine *machine);

#endif
