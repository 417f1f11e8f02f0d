/*
 * e^x out of EE float operations, for four numbers side by side: each operation takes four cycles, and another one can begin in each. ARITHMETIC.md has
 * the operations one after the other. Text for the assembler, to be put between other instructions.
 *
 * 2^n * 2^f with n the nearest integer to x * log2 e, and 2^f by a polynomial of degree 5 for |f| <= 1/2, whose relative error is below 2^-23. The
 * sum with 128.5 and 1.5 * 2^23 leaves n + 128 in the low bits, from which 2^n is made as an integer.
 */
#ifndef ENGINE_FUNCTIONS_H
#define ENGINE_FUNCTIONS_H

#include "ee_float.h"

#define LANES 4u

/* For l = 0 .. LANES - 1; the compiler writes the statement LANES times. */
#define EACH_LANE(l) _Pragma("GCC unroll 4") for (u32 l = 0; l < LANES; l++)

/* Four lanes in registers: x, then the result; t and m; e and g are free for the loop around. */
#define X0 "$f0"
#define X1 "$f1"
#define X2 "$f2"
#define X3 "$f3"
#define T0 "$f4"
#define T1 "$f5"
#define T2 "$f6"
#define T3 "$f7"
#define M0 "$f8"
#define M1 "$f9"
#define M2 "$f10"
#define M3 "$f11"
#define E0 "$f24"
#define E1 "$f25"
#define E2 "$f26"
#define E3 "$f27"
#define G0 "$f28"
#define G1 "$f29"
#define G2 "$f30"
#define G3 "$f31"

/* An instruction for each lane; with an instruction of another pipe beside each. */
#define FOUR_WITH(op, d, a, b, with0, with1, with2, with3)                                                                          \
    op " " d##0 ", " a##0 ", " b##0 "\n" with0 "\n" op " " d##1 ", " a##1 ", " b##1 "\n" with1 "\n" op " " d##2 ", " a##2 ", " b##2   \
       "\n" with2 "\n" op " " d##3 ", " a##3 ", " b##3 "\n" with3 "\n"
#define FOUR(op, d, a, b) FOUR_WITH(op, d, a, b, "", "", "", "")

/* The second operand is the same for all. */
#define FOUR_BY_WITH(op, d, a, k, with0, with1, with2, with3)                                                                       \
    op " " d##0 ", " a##0 ", " k "\n" with0 "\n" op " " d##1 ", " a##1 ", " k "\n" with1 "\n" op " " d##2 ", " a##2 ", " k "\n" with2 \
       "\n" op " " d##3 ", " a##3 ", " k "\n" with3 "\n"
#define FOUR_BY(op, d, a, k) FOUR_BY_WITH(op, d, a, k, "", "", "", "")

/* Constants, loaded from a table into $f12 to $f23. The first three have the sign of the exponent, so e^-x takes other ones than e^x. */
#define LOWEST "$f12"
#define HIGHEST "$f13"
#define LOG2_E "$f14"
#define EXPONENTIAL_CONSTANTS(lowest, highest, log2_e)                                                                              \
    {lowest, highest, log2_e, 0x43008000u /* 128.5 */, 0x4B400000u /* 1.5 * 2^23 */, 0x4B400080u /* and 128 */, 0x3AAE0473u,          \
     0x3C1E8629u, 0x3D635B72u, 0x3E75FC8Cu, 0x3F317214u, 0x3F800000u}
#define LOAD_EXPONENTIAL_CONSTANTS(at)                                                                                              \
    "lwc1 $f12, 0(" at ")\nlwc1 $f13, 4(" at ")\nlwc1 $f14, 8(" at ")\nlwc1 $f15, 12(" at ")\nlwc1 $f16, 16(" at ")\nlwc1 $f17, 20(" at  \
    ")\nlwc1 $f18, 24(" at ")\nlwc1 $f19, 28(" at ")\nlwc1 $f20, 32(" at ")\nlwc1 $f21, 36(" at ")\nlwc1 $f22, 40(" at                   \
    ")\nlwc1 $f23, 44(" at ")\n"

/* Four words of 1 << 23 into $9. */
#define LOAD_EXPONENT_OF_ONE "lui $9, 0x80\npextlw $9, $9, $9\npcpyld $9, $9, $9\n"

/* First part: f is in t, m is on its way through `four`, a quadword of memory, where it becomes 2^n; $8 is used. */
#define EXPONENTIAL_BEGIN(four)                                                                                                     \
    FOUR_BY("max.s", X, X, LOWEST)                                                                                                     \
    FOUR_BY("min.s", X, X, HIGHEST)                                                                                                    \
    FOUR_BY("mul.s", T, X, LOG2_E)                                                                                                  \
    FOUR_BY("add.s", M, T, "$f15")                                                                                                  \
    FOUR_BY("add.s", M, M, "$f16")                                                                                                  \
    FOUR_BY_WITH("sub.s", X, M, "$f17", "swc1 $f8, 0(" four ")", "swc1 $f9, 4(" four ")", "swc1 $f10, 8(" four ")",                 \
                 "swc1 $f11, 12(" four ")")                                                                                         \
    FOUR_WITH("sub.s", T, T, X, "lq $8, 0(" four ")", "", "psllw $8, $8, 23", "psubw $8, $8, $9")

/* Second part, the polynomial; four instructions may stand beside it in each of four places. */
#define EXPONENTIAL_END(four, a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3)                                       \
    FOUR_BY_WITH("mul.s", X, T, "$f18", "sq $8, 0(" four ")", "", "", "")                                                           \
    FOUR_BY_WITH("add.s", X, X, "$f19", "lwc1 $f8, 0(" four ")", "lwc1 $f9, 4(" four ")", "lwc1 $f10, 8(" four ")",                 \
                 "lwc1 $f11, 12(" four ")")                                                                                         \
    FOUR_WITH("mul.s", X, X, T, a0, a1, a2, a3)                                                                                     \
    FOUR_BY("add.s", X, X, "$f20")                                                                                                  \
    FOUR_WITH("mul.s", X, X, T, b0, b1, b2, b3)                                                                                     \
    FOUR_BY("add.s", X, X, "$f21")                                                                                                  \
    FOUR_WITH("mul.s", X, X, T, c0, c1, c2, c3)                                                                                     \
    FOUR_BY("add.s", X, X, "$f22")                                                                                                  \
    FOUR_WITH("mul.s", X, X, T, d0, d1, d2, d3)                                                                                     \
    FOUR_BY("add.s", X, X, "$f23")                                                                                                  \
    FOUR("mul.s", X, X, M)

#define EXPONENTIAL_CLOBBERS                                                                                                        \
    "$8", "$9", "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "$f9", "$f10", "$f11", "$f12", "$f13", "$f14", "$f15", \
        "$f16", "$f17", "$f18", "$f19", "$f20", "$f21", "$f22", "$f23"

#endif
