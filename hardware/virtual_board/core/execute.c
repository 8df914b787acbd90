/* The instructions. Rows, names and base cycles are in instructions.h; here is what each does.
 *
 * A load or store that cannot complete leaves by longjmp (raise_fault), so registers are written after the access.
 */
#include "alu.h"
#include "bus.h"
#include "exceptions.h"
#include "idle_loops.h"
#include "instructions.h"

static const uint8_t CYCLES[] = {
    0,
#define ROW(name, mask, value, cycles) cycles,
    INSTRUCTIONS(ROW)
#undef ROW
};

/* Operand fields */
#define RD (s->r[op & 7])
#define RN (s->r[op >> 3 & 7])
#define RM (s->r[op >> 6 & 7])
#define R8 (s->r[op >> 8 & 7])
#define IMM8 (op & 0xFF)
#define IMM5 (op >> 6 & 0x1F)
#define ALIGNED_PC ((s->r[PC] + 4) & ~3u)

enum { HANDLER_RETURN = 0xF, PRIMASK_BIT = 1 };

static void branch(struct state *s, uint32_t address)
{
    s->next_pc = address & ~1u;
    spend_cycles(s, 1);
}

/* BX, BLX and POP {pc}: bit 0 says Thumb; in a handler an address at the top of memory is an exception's return. */
static void branch_exchange(struct machine *m, uint32_t address)
{
    struct state *s = &m->state;
    if (s->exception && address >> 28 == HANDLER_RETURN) {
        exception_return(m, address);
        return;
    }
    s->next_pc = address & ~1u;
    if (!(address & 1)) {
        s->thumb = 0;
        attend_soon(s);
    }
}

/* A list without registers is unpredictable: a fault here, so that it is noticed. */
static void refuse_empty(struct machine *m, uint32_t list)
{
    if (!list)
        raise_fault(m, FAULT_UNDEFINED, m->state.r[PC]);
}

/* Single accesses to the IOPORT take one cycle less. */
static inline void refund_ioport(struct state *s, uint32_t address)
{
    if (address >> 28 == 5)
        s->ticks -= s->ticks_per_cycle;
}

static inline uint32_t load_one(struct machine *m, uint32_t address, unsigned size)
{
    refund_ioport(&m->state, address);
    return load(m, address, size);
}

static inline void store_one(struct machine *m, uint32_t address, unsigned size, uint32_t value)
{
    refund_ioport(&m->state, address);
    store(m, address, size, value);
}

static inline uint32_t high_register(const struct state *s, uint32_t number)
{
    return number == PC ? s->r[PC] + 4 : s->r[number];
}

static void write_high_register(struct state *s, uint32_t number, uint32_t value)
{
    if (number == PC)
        branch(s, value);
    else
        s->r[number] = number == SP ? value & ~3u : value;
}

static uint32_t load_list(struct machine *m, uint32_t list, uint32_t address)
{
    for (; list; list &= list - 1, address += 4) {
        spend_cycles(&m->state, 1);
        m->state.r[__builtin_ctz(list)] = load(m, address, 4);
    }
    return address;
}

static uint32_t store_list(struct machine *m, uint32_t list, uint32_t address)
{
    for (; list; list &= list - 1, address += 4) {
        spend_cycles(&m->state, 1);
        store(m, address, 4, m->state.r[__builtin_ctz(list)]);
    }
    return address;
}

static void push(struct machine *m, uint32_t op)
{
    struct state *s = &m->state;
    uint32_t list = IMM8 | (op & 0x100 ? 1u << LR : 0);
    refuse_empty(m, list);
    uint32_t base = s->r[SP] - 4 * (uint32_t)__builtin_popcount(list);
    store_list(m, list, base);
    s->r[SP] = base;
}

static void pop(struct machine *m, uint32_t op)
{
    struct state *s = &m->state;
    refuse_empty(m, op & 0x1FF);
    uint32_t address = load_list(m, IMM8, s->r[SP]);
    if (!(op & 0x100)) {
        s->r[SP] = address;
        return;
    }
    uint32_t target = load(m, address, 4);
    s->r[SP] = address + 4;
    spend_cycles(s, 3);
    branch_exchange(m, target);
}

static void store_multiple(struct machine *m, uint32_t op)
{
    refuse_empty(m, IMM8);
    m->state.r[op >> 8 & 7] = store_list(m, IMM8, m->state.r[op >> 8 & 7]);
}

static void load_multiple(struct machine *m, uint32_t op)
{
    struct state *s = &m->state;
    refuse_empty(m, IMM8);
    uint32_t base = op >> 8 & 7, end = load_list(m, IMM8, s->r[base]);
    if (!(op >> base & 1))
        s->r[base] = end;
}

static void supervisor_call(struct machine *m)
{
    struct state *s = &m->state;
    int running = s->primask ? 0 : PRIORITY_NONE;
    if (handled_priority(s) < running)
        running = handled_priority(s);
    if (exception_priority(s, EXCEPTION_SVCALL) >= running)
        raise_fault(m, FAULT_SVC, s->r[PC]);
    exception_pend(s, EXCEPTION_SVCALL);
}

