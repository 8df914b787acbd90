#include "app/settings.h"

#include "app/faults.h"
#include "hal/flash.h"
#include "protocol/config_page.h"

_Static_assert(CONFIG_PAGE_BYTES == FLASH_PAGE_BYTES, "a configuration fills one page of flash");

extern const uint8_t __config_start[]; /* linker script */

static config settings;
static bool defaults;

/* As on a board whose settings were never saved. */
static bool pages_are_erased(void)
{
    uint32_t at = 0;
    while (at < CONFIG_PAGES * CONFIG_PAGE_BYTES && __config_start[at] == 0xFF) {
        at++;
    }
    return at == CONFIG_PAGES * CONFIG_PAGE_BYTES;
}

void settings_init(void)
{
    defaults = !config_load(&settings, __config_start);
    faults_set(FAULT_SETTINGS, defaults && !pages_are_erased() ? RESULT_MISMATCH : RESULT_OK);
}

const config *settings_get(void)
{
    return &settings;
}

bool settings_are_defaults(void)
{
    return defaults;
}

enum result settings_save(const config *wanted)
{
    uint32_t image[FLASH_PAGE_WORDS]; /* words: the flash takes no bytes */
    int page = config_save_page((uint8_t *)image, wanted, __config_start);
    uint32_t address = (uint32_t)__config_start + (uint32_t)page * FLASH_PAGE_BYTES;
    enum result result = flash_erase_page(address);
    if (result == RESULT_OK) {
        result = flash_program_page(address, image);
    }
    if (result == RESULT_OK) {
        settings = *wanted;
        defaults = false;
        faults_set(FAULT_SETTINGS, RESULT_OK);
    }
    return result;
}
