// The configuration in two flash pages, so that losing power never loses it.
//
// A page image, little endian:
//   0  format (1)   2  number of values   4  sequence number   8  values, 32 bit each; the rest is zero
// 124  zero bits in bytes 0 to 123       126  CRC-16 of bytes 0 to 125
// The count of zero bits is a Berger code. An erase that was cut short leaves some bits that should have become 1 behind,
// a program cut short leaves some that should have become 0: all errors go one way. Such errors change the count and its
// stored value in opposite directions, so that none of them passes, where a CRC alone would let one in 65536 through.
//
// Saving is two steps: erase the page that config_save_page names, then program the image into it. The page with the
// valid configuration is never touched, so at each moment the old or the new one can be read. A firmware that knows
// fewer values ignores the last ones, one that knows more takes defaults; so updates keep the settings.
#ifndef PROTOCOL_CONFIG_PAGE_H
#define PROTOCOL_CONFIG_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"

enum {
    CONFIG_PAGES = 2,
    CONFIG_PAGE_BYTES = 128,
    CONFIG_NO_PAGE = -1,
};

// Two pages one behind the other, as in flash.
typedef uint8_t config_pages[CONFIG_PAGES * CONFIG_PAGE_BYTES];

// Index of the valid page with the later sequence number, or CONFIG_NO_PAGE.
int config_current_page(const config_pages pages);

// Reads the current page; the defaults if there is none, or for a value that is missing or out of range.
// False if there was no valid page.
bool config_load(config *settings, const config_pages pages);

// Makes the image of these settings and returns the index of the page to erase and then to program with it.
int config_save_page(uint8_t image[CONFIG_PAGE_BYTES], const config *settings, const config_pages pages);

#endif
