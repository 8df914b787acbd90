/* All state of the machine in one plain struct without pointers, so that a snapshot is a memory copy. */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api.h"
#include "mcu.h"

/* PY32F003 datasheet rev 1.2, section 5: the firmware is held to the x6 part's 32 kB and 4 kB. */
#define FLASH_BASE 0x08000000u
#define FLASH_BYTES 0x8000u
#define RAM_BASE 0x20000000u
#define RAM_BYTES 0x1000u
#define SYSTEM_BASE 0x1FFF0000u /* boot ROM, unique ID, option bytes, factory words */
#define SYSTEM_BYTES 0x1000u

#define PERIPHERALS_MAX 32

enum { SP = 13, LR = 14, PC = 15 };

/* Exception numbers (ARMv6-M ARM, table B1-3); interrupt n is 16 + n. */
enum { EXCEPTION_NMI = 2, EXCEPTION_HARDFAULT = 3, EXCEPTION_SVCALL = 11, EXCEPTION_PENDSV = 14, EXCEPTION_SYSTICK = 15,
       EXCEPTION_IRQ0 = 16, EXCEPTIONS = 48 };

enum sleep { AWAKE, SLEEP_WFI, SLEEP_WFE };

struct systick {
    uint32_t control;  /* CSR without COUNTFLAG */
    uint32_t reload;
    uint32_t held;     /* the count while it does not run */
    bool counted;      /* COUNTFLAG */
    uint64_t zero_at;  /* when the count next reaches zero; NEVER while it does not run */
};

struct state {
    uint32_t r[16];      /* r[15]: address of the instruction being executed */
    uint32_t next_pc;
    uint32_t other_sp;   /* the stack pointer that CONTROL.SPSEL does not select */
    uint32_t negative;   /* N is bit 31 */
    uint32_t zero;       /* Z is set when this is 0 */
    uint32_t carry, overflow;
    uint32_t thumb;      /* EPSR.T */
    uint32_t exception;  /* IPSR: number of the exception being handled, 0 in thread mode */
    uint32_t primask, control;

    uint64_t pending, active, enabled; /* a bit per exception number */
    uint32_t irq_level;                /* a bit per interrupt line */
    uint8_t priority[EXCEPTIONS];      /* 0x00, 0x40, 0x80 or 0xC0 */
    uint32_t vtor, scr;
    struct systick systick;
    bool event;    /* the event register of WFE */
    bool faulted;  /* HardFault is to be taken for `trap` */
    bool entering; /* stacking or reading a vector: a fault now is a lockup */
    bool locked_up;
    bool held;     /* without supply, or in reset as long as its pin is low */
    bool debugger;
    enum sleep sleep;
    bool told_asleep; /* the peripherals know of it */

    uint64_t ticks;       /* 1/1.536 GHz */
    uint64_t sleep_ticks; /* of these, asleep, held or locked up */
    uint64_t limit;       /* until when to run */
    uint64_t deadline;    /* execution pauses here: the limit, an event, or 0 when something is to be looked at now */
    uint64_t instructions;
    uint32_t ticks_per_cycle;
    enum stop stop;
    struct trap trap;
    uint64_t event_at[PERIPHERALS_MAX]; /* when each peripheral wants to be called */

    uint32_t alias_offset, alias_bytes; /* what is seen at address 0, as a place in this struct */
    _Alignas(8) uint8_t flash[FLASH_BYTES];
    _Alignas(8) uint8_t ram[RAM_BYTES];
    _Alignas(8) uint8_t system[SYSTEM_BYTES];

    struct mcu mcu;
};

#endif