static void breakpoint(struct machine *m)
{
    if (!m->state.debugger)
        raise_fault(m, FAULT_BREAKPOINT, m->state.r[PC]);
    m->state.stop = STOP_BREAKPOINT; /* the trap stays that of the last fault */
    longjmp(m->abort, 1);
}

static uint32_t branch_link_offset(uint32_t op, uint32_t second)
{
    uint32_t sign = op >> 10 & 1, i1 = !((second >> 13 & 1) ^ sign), i2 = !((second >> 11 & 1) ^ sign);
    return (sign ? 0xFF000000u : 0) | i1 << 23 | i2 << 22 | (op & 0x3FF) << 12 | (second & 0x7FF) << 1;
}

/* The 32 bit instructions (ARMv6-M ARM, A5.3): BL, MSR, MRS, DSB, DMB, ISB. */
static void wide(struct machine *m, uint32_t op)
{
    struct state *s = &m->state;
    uint32_t second = fetch(m, s->r[PC] + 2), rd = second >> 8 & 15, rn = op & 15;
    bool is_barrier = op == 0xF3BF && (second & 0xFF00) == 0x8F00 && (second >> 4 & 15) >= 4 && (second >> 4 & 15) <= 6;
    s->next_pc = s->r[PC] + 4;
    if ((second & 0xD000) == 0xD000) {
        s->r[LR] = s->next_pc | 1;
        s->next_pc += branch_link_offset(op, second);
    } else if ((op & 0xFFF0) == 0xF380 && (second & 0xFF00) == 0x8800 && rn != SP && rn != PC) {
        special_write(s, second & 0xFF, s->r[rn]);
    } else if (op == 0xF3EF && (second & 0xF000) == 0x8000 && rd != SP && rd != PC) {
        s->r[rd] = special_read(s, second & 0xFF);
    } else if (!is_barrier) {
        raise_fault(m, FAULT_UNDEFINED, s->r[PC]);
    }
}

static void fall_asleep(struct state *s, enum sleep kind)
{
    s->sleep = kind;
    attend_soon(s);
}

