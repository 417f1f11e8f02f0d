#include "ee_float.h"
#include "power_of_two.h"
#include "scratchpad.h"
#include "softmax.h"
#include "vector.h"

/* Numbers that have room in half of the scratchpad. */
#define MOST (SCRATCHPAD_ROOM / 4 & ~7u)

/*
 * y[i] = 2^-30 / (y[i] + 2^-30) (inverse in ARITHMETIC.md), eight numbers a turn, n a multiple of 8, in three steps as in powers_of_two: sums, h and w
 * and what stands beside w in r, the quotients.
 */
static __attribute__((noinline)) void inverses(float *y, u32 n) {
    static const u16 constants[64] __attribute__((aligned(16))) = {
        EIGHT_HALVES(0x8000), EIGHT_HALVES(0x7FFF), EIGHT_HALVES(14333), EIGHT_HALVES(5013),
        EIGHT_HALVES(0xD085), EIGHT_HALVES(0x8075), EIGHT_HALVES(24572), FOUR_TIMES(HALVES(0x70000000u))};
    const float *x = y;
    const void *next = constants;
    s32 left = (s32) n;
    u32 step, more;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "move    %[step], $0\n"
        "lwc1    $f0, 0(%[x])\n"
        "lwc1    $f1, 4(%[x])\n"
        "lwc1    $f2, 8(%[x])\n"
        "add.s   $f0, $f0, %[least]\n"
        "lwc1    $f3, 12(%[x])\n"
        "add.s   $f1, $f1, %[least]\n"
        "lwc1    $f4, 16(%[x])\n"
        "add.s   $f2, $f2, %[least]\n"
        "lwc1    $f5, 20(%[x])\n"
        "add.s   $f3, $f3, %[least]\n"
        "lwc1    $f6, 24(%[x])\n"
        "add.s   $f4, $f4, %[least]\n"
        "lwc1    $f7, 28(%[x])\n"
        "add.s   $f5, $f5, %[least]\n"
        "add.s   $f6, $f6, %[least]\n"
        "add.s   $f7, $f7, %[least]\n"
        "lq      $2, 0(%[next])\n"
        "lq      $3, 16(%[next])\n"
        "lq      $10, 32(%[next])\n"
        "lq      $11, 48(%[next])\n"
        "lq      $12, 64(%[next])\n"
        "lq      $13, 80(%[next])\n"
        "lq      $6, 96(%[next])\n"
        "lq      $7, 112(%[next])\n"
        "swc1    $f0, 0(%[eight])\n"
        "swc1    $f1, 4(%[eight])\n"
        "swc1    $f2, 8(%[eight])\n"
        "swc1    $f3, 12(%[eight])\n"
        "swc1    $f4, 16(%[eight])\n"
        "swc1    $f5, 20(%[eight])\n"
        "swc1    $f6, 24(%[eight])\n"
        "swc1    $f7, 28(%[eight])\n"
        "slti    %[more], %[n], 16\n"
        "addiu   %[next], %[x], 32\n"
        "movz    %[x], %[next], %[more]\n"
        "1:\n"
        "pmulth  $0, $14, $13\n"
        "lq      $16, 0(%[eight])\n"
        "pexcw   $25, $24\n"
        "lq      $17, 16(%[eight])\n"
        "pmaddh  $0, $25, $15\n"
        "lwc1    $f0, 0(%[x])\n"
        "psrlw   $14, $16, 7\n"
        "lwc1    $f1, 4(%[x])\n"
        "psrlw   $15, $17, 7\n"
        "lwc1    $f2, 8(%[x])\n"
        "ppach   $14, $15, $14\n"
        "lwc1    $f3, 12(%[x])\n"
        "pxor    $14, $14, $2\n" /* h */
        "lwc1    $f4, 16(%[x])\n"
        "pmflo   $25\n"
        "lwc1    $f5, 20(%[x])\n"
        "pmfhi   $5\n"
        "lwc1    $f6, 24(%[x])\n"
        "pmulth  $0, $14, $14\n"
        "lwc1    $f7, 28(%[x])\n"
        "psraw   $25, $25, 17\n"
        "add.s   $f0, $f0, %[least]\n"
        "psraw   $5, $5, 17\n"
        "add.s   $f1, $f1, %[least]\n"
        "ppach   $25, $5, $25\n"
        "add.s   $f2, $f2, %[least]\n"
        "paddsh  $25, $25, $6\n" /* r */
        "add.s   $f3, $f3, %[least]\n"
        "pmflo   $15\n"
        "add.s   $f4, $f4, %[least]\n"
        "pmfhi   $4\n"
        "add.s   $f5, $f5, %[least]\n"
        "pmulth  $0, $24, $25\n"
        "add.s   $f6, $f6, %[least]\n"
        "psrlw   $15, $15, 15\n"
        "add.s   $f7, $f7, %[least]\n"
        "psrlw   $4, $4, 15\n"
        "addiu   %[n], %[n], -8\n"
        "ppach   $15, $4, $15\n"
        "slti    %[more], %[n], 16\n"
        "psubuh  $24, $3, $15\n" /* w */
        "addiu   %[next], %[x], 32\n"
        "pexcw   $15, $14\n"
        "swc1    $f0, 0(%[eight])\n"
        "pmflo   $25\n"
        "swc1    $f1, 4(%[eight])\n"
        "pmfhi   $5\n"
        "swc1    $f2, 8(%[eight])\n"
        "pmulth  $0, $15, $10\n"
        "swc1    $f3, 12(%[eight])\n"
        "psrlw   $25, $25, 9\n"
        "swc1    $f4, 16(%[eight])\n"
        "pmaddh  $0, $24, $11\n"
        "swc1    $f5, 20(%[eight])\n"
        "psrlw   $5, $5, 9\n"
        "swc1    $f6, 24(%[eight])\n"
        "psubw   $25, $8, $25\n"
        "swc1    $f7, 28(%[eight])\n"
        "psubw   $5, $9, $5\n"
        "sq      $25, 0(%[y])\n"
        "pmflo   $15\n"
        "sq      $5, 16(%[y])\n"
        "pmfhi   $4\n"
        "addu    %[y], %[y], %[step]\n"
        "psraw   $15, $15, 17\n"
        "addiu   %[step], $0, 32\n"
        "psraw   $4, $4, 17\n"
        "movz    %[x], %[next], %[more]\n" /* at the end: the last ones once more */
        "ppach   $15, $4, $15\n"
        "psubw   $8, $7, $16\n"
        "psubw   $9, $7, $17\n"
        "bgez    %[n], 1b\n"
        "paddh   $15, $15, $12\n"
        ".set pop\n"
        : [x] "+&r"(x), [y] "+&r"(y), [n] "+&r"(left), [step] "=&r"(step), [next] "+&r"(next),
          [more] "=&r"(more)
        : [eight] "r"(SCRATCHPAD_WORK), [least] "f"(float_of_bits(0x30800000))
        : "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17", "$24", "$25", "$f0", "$f1", "$f2",
          "$f3", "$f4", "$f5", "$f6", "$f7", "hi", "lo", "memory");
}

