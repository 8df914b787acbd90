/* Every ARMv6-M instruction: name, mask, value, cycles. The first row that matches a halfword is its meaning.
 *
 * Encodings: ARMv6-M Architecture Reference Manual (DDI 0419), A5.2 and A5.3.
 * Cycles: Cortex-M0+ Technical Reference Manual (DDI 0484), table 3-1, for the single-cycle multiplier and no wait states.
 * What depends on the operands is added in execute.c: +1 for a branch taken or a write to the program counter, +1 for each
 * register of a list; a load or store on the single-cycle IOPORT takes one cycle less.
 */
#ifndef INSTRUCTIONS_H
#define INSTRUCTIONS_H

#define INSTRUCTIONS(ROW)                                                                                              \
    ROW(LSL_IMMEDIATE, 0xF800, 0x0000, 1)                                                                              \
    ROW(LSR_IMMEDIATE, 0xF800, 0x0800, 1)                                                                              \
    ROW(ASR_IMMEDIATE, 0xF800, 0x1000, 1)                                                                              \
    ROW(ADD_REGISTER, 0xFE00, 0x1800, 1)                                                                               \
    ROW(SUB_REGISTER, 0xFE00, 0x1A00, 1)                                                                               \
    ROW(ADD_IMMEDIATE3, 0xFE00, 0x1C00, 1)                                                                             \
    ROW(SUB_IMMEDIATE3, 0xFE00, 0x1E00, 1)                                                                             \
    ROW(MOV_IMMEDIATE, 0xF800, 0x2000, 1)                                                                              \
    ROW(CMP_IMMEDIATE, 0xF800, 0x2800, 1)                                                                              \
    ROW(ADD_IMMEDIATE8, 0xF800, 0x3000, 1)                                                                             \
    ROW(SUB_IMMEDIATE8, 0xF800, 0x3800, 1)                                                                             \
    ROW(AND, 0xFFC0, 0x4000, 1)                                                                                        \
    ROW(EOR, 0xFFC0, 0x4040, 1)                                                                                        \
    ROW(LSL_REGISTER, 0xFFC0, 0x4080, 1)                                                                               \
    ROW(LSR_REGISTER, 0xFFC0, 0x40C0, 1)                                                                               \
    ROW(ASR_REGISTER, 0xFFC0, 0x4100, 1)                                                                               \
    ROW(ADC, 0xFFC0, 0x4140, 1)                                                                                        \
    ROW(SBC, 0xFFC0, 0x4180, 1)                                                                                        \
    ROW(ROR_REGISTER, 0xFFC0, 0x41C0, 1)                                                                               \
    ROW(TST, 0xFFC0, 0x4200, 1)                                                                                        \
    ROW(RSB, 0xFFC0, 0x4240, 1)                                                                                        \
    ROW(CMP_REGISTER, 0xFFC0, 0x4280, 1)                                                                               \
    ROW(CMN, 0xFFC0, 0x42C0, 1)                                                                                        \
    ROW(ORR, 0xFFC0, 0x4300, 1)                                                                                        \
    ROW(MUL, 0xFFC0, 0x4340, 1)                                                                                        \
    ROW(BIC, 0xFFC0, 0x4380, 1)                                                                                        \
    ROW(MVN, 0xFFC0, 0x43C0, 1)                                                                                        \
    ROW(ADD_HIGH, 0xFF00, 0x4400, 1)                                                                                   \
    ROW(CMP_HIGH, 0xFF00, 0x4500, 1)                                                                                   \
    ROW(MOV_HIGH, 0xFF00, 0x4600, 1)                                                                                   \
    ROW(BX, 0xFF87, 0x4700, 2)                                                                                         \
    ROW(BLX, 0xFF87, 0x4780, 2)                                                                                        \
    ROW(LDR_LITERAL, 0xF800, 0x4800, 2)                                                                                \
    ROW(STR_REGISTER, 0xFE00, 0x5000, 2)                                                                               \
    ROW(STRH_REGISTER, 0xFE00, 0x5200, 2)                                                                              \
    ROW(STRB_REGISTER, 0xFE00, 0x5400, 2)                                                                              \
    ROW(LDRSB_REGISTER, 0xFE00, 0x5600, 2)                                                                             \
    ROW(LDR_REGISTER, 0xFE00, 0x5800, 2)                                                                               \
    ROW(LDRH_REGISTER, 0xFE00, 0x5A00, 2)                                                                              \
    ROW(LDRB_REGISTER, 0xFE00, 0x5C00, 2)                                                                              \
    ROW(LDRSH_REGISTER, 0xFE00, 0x5E00, 2)                                                                             \
    ROW(STR_IMMEDIATE, 0xF800, 0x6000, 2)                                                                              \
    ROW(LDR_IMMEDIATE, 0xF800, 0x6800, 2)                                                                              \
    ROW(STRB_IMMEDIATE, 0xF800, 0x7000, 2)                                                                             \
    ROW(LDRB_IMMEDIATE, 0xF800, 0x7800, 2)                                                                             \
    ROW(STRH_IMMEDIATE, 0xF800, 0x8000, 2)                                                                             \
    ROW(LDRH_IMMEDIATE, 0xF800, 0x8800, 2)                                                                             \
    ROW(STR_STACK, 0xF800, 0x9000, 2)                                                                                  \
    ROW(LDR_STACK, 0xF800, 0x9800, 2)                                                                                  \
    ROW(ADR, 0xF800, 0xA000, 1)                                                                                        \
    ROW(ADD_STACK, 0xF800, 0xA800, 1)                                                                                  \
    ROW(ADD_TO_STACK, 0xFF80, 0xB000, 1)                                                                               \
    ROW(SUB_FROM_STACK, 0xFF80, 0xB080, 1)                                                                             \
    ROW(SXTH, 0xFFC0, 0xB200, 1)                                                                                       \
    ROW(SXTB, 0xFFC0, 0xB240, 1)                                                                                       \
    ROW(UXTH, 0xFFC0, 0xB280, 1)                                                                                       \
    ROW(UXTB, 0xFFC0, 0xB2C0, 1)                                                                                       \
    ROW(PUSH, 0xFE00, 0xB400, 1)                                                                                       \
    ROW(CPS, 0xFFEF, 0xB662, 1)                                                                                        \
    ROW(REV, 0xFFC0, 0xBA00, 1)                                                                                        \
    ROW(REV16, 0xFFC0, 0xBA40, 1)                                                                                      \
    ROW(REVSH, 0xFFC0, 0xBAC0, 1)                                                                                      \
    ROW(POP, 0xFE00, 0xBC00, 1)                                                                                        \
    ROW(BKPT, 0xFF00, 0xBE00, 1)                                                                                       \
    ROW(WFE, 0xFFFF, 0xBF20, 2)                                                                                        \
    ROW(WFI, 0xFFFF, 0xBF30, 2)                                                                                        \
    ROW(SEV, 0xFFFF, 0xBF40, 1)                                                                                        \
    ROW(NOP, 0xFF0F, 0xBF00, 1) /* YIELD and the unallocated hints too */                                              \
    ROW(STM, 0xF800, 0xC000, 1)                                                                                        \
    ROW(LDM, 0xF800, 0xC800, 1)                                                                                        \
    ROW(UDF, 0xFF00, 0xDE00, 1)                                                                                        \
    ROW(SVC, 0xFF00, 0xDF00, 1)                                                                                        \
    ROW(BNE_ONE_BACK, 0xFFFF, 0xD1FD, 1) /* see idle_loops.h */                                                        \
    ROW(B_CONDITIONAL, 0xF000, 0xD000, 1)                                                                              \
    ROW(B_HERE, 0xFFFF, 0xE7FE, 1)                                                                                     \
    ROW(B, 0xF800, 0xE000, 1)                                                                                          \
    ROW(WIDE, 0xF800, 0xF000, 3) /* the 32 bit ones: BL, MSR, MRS and the barriers take 3 cycles each */

enum operation {
#define ROW(name, mask, value, cycles) OP_##name,
    OP_UNDEFINED,
    INSTRUCTIONS(ROW)
#undef ROW
};

#endif