static inline void step(struct machine *m)
{
    struct state *s = &m->state;
    const uint32_t op = fetch(m, s->r[PC]);
    const enum operation operation = m->operation[op];
    s->next_pc = s->r[PC] + 2;
    s->instructions++;
    spend_cycles(s, CYCLES[operation]);
    switch (operation) {
    case OP_LSL_IMMEDIATE: RD = shift_left(s, RN, IMM5); break;
    case OP_LSR_IMMEDIATE: RD = shift_right(s, RN, IMM5 ? IMM5 : 32); break;
    case OP_ASR_IMMEDIATE: RD = shift_right_signed(s, RN, IMM5 ? IMM5 : 32); break;
    case OP_ADD_REGISTER: RD = add_with_carry(s, RN, RM, 0); break;
    case OP_SUB_REGISTER: RD = subtract(s, RN, RM); break;
    case OP_ADD_IMMEDIATE3: RD = add_with_carry(s, RN, op >> 6 & 7, 0); break;
    case OP_SUB_IMMEDIATE3: RD = subtract(s, RN, op >> 6 & 7); break;
    case OP_MOV_IMMEDIATE: R8 = set_nz(s, IMM8); break;
    case OP_CMP_IMMEDIATE: subtract(s, R8, IMM8); break;
    case OP_ADD_IMMEDIATE8: R8 = add_with_carry(s, R8, IMM8, 0); break;
    case OP_SUB_IMMEDIATE8: R8 = subtract(s, R8, IMM8); break;

    case OP_AND: RD = set_nz(s, RD & RN); break;
    case OP_EOR: RD = set_nz(s, RD ^ RN); break;
    case OP_LSL_REGISTER: RD = shift_left(s, RD, RN & 0xFF); break;
    case OP_LSR_REGISTER: RD = shift_right(s, RD, RN & 0xFF); break;
    case OP_ASR_REGISTER: RD = shift_right_signed(s, RD, RN & 0xFF); break;
    case OP_ADC: RD = add_with_carry(s, RD, RN, s->carry); break;
    case OP_SBC: RD = add_with_carry(s, RD, ~RN, s->carry); break;
    case OP_ROR_REGISTER: RD = rotate_right(s, RD, RN & 0xFF); break;
    case OP_TST: set_nz(s, RD & RN); break;
    case OP_RSB: RD = subtract(s, 0, RN); break;
    case OP_CMP_REGISTER: subtract(s, RD, RN); break;
    case OP_CMN: add_with_carry(s, RD, RN, 0); break;
    case OP_ORR: RD = set_nz(s, RD | RN); break;
    case OP_MUL: RD = set_nz(s, RD * RN); break;
    case OP_BIC: RD = set_nz(s, RD & ~RN); break;
    case OP_MVN: RD = set_nz(s, ~RN); break;

    case OP_ADD_HIGH: {
        uint32_t rdn = (op & 7) | (op >> 4 & 8);
        write_high_register(s, rdn, high_register(s, rdn) + high_register(s, op >> 3 & 15));
        break;
    }
    case OP_CMP_HIGH: subtract(s, high_register(s, (op & 7) | (op >> 4 & 8)), high_register(s, op >> 3 & 15)); break;
    case OP_MOV_HIGH: write_high_register(s, (op & 7) | (op >> 4 & 8), high_register(s, op >> 3 & 15)); break;
    case OP_BX: branch_exchange(m, high_register(s, op >> 3 & 15)); break;
    case OP_BLX: {
        uint32_t target = high_register(s, op >> 3 & 15);
        s->r[LR] = s->next_pc | 1;
        branch_exchange(m, target);
        break;
    }

    case OP_LDR_LITERAL: R8 = load_one(m, ALIGNED_PC + IMM8 * 4, 4); break;
    case OP_STR_REGISTER: store_one(m, RN + RM, 4, RD); break;
    case OP_STRH_REGISTER: store_one(m, RN + RM, 2, RD); break;
    case OP_STRB_REGISTER: store_one(m, RN + RM, 1, RD); break;
    case OP_LDRSB_REGISTER: RD = (uint32_t)(int8_t)load_one(m, RN + RM, 1); break;
    case OP_LDR_REGISTER: RD = load_one(m, RN + RM, 4); break;
    case OP_LDRH_REGISTER: RD = load_one(m, RN + RM, 2); break;
    case OP_LDRB_REGISTER: RD = load_one(m, RN + RM, 1); break;
    case OP_LDRSH_REGISTER: RD = (uint32_t)(int16_t)load_one(m, RN + RM, 2); break;
    case OP_STR_IMMEDIATE: store_one(m, RN + IMM5 * 4, 4, RD); break;
    case OP_LDR_IMMEDIATE: RD = load_one(m, RN + IMM5 * 4, 4); break;
    case OP_STRB_IMMEDIATE: store_one(m, RN + IMM5, 1, RD); break;
    case OP_LDRB_IMMEDIATE: RD = load_one(m, RN + IMM5, 1); break;
    case OP_STRH_IMMEDIATE: store_one(m, RN + IMM5 * 2, 2, RD); break;
    case OP_LDRH_IMMEDIATE: RD = load_one(m, RN + IMM5 * 2, 2); break;
    case OP_STR_STACK: store_one(m, s->r[SP] + IMM8 * 4, 4, R8); break;
    case OP_LDR_STACK: R8 = load_one(m, s->r[SP] + IMM8 * 4, 4); break;
    case OP_PUSH: push(m, op); break;
    case OP_POP: pop(m, op); break;
    case OP_STM: store_multiple(m, op); break;
    case OP_LDM: load_multiple(m, op); break;

    case OP_ADR: R8 = ALIGNED_PC + IMM8 * 4; break;
    case OP_ADD_STACK: R8 = s->r[SP] + IMM8 * 4; break;
    case OP_ADD_TO_STACK: s->r[SP] += (op & 0x7F) * 4; break;
    case OP_SUB_FROM_STACK: s->r[SP] -= (op & 0x7F) * 4; break;
    case OP_SXTH: RD = (uint32_t)(int16_t)RN; break;
    case OP_SXTB: RD = (uint32_t)(int8_t)RN; break;
    case OP_UXTH: RD = RN & 0xFFFF; break;
    case OP_UXTB: RD = RN & 0xFF; break;
    case OP_REV: RD = __builtin_bswap32(RN); break;
    case OP_REV16: RD = (RN & 0x00FF00FF) << 8 | (RN >> 8 & 0x00FF00FF); break;
    case OP_REVSH: RD = (uint32_t)(int16_t)__builtin_bswap16((uint16_t)RN); break;

    case OP_B_CONDITIONAL:
        if (condition_holds(s, op >> 8 & 15))
            branch(s, s->r[PC] + 4 + 2 * (uint32_t)(int8_t)IMM8);
        break;
    case OP_BNE_ONE_BACK:
        if (condition_holds(s, op >> 8 & 15)) {
            branch(s, s->r[PC] - 2);
            count_down(s, CYCLES[OP_SUB_IMMEDIATE8] + CYCLES[OP_BNE_ONE_BACK] + 1);
        }
        break;
    case OP_B_HERE:
        branch(s, s->r[PC]);
        stay_here(s, CYCLES[OP_B_HERE] + 1);
        break;
    case OP_B: branch(s, s->r[PC] + 4 + (uint32_t)((int32_t)(op << 21) >> 20)); break;
    case OP_WIDE: wide(m, op); break;

    case OP_CPS:
        s->primask = op >> 4 & PRIMASK_BIT;
        attend_soon(s);
        break;
    case OP_SVC: supervisor_call(m); break;
    case OP_BKPT: breakpoint(m); break;
    case OP_WFI: fall_asleep(s, SLEEP_WFI); break;
    case OP_WFE: fall_asleep(s, SLEEP_WFE); break;
    case OP_SEV: s->event = true; break;
    case OP_NOP: break;
    case OP_UDF:
    case OP_UNDEFINED: raise_fault(m, FAULT_UNDEFINED, s->r[PC]);
    }
    s->r[PC] = s->next_pc;
}

void execute(struct machine *m)
{
    while (m->state.ticks < m->state.deadline)
        step(m);
}
