/*
 * Every floating-point operation of the engine, as one instruction of the FPU. The compiler chooses neither the instruction nor the order of its
 * operands: the EE's multiplier gives different last bits for a * b and b * a. ARITHMETIC.md is the specification.
 */
#ifndef ENGINE_EE_FLOAT_H
#define ENGINE_EE_FLOAT_H

#include "types.h"

static inline float float_of_bits(u32 bits) {
    union {
        u32 u;
        float f;
    } word = {bits};
    return word.f;
}

static inline u32 bits_of_float(float value) {
    union {
        float f;
        u32 u;
    } word = {value};
    return word.u;
}

#define ZERO (float_of_bits(0x00000000))
#define ONE (float_of_bits(0x3F800000))
#define HALF (float_of_bits(0x3F000000))
#define MINUS_HALF (float_of_bits(0xBF000000))

#ifndef NATIVE

#define FPU_OPERATION(name, instruction)                                         \
    static inline float name(float a, float b) {                                 \
        float result;                                                            \
        __asm__(instruction " %0, %1, %2" : "=f"(result) : "f"(a), "f"(b));      \
        return result;                                                           \
    }

FPU_OPERATION(f_add, "add.s")
FPU_OPERATION(f_sub, "sub.s")
FPU_OPERATION(f_mul, "mul.s")
FPU_OPERATION(f_div, "div.s")
FPU_OPERATION(f_max, "max.s")
FPU_OPERATION(f_min, "min.s")

/* SQRT.S $f0, $f12. The EE takes the operand from field ft, where the assembler's sqrt.s puts it into fs. */
static inline float f_sqrt(float a) {
    register float operand __asm__("$f12") = a;
    register float result __asm__("$f0");
    __asm__(".word 0x46000004 | 12 << 16 | 0 << 6" : "=f"(result) : "f"(operand));
    return result;
}

/*
 * A comparison sets the FPU's condition, which a branch directly behind it does not see yet: it would test the one before. The compiler knows
 * that, but forgets it when it moves a comparison into the delay slot of another branch. So here comparison and branch stand together, with
 * an instruction between them.
 */
#define FPU_COMPARISON(name, instruction)                                                              \
    static inline int name(float a, float b) {                                                         \
        int result;                                                                                    \
        __asm__(".set push\n\t"                                                                        \
                ".set noreorder\n\t" instruction " %1, %2\n\t"                                         \
                "li %0, 1\n\t"                                                                         \
                "bc1t 1f\n\t"                                                                          \
                "nop\n\t"                                                                              \
                "move %0, $0\n"                                                                        \
                "1:\n\t"                                                                               \
                ".set pop"                                                                             \
                : "=r"(result)                                                                         \
                : "f"(a), "f"(b));                                                                     \
        return result;                                                                                 \
    }

FPU_COMPARISON(f_less, "c.lt.s")
FPU_COMPARISON(f_less_or_equal, "c.le.s")

/* CVT.S.W */
static inline float f_of_int(s32 value) {
    float result;
    __asm__("cvt.s.w %0, %1" : "=f"(result) : "f"(float_of_bits((u32) value)));
    return result;
}

/* CVT.W.S: towards zero, saturating. The assembler knows the instruction (function 0x24) by the name trunc.w.s on this processor. */
static inline s32 f_to_int(float a) {
    float result;
    __asm__("trunc.w.s %0, %1" : "=f"(result) : "f"(a));
    return (s32) bits_of_float(result);
}

#else /* a host's compiler and floats, to try the logic */

float f_host_sqrt(float a);
static inline float f_add(float a, float b) { return a + b; }
static inline float f_sub(float a, float b) { return a - b; }
static inline float f_mul(float a, float b) { return a * b; }
static inline float f_div(float a, float b) { return a / b; }
static inline float f_max(float a, float b) { return a > b ? a : b; }
static inline float f_min(float a, float b) { return a < b ? a : b; }
static inline float f_sqrt(float a) { return f_host_sqrt(a); }
static inline int f_less(float a, float b) { return a < b; }
static inline int f_less_or_equal(float a, float b) { return a <= b; }
static inline float f_of_int(s32 value) { return (float) value; }
static inline s32 f_to_int(float a) { return (s32) a; }

#endif

static inline float f_neg(float a) {
    return float_of_bits(bits_of_float(a) ^ 0x80000000u);
}

static inline float f_abs(float a) {
    return float_of_bits(bits_of_float(a) & 0x7FFFFFFFu);
}

#endif
