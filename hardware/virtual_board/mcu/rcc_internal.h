/* What the files of RCC share: registers in rcc.c, HSI and LSI in oscillators.c, what they drive in clock_tree.c, the clocks
 * of the peripherals in clock_gates.c. */
#ifndef RCC_INTERNAL_H
#define RCC_INTERNAL_H

#include "machine.h"

#define BIT(n) (1u << (n))

/* CR */
#define CR_HSION BIT(8)
#define CR_HSIDIV_POS 11
/* ICSCR */
#define ICSCR_HSI_TRIM 0x1FFFu
#define ICSCR_HSI_FS_POS 13
#define ICSCR_LSI_TRIM_POS 16
#define ICSCR_LSI_TRIM 0x1FFu
/* CFGR */
#define CFGR_SW 7u
#define CFGR_SWS_POS 3
#define CFGR_HPRE_POS 8
#define CFGR_PPRE_POS 12
/* CIER, CIFR, CICR */
#define LSI_READY BIT(0)
#define HSI_READY BIT(3)
/* CSR */
#define CSR_LSION BIT(0)

enum sysclk { SYSCLK_HSI = 0, SYSCLK_LSI = 3 };
enum { HSI_RANGES = 5, HSI_RANGE_AT_RESET = 1 };

/* clock_tree.c */
uint32_t factory_hsi_trim(const struct machine *machine, unsigned range);
uint32_t factory_lsi_trim(const struct machine *machine);
enum sysclk clock_tree_source(const struct machine *machine);
/* Give the core its clock after a register or the system clock's source changed. */
void clock_tree_apply(struct machine *machine);
/* Take the source that SW asks for as soon as it is ready; until then the old one goes on. */
void clock_tree_switch(struct machine *machine);

/* oscillators.c */
void oscillators_event(struct machine *machine, unsigned slot);
void oscillators_update_interrupt(struct machine *machine);
void hsi_apply(struct machine *machine);   /* HSION may have changed */
void hsi_restart(struct machine *machine); /* its range has changed */
void lsi_apply(struct machine *machine, bool ran); /* what makes it run may have changed; `ran`: rcc_lsi_runs() before */

/* clock_gates.c; false for bits that nobody models, and for what would stop the core */
#define AHB_AT_RESET (BIT(8) | BIT(9)) /* flash and RAM */
bool gates_enable(struct machine *machine, enum rcc_bus bus, uint32_t value);
bool gates_reset(struct machine *machine, enum rcc_bus bus, uint32_t value);

#endif
