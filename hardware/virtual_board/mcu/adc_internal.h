/* What the files of the ADC share: registers in adc.c, conversions in adc_conversion.c. */
#ifndef ADC_INTERNAL_H
#define ADC_INTERNAL_H

#include "machine.h"

#define ISR_EOSMP (1u << 1)
#define ISR_EOC (1u << 2)
#define ISR_EOSEQ (1u << 3)
#define ISR_OVR (1u << 4)
#define CR_ADEN (1u << 0)
#define CR_ADSTART (1u << 2)
#define CR_ADSTP (1u << 4)
#define CR_ADCAL (1u << 31)
#define CFGR1_DMAEN (1u << 0)
#define CFGR1_SCANDIR (1u << 2)
#define CFGR1_RESSEL 3
#define CFGR1_ALIGN (1u << 5)
#define CFGR1_EXTSEL 6
#define CFGR1_EXTEN (3u << 10)
#define CFGR1_OVRMOD (1u << 12)
#define CFGR1_CONT (1u << 13)
#define CFGR1_WAIT (1u << 14)
#define CFGR1_DISCEN (1u << 16)
#define CFGR2_CKMODE 28
#define CKMODE_HSI 8u
#define CCSR_CALON (1u << 31)
#define CCR_VREFEN (1u << 22)
#define CCR_TSEN (1u << 23)

/* adc.c */
void adc_update_interrupt(struct machine *machine);

/* adc_conversion.c */
bool adc_start(struct machine *machine);     /* false if it is not enabled, or not yet long enough */
bool adc_calibrate(struct machine *machine); /* false while that is forbidden */
void adc_stop(struct machine *machine);
void adc_taken(struct machine *machine); /* the data register was read, or its flag cleared */
void adc_event(struct machine *machine, unsigned slot);
void adc_sleep(struct machine *machine, unsigned slot, bool asleep, bool deep);

#endif
