/* What the files of the flash share: registers in flash.c, operations in flash_operation.c, option bytes in flash_options.c. */
#ifndef FLASH_INTERNAL_H
#define FLASH_INTERNAL_H

#include "machine.h"

#define SR_EOP (1u << 0)
#define SR_WRPERR (1u << 4)
#define SR_OPTVERR (1u << 15)
#define CR_PG (1u << 0)
#define CR_PER (1u << 1)
#define CR_MER (1u << 2)
#define CR_SER (1u << 11)
#define CR_OPTSTRT (1u << 17)
#define CR_PGSTRT (1u << 19)
#define CR_EOPIE (1u << 24)
#define CR_ERRIE (1u << 25)
#define CR_OBL_LAUNCH (1u << 27)
#define CR_OPTLOCK (1u << 30)
#define CR_LOCK (1u << 31)
#define CR_OPERATIONS (CR_PG | CR_PER | CR_MER | CR_SER | CR_OPTSTRT)

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
