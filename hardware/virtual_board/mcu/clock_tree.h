/* How fast the chip's clocks are, from RCC's registers. */
#ifndef CLOCK_TREE_H
#define CLOCK_TREE_H

#include "machine.h"

/* CR */
#define RCC_CR_HSION (1u << 8)
#define RCC_CR_HSIDIV_POS 11
/* ICSCR */
#define RCC_ICSCR_HSI_TRIM 0x1FFFu
#define RCC_ICSCR_HSI_FS_POS 13
#define RCC_ICSCR_LSI_TRIM_POS 16
#define RCC_ICSCR_LSI_TRIM 0x1FFu
/* CFGR */
#define RCC_CFGR_SW 7u
#define RCC_CFGR_SWS_POS 3
#define RCC_CFGR_HPRE_POS 8
#define RCC_CFGR_PPRE_POS 12
/* CSR */
#define RCC_CSR_LSION 1u

enum sysclk { SYSCLK_HSI = 0, SYSCLK_LSI = 3 };
enum { HSI_RANGES = 5, HSI_RANGE_AT_RESET = 1 };

/* The factory's trim of an HSI range; of LSI. */
uint32_t factory_hsi_trim(const struct machine *machine, unsigned range);
uint32_t factory_lsi_trim(const struct machine *machine);

/* Give the core its clock after a register or the system clock's source changed. */
void clock_tree_apply(struct machine *machine);

/* Take the source that SW asks for as soon as it is ready; until then the old one goes on. */
void clock_tree_switch(struct machine *machine);

#endif
