/* Pages of flash, erased and programmed. Only 24 MHz: the timing registers are loaded for it. */
#pragma once

#include <stdint.h>

#include "hal/result.h"

#define FLASH_PAGE_BYTES 128u
#define FLASH_PAGE_WORDS (FLASH_PAGE_BYTES / 4u)

/* Takes 3 to 4.5 ms. The page reads as 0xFF after it. */
enum result flash_erase_page(uint32_t address);

/* A whole page that is erased; takes 1 to 1.5 ms and compares what was written. */
enum result flash_program_page(uint32_t address, const uint32_t words[FLASH_PAGE_WORDS]);