/* g[i] = (g[i] * y[i]) * u[i], eight numbers a turn. */
static __attribute__((noinline)) void multiply_by_both(float *g, const float *y, const float *u, u32 n) {
    const float *end = g + n;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "lwc1    $f0, 0(%[g])\n"
        "lwc1    $f8, 0(%[y])\n"
        "lwc1    $f1, 4(%[g])\n"
        "mul.s   $f0, $f0, $f8\n"
        "lwc1    $f9, 4(%[y])\n"
        "lwc1    $f2, 8(%[g])\n"
        "mul.s   $f1, $f1, $f9\n"
        "lwc1    $f10, 8(%[y])\n"
        "lwc1    $f3, 12(%[g])\n"
        "mul.s   $f2, $f2, $f10\n"
        "lwc1    $f11, 12(%[y])\n"
        "lwc1    $f4, 16(%[g])\n"
        "mul.s   $f3, $f3, $f11\n"
        "lwc1    $f8, 16(%[y])\n"
        "lwc1    $f5, 20(%[g])\n"
        "mul.s   $f4, $f4, $f8\n"
        "lwc1    $f9, 20(%[y])\n"
        "lwc1    $f6, 24(%[g])\n"
        "mul.s   $f5, $f5, $f9\n"
        "lwc1    $f10, 24(%[y])\n"
        "lwc1    $f7, 28(%[g])\n"
        "mul.s   $f6, $f6, $f10\n"
        "lwc1    $f11, 28(%[y])\n"
        "lwc1    $f12, 0(%[u])\n"
        "mul.s   $f7, $f7, $f11\n"
        "lwc1    $f13, 4(%[u])\n"
        "mul.s   $f0, $f0, $f12\n"
        "lwc1    $f14, 8(%[u])\n"
        "mul.s   $f1, $f1, $f13\n"
        "lwc1    $f15, 12(%[u])\n"
        "mul.s   $f2, $f2, $f14\n"
        "lwc1    $f12, 16(%[u])\n"
        "mul.s   $f3, $f3, $f15\n"
        "lwc1    $f13, 20(%[u])\n"
        "mul.s   $f4, $f4, $f12\n"
        "lwc1    $f14, 24(%[u])\n"
        "mul.s   $f5, $f5, $f13\n"
        "lwc1    $f15, 28(%[u])\n"
        "mul.s   $f6, $f6, $f14\n"
        "swc1    $f0, 0(%[g])\n"
        "mul.s   $f7, $f7, $f15\n"
        "addiu   %[y], %[y], 32\n"
        "swc1    $f1, 4(%[g])\n"
        "addiu   %[u], %[u], 32\n"
        "swc1    $f2, 8(%[g])\n"
        "swc1    $f3, 12(%[g])\n"
        "swc1    $f4, 16(%[g])\n"
        "swc1    $f5, 20(%[g])\n"
        "swc1    $f6, 24(%[g])\n"
        "addiu   %[g], %[g], 32\n"
        "bne     %[g], %[end], 1b\n"
        "swc1    $f7, -4(%[g])\n"
        ".set pop\n"
        : [g] "+&r"(g), [y] "+&r"(y), [u] "+&r"(u)
        : [end] "r"(end)
        : "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "$f9", "$f10", "$f11", "$f12", "$f13", "$f14", "$f15",
          "memory");
}

void swiglu(float *g, const float *u, u32 n) {
    float *y = (float *) (void *) multiply_free_half();
    u32 left = ROOM(n);
    while (left != 0) {
        u32 count = left < MOST ? left : MOST;
        powers_of_two(y, g, count, float_of_bits(0x40610000), float_of_bits(0xBCB8AA3B)); /* 2^-30 e^-g */
        inverses(y, count);
        multiply_by_both(g, y, u, count);
        g += count;
        u += count;
        left -= count;
    }
}
