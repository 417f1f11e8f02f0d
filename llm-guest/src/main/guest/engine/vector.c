#include "vector.h"
#include "ee_float.h"
#include "scratchpad.h"

#define LANES 4u

/* For l = 0 .. LANES - 1; the compiler writes the statement LANES times, so that operations of the lanes, each of four cycles, stand side by side. */
#define EACH_LANE(l) _Pragma("GCC unroll 4") for (u32 l = 0; l < LANES; l++)

/* The squares one after the other, in the FPU's accumulator; eight numbers a turn. */
static float sum_of_squares(const float *x, u32 n) {
    const float *end = x + ((n + 7) & ~7u);
    float sum;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "mtc1    $0, $f8\n"
        "lwc1    $f0, 0(%[x])\n"
        "lwc1    $f1, 4(%[x])\n"
        "adda.s  $f8, $f8\n"
        "1:\n"
        "lwc1    $f2, 8(%[x])\n"
        "madda.s $f0, $f0\n"
        "lwc1    $f3, 12(%[x])\n"
        "madda.s $f1, $f1\n"
        "lwc1    $f4, 16(%[x])\n"
        "madda.s $f2, $f2\n"
        "lwc1    $f5, 20(%[x])\n"
        "madda.s $f3, $f3\n"
        "lwc1    $f6, 24(%[x])\n"
        "madda.s $f4, $f4\n"
        "lwc1    $f7, 28(%[x])\n"
        "madda.s $f5, $f5\n"
        "addiu   %[x], %[x], 32\n"
        "lwc1    $f0, 0(%[x])\n" /* behind the end it is read and not used */
        "madda.s $f6, $f6\n"
        "lwc1    $f1, 4(%[x])\n"
        "bne     %[x], %[end], 1b\n"
        "madda.s $f7, $f7\n"
        "madd.s  %[sum], $f8, $f8\n"
        ".set pop\n"
        : [sum] "=f"(sum), [x] "+r"(x)
        : [end] "r"(end)
        : "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "memory");
    return sum;
}

void rmsnorm(float *out, const float *x, const float *weight, u32 n, float epsilon) {
    float mean = f_div(sum_of_squares(x, n), f_of_int((s32) n));
    float r = f_div(ONE, f_sqrt(f_add(mean, epsilon)));
    u32 i = 0;
    for (; i + LANES <= n; i += LANES) {
        float y[LANES];
        __builtin_prefetch(weight + i + 16);
        __builtin_prefetch(out + i + 16);
        EACH_LANE(l) y[l] = f_mul(x[i + l], r);
        EACH_LANE(l) y[l] = f_mul(y[l], weight[i + l]);
        EACH_LANE(l) out[i + l] = y[l];
    }
    for (; i < n; i++) {
        out[i] = f_mul(f_mul(x[i], r), weight[i]);
    }
}

/* Eight words a turn. */
s32 largest_word(const float *x, u32 n, u32 mask) {
    const float *end = x + ((n + 7) & ~7u);
    s32 largest;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "pextlw  $14, %[mask], %[mask]\n"
        "pcpyld  $14, $14, $14\n"
        "lq      $12, 0(%[x])\n"
        "pand    $12, $12, $14\n"
        "pcpyld  $13, $12, $12\n"
        "1:\n"
        "lq      $8, 0(%[x])\n"
        "addiu   %[x], %[x], 32\n"
        "lq      $9, -16(%[x])\n"
        "pand    $8, $8, $14\n"
        "pand    $9, $9, $14\n"
        "pmaxw   $12, $12, $8\n"
        "bne     %[x], %[end], 1b\n"
        "pmaxw   $13, $13, $9\n"
        "pmaxw   $12, $12, $13\n"
        "pcpyud  $13, $12, $12\n"
        "pmaxw   $12, $12, $13\n"
        "dsra32  $13, $12, 0\n"
        "sll     %[largest], $12, 0\n"
        "slt     $14, %[largest], $13\n"
        "movn    %[largest], $13, $14\n"
        ".set pop\n"
        : [largest] "=&r"(largest), [x] "+&r"(x)
        : [end] "r"(end), [mask] "r"(mask)
        : "$8", "$9", "$12", "$13", "$14", "memory");
    return largest;
}

/*
 * codes[i] = x[i] * inverse to the nearest integer: the sum with 1.5 * 2^14 + 0.5 has a last place of 2^-9, and above it 0x6000 and the integer. Eight a
 * turn; gives the sum of all codes.
 */
static s32 round_to_codes(s16 *codes, const float *x, u32 n, float inverse) {
    static const u16 constants[16] __attribute__((aligned(16))) = {
        1, 1, 1, 1, 1, 1, 1, 1, 0x6000, 0x6000, 0x6000, 0x6000, 0x6000, 0x6000, 0x6000, 0x6000};
    u32 *eight = SCRATCHPAD_WORK;
    const float *end = x + ((n + 7) & ~7u);
    s32 sum;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "mtc1    $0, $f8\n"
        "lq      $14, 0(%[constants])\n"
        "lq      $15, 16(%[constants])\n"
        "adda.s  %[magic], $f8\n"
        "pmtlo   $0\n"
        "pmthi   $0\n"
        "lwc1    $f0, 0(%[x])\n"
        "lwc1    $f1, 4(%[x])\n"
        "lwc1    $f2, 8(%[x])\n"
        "lwc1    $f3, 12(%[x])\n"
        "1:\n"
        "madd.s  $f0, $f0, %[inverse]\n"
        "lwc1    $f4, 16(%[x])\n"
        "madd.s  $f1, $f1, %[inverse]\n"
        "lwc1    $f5, 20(%[x])\n"
        "madd.s  $f2, $f2, %[inverse]\n"
        "lwc1    $f6, 24(%[x])\n"
        "madd.s  $f3, $f3, %[inverse]\n"
        "lwc1    $f7, 28(%[x])\n"
        "madd.s  $f4, $f4, %[inverse]\n"
        "swc1    $f0, 0(%[eight])\n"
        "madd.s  $f5, $f5, %[inverse]\n"
        "swc1    $f1, 4(%[eight])\n"
        "madd.s  $f6, $f6, %[inverse]\n"
        "swc1    $f2, 8(%[eight])\n"
        "madd.s  $f7, $f7, %[inverse]\n"
        "swc1    $f3, 12(%[eight])\n"
        "addiu   %[x], %[x], 32\n"
        "swc1    $f4, 16(%[eight])\n"
        "addiu   %[codes], %[codes], 16\n"
        "swc1    $f5, 20(%[eight])\n"
        "swc1    $f6, 24(%[eight])\n"
        "swc1    $f7, 28(%[eight])\n"
        "lq      $8, 0(%[eight])\n"
        "lq      $9, 16(%[eight])\n"
        "lwc1    $f0, 0(%[x])\n" /* behind the end they are read and not used */
        "psrlw   $8, $8, 9\n"
        "lwc1    $f1, 4(%[x])\n"
        "psrlw   $9, $9, 9\n"
        "lwc1    $f2, 8(%[x])\n"
        "ppach   $8, $9, $8\n"
        "lwc1    $f3, 12(%[x])\n"
        "psubh   $8, $8, $15\n"
        "pref    0, 48(%[codes])\n"
        "sq      $8, -16(%[codes])\n"
        "bne     %[x], %[end], 1b\n"
        "pmaddh  $0, $8, $14\n"
        "pmflo   $8\n"
        "pmfhi   $9\n"
        "paddw   $8, $8, $9\n"
        "pcpyud  $9, $8, $8\n"
        "paddw   $8, $8, $9\n"
        "dsrl32  $9, $8, 0\n"
        "addu    %[sum], $8, $9\n"
        ".set pop\n"
        : [sum] "=&r"(sum), [x] "+&r"(x), [codes] "+&r"(codes)
        : [end] "r"(end), [eight] "r"(eight), [constants] "r"(constants), [inverse] "f"(inverse), [magic] "f"(float_of_bits(0x46C00100))
        : "$8", "$9", "$14", "$15", "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "hi", "lo", "memory");
    return sum;
}

float to_codes(s16 *codes, s32 *sum, const float *x, u32 n, u32 limit) {
    u32 bits = (u32) largest_word(x, n, 0x7FFFFFFFu); /* bits of positive floats are in the order of their values */
    if (bits < 0x00800000u) { /* an exponent of 0 is the number 0 */
        for (u32 i = 0; i < ((n + 7) & ~7u); i += 4) {
            *(u64 *) (void *) (codes + i) = 0;
        }
        *sum = 0;
        return ZERO;
    }
    float largest = float_of_bits(bits);
    *sum = round_to_codes(codes, x, n, f_div(float_of_bits(limit), largest));
    return f_div(largest, float_of_bits(limit));
}

/* sums[g] = -bias times the sum of codes 32g .. 32g + 31. */
static void sum_groups(s32 *sums, const s16 *codes, u32 n, u32 bias) {
    for (u32 g = 0; g < n; g += GROUP_COLUMNS, codes += GROUP_COLUMNS) {
        s32 sum = 0;
        for (u32 i = 0; i < GROUP_COLUMNS; i++) {
            sum += codes[i];
        }
        *sums++ = -(s32) bias * sum;
    }
}

void quantise(activation *a, const float *x, u32 n, u32 bias) {
    s32 sum;
    a->values = x;
    a->step = to_codes(a->codes, &sum, x, n, LIMIT_14_BITS);
    a->correction[0] = -(s32) bias * sum;
    for (u32 i = (n + 7) & ~7u; i < ((n + 63) & ~63u); i += 4) {
        *(u64 *) (void *) (a->codes + i) = 0;
    }
    if (a->group_sums != NULL) {
        sum_groups(a->group_sums, a->codes, n, bias);
    }
}

/* One pair turned: (a cos - b sin, a sin + b cos), the second product of each added to the first in the accumulator. */
static void turn_pair(float *pair, float cosine, float sine) {
    float a = pair[0], b = pair[1], x, y;
    __asm__("mula.s %[a], %[cosine]\n\t"
            "msub.s %[x], %[b], %[sine]\n\t"
            "mula.s %[a], %[sine]\n\t"
            "madd.s %[y], %[b], %[cosine]"
            : [x] "=&f"(x), [y] "=&f"(y)
            : [a] "f"(a), [b] "f"(b), [cosine] "f"(cosine), [sine] "f"(sine));
    pair[0] = x;
    pair[1] = y;
}

/* Four pairs a turn. */
static void turn_fours(float *v, const float *end, const float *cosine, const float *sine) {
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "lwc1    $f0, 0(%[v])\n"
        "lwc1    $f8, 0(%[cosine])\n"
        "lwc1    $f1, 4(%[v])\n"
        "lwc1    $f12, 0(%[sine])\n"
        "mula.s  $f0, $f8\n"
        "lwc1    $f2, 8(%[v])\n"
        "msub.s  $f16, $f1, $f12\n"
        "lwc1    $f9, 4(%[cosine])\n"
        "mula.s  $f0, $f12\n"
        "lwc1    $f3, 12(%[v])\n"
        "madd.s  $f17, $f1, $f8\n"
        "lwc1    $f13, 4(%[sine])\n"
        "mula.s  $f2, $f9\n"
        "lwc1    $f4, 16(%[v])\n"
        "msub.s  $f18, $f3, $f13\n"
        "lwc1    $f10, 8(%[cosine])\n"
        "mula.s  $f2, $f13\n"
        "lwc1    $f5, 20(%[v])\n"
        "madd.s  $f19, $f3, $f9\n"
        "lwc1    $f14, 8(%[sine])\n"
        "mula.s  $f4, $f10\n"
        "lwc1    $f6, 24(%[v])\n"
        "msub.s  $f20, $f5, $f14\n"
        "lwc1    $f11, 12(%[cosine])\n"
        "mula.s  $f4, $f14\n"
        "lwc1    $f7, 28(%[v])\n"
        "madd.s  $f21, $f5, $f10\n"
        "lwc1    $f15, 12(%[sine])\n"
        "mula.s  $f6, $f11\n"
        "swc1    $f16, 0(%[v])\n"
        "msub.s  $f22, $f7, $f15\n"
        "swc1    $f17, 4(%[v])\n"
        "mula.s  $f6, $f15\n"
        "swc1    $f18, 8(%[v])\n"
        "madd.s  $f23, $f7, $f11\n"
        "swc1    $f19, 12(%[v])\n"
        "addiu   %[v], %[v], 32\n"
        "swc1    $f20, -16(%[v])\n"
        "addiu   %[cosine], %[cosine], 16\n"
        "swc1    $f21, -12(%[v])\n"
        "addiu   %[sine], %[sine], 16\n"
        "swc1    $f22, -8(%[v])\n"
        "bne     %[v], %[end], 1b\n"
        "swc1    $f23, -4(%[v])\n"
        ".set pop\n"
        : [v] "+&r"(v), [cosine] "+&r"(cosine), [sine] "+&r"(sine)
        : [end] "r"(end)
        : "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "$f9", "$f10", "$f11", "$f12", "$f13", "$f14", "$f15", "$f16",
          "$f17", "$f18", "$f19", "$f20", "$f21", "$f22", "$f23", "memory");
}

void rope(float *v, u32 heads, u32 head_dim, const float *cosine, const float *sine) {
    u32 fours = head_dim / 8 * 4;
    for (u32 h = 0; h < heads; h++, v += head_dim) {
        if (fours > 0) {
            turn_fours(v, v + 2 * fours, cosine, sine);
        }
        for (u32 i = fours; i < head_dim / 2; i++) {
            turn_pair(v + 2 * i, cosine[i], sine[i]);
        }
    }
}

/* Eight numbers a turn. */
static void scale_eights(float *out, const s32 *x, const s32 *end, float factor) {
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "lwc1    $f0, 0(%[x])\n"
        "lwc1    $f1, 4(%[x])\n"
        "cvt.s.w $f0, $f0\n"
        "lwc1    $f2, 8(%[x])\n"
        "cvt.s.w $f1, $f1\n"
        "lwc1    $f3, 12(%[x])\n"
        "cvt.s.w $f2, $f2\n"
        "lwc1    $f4, 16(%[x])\n"
        "cvt.s.w $f3, $f3\n"
        "lwc1    $f5, 20(%[x])\n"
        "cvt.s.w $f4, $f4\n"
        "lwc1    $f6, 24(%[x])\n"
        "cvt.s.w $f5, $f5\n"
        "lwc1    $f7, 28(%[x])\n"
        "cvt.s.w $f6, $f6\n"
        "cvt.s.w $f7, $f7\n"
        "addiu   %[x], %[x], 32\n"
        "addiu   %[out], %[out], 32\n"
        "mul.s   $f0, $f0, %[factor]\n"
        "mul.s   $f1, $f1, %[factor]\n"
        "mul.s   $f2, $f2, %[factor]\n"
        "mul.s   $f3, $f3, %[factor]\n"
        "mul.s   $f4, $f4, %[factor]\n"
        "swc1    $f0, -32(%[out])\n"
        "mul.s   $f5, $f5, %[factor]\n"
        "swc1    $f1, -28(%[out])\n"
        "mul.s   $f6, $f6, %[factor]\n"
        "swc1    $f2, -24(%[out])\n"
        "mul.s   $f7, $f7, %[factor]\n"
        "swc1    $f3, -20(%[out])\n"
        "swc1    $f4, -16(%[out])\n"
        "swc1    $f5, -12(%[out])\n"
        "swc1    $f6, -8(%[out])\n"
        "bne     %[x], %[end], 1b\n"
        "swc1    $f7, -4(%[out])\n"
        ".set pop\n"
        : [out] "+&r"(out), [x] "+&r"(x)
        : [end] "r"(end), [factor] "f"(factor)
        : "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "memory");
}

void scale_integers(float *out, const s32 *x, u32 n, float factor) {
    u32 eights = n & ~7u;
    if (eights > 0) {
        scale_eights(out, x, x + eights, factor);
    }
    for (u32 i = eights; i < n; i++) {
        out[i] = f_mul(f_of_int(x[i]), factor);
    }
}

void add_to(float *x, const float *y, u32 n) {
    for (u32 i = 0; i < ROOM(n); i += LANES) {
        float s[LANES];
        EACH_LANE(l) s[l] = f_add(x[i + l], y[i + l]);
        EACH_LANE(l) x[i + l] = s[l];
    }
}

/*
 * 2^n * 2^f with n the nearest integer to x * log2 e, and 2^f by a polynomial of degree 5. The sum with 128.5 and 1.5 * 2^23 leaves n + 128 in its low
 * bits, from which 2^n is made as an integer.
 */
void exponentials(float *x, u32 n, float offset) {
    static const u32 polynomial[6] = {0x3AAE0473u, 0x3C1E8629u, 0x3D635B72u, 0x3E75FC8Cu, 0x3F317214u, 0x3F800000u};
    for (u32 i = 0; i < n; i += LANES) {
        float t[LANES], m[LANES], p[LANES];
        EACH_LANE(l) t[l] = f_sub(x[i + l], offset);
        EACH_LANE(l) t[l] = f_min(f_max(t[l], float_of_bits(0xC2AE0000u) /* -87 */), float_of_bits(0x42B00000u) /* 88 */);
        EACH_LANE(l) t[l] = f_mul(t[l], float_of_bits(0x3FB8AA3Bu) /* log2 e */);
        EACH_LANE(l) m[l] = f_add(t[l], float_of_bits(0x43008000u));
        EACH_LANE(l) m[l] = f_add(m[l], float_of_bits(0x4B400000u));
        EACH_LANE(l) t[l] = f_sub(t[l], f_sub(m[l], float_of_bits(0x4B400080u)));
        EACH_LANE(l) p[l] = float_of_bits(polynomial[0]);
        for (u32 k = 1; k < 6; k++) {
            EACH_LANE(l) p[l] = f_mul(p[l], t[l]);
            EACH_LANE(l) p[l] = f_add(p[l], float_of_bits(polynomial[k]));
        }
        EACH_LANE(l) x[i + l] = f_mul(p[l], float_of_bits((bits_of_float(m[l]) << 23) - 0x00800000u));
    }
}

/*
 * Sixteen sums a turn, a line of the cache of each state. States may be 1 KB apart, where few of them fit into the cache together, so each line is
 * used as a whole; the next one comes meanwhile.
 */
void weighted_sum(float *x, const float *states, const float *weights, u32 count, u32 n) {
    const float *stop = x + ROOM(n), *end = weights + count;
    const float *w, *y, *next;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "mtc1    $0, $f0\n"
        "mtc1    $0, $f1\n"
        "mtc1    $0, $f2\n"
        "mtc1    $0, $f3\n"
        "mtc1    $0, $f4\n"
        "mtc1    $0, $f5\n"
        "mtc1    $0, $f6\n"
        "mtc1    $0, $f7\n"
        "mtc1    $0, $f8\n"
        "mtc1    $0, $f9\n"
        "mtc1    $0, $f10\n"
        "mtc1    $0, $f11\n"
        "mtc1    $0, $f12\n"
        "mtc1    $0, $f13\n"
        "mtc1    $0, $f14\n"
        "mtc1    $0, $f15\n"
        "move    %[y], %[states]\n"
        "move    %[w], %[weights]\n"
        "2:\n"
        "lwc1    $f24, 0(%[w])\n"
        "addu    %[next], %[y], %[stride]\n"
        "lwc1    $f16, 0(%[y])\n"
        "pref    0, 0(%[next])\n"
        "lwc1    $f17, 4(%[y])\n"
        "lwc1    $f18, 8(%[y])\n"
        "lwc1    $f19, 12(%[y])\n"
        "mul.s   $f20, $f24, $f16\n"
        "lwc1    $f16, 16(%[y])\n"
        "mul.s   $f21, $f24, $f17\n"
        "lwc1    $f17, 20(%[y])\n"
        "mul.s   $f22, $f24, $f18\n"
        "lwc1    $f18, 24(%[y])\n"
        "mul.s   $f23, $f24, $f19\n"
        "lwc1    $f19, 28(%[y])\n"
        "add.s   $f0, $f0, $f20\n"
        "mul.s   $f20, $f24, $f16\n"
        "lwc1    $f16, 32(%[y])\n"
        "add.s   $f1, $f1, $f21\n"
        "mul.s   $f21, $f24, $f17\n"
        "lwc1    $f17, 36(%[y])\n"
        "add.s   $f2, $f2, $f22\n"
        "mul.s   $f22, $f24, $f18\n"
        "lwc1    $f18, 40(%[y])\n"
        "add.s   $f3, $f3, $f23\n"
        "mul.s   $f23, $f24, $f19\n"
        "lwc1    $f19, 44(%[y])\n"
        "add.s   $f4, $f4, $f20\n"
        "mul.s   $f20, $f24, $f16\n"
        "lwc1    $f16, 48(%[y])\n"
        "add.s   $f5, $f5, $f21\n"
        "mul.s   $f21, $f24, $f17\n"
        "lwc1    $f17, 52(%[y])\n"
        "add.s   $f6, $f6, $f22\n"
        "mul.s   $f22, $f24, $f18\n"
        "lwc1    $f18, 56(%[y])\n"
        "add.s   $f7, $f7, $f23\n"
        "mul.s   $f23, $f24, $f19\n"
        "lwc1    $f19, 60(%[y])\n"
        "add.s   $f8, $f8, $f20\n"
        "mul.s   $f20, $f24, $f16\n"
        "add.s   $f9, $f9, $f21\n"
        "mul.s   $f21, $f24, $f17\n"
        "add.s   $f10, $f10, $f22\n"
        "mul.s   $f22, $f24, $f18\n"
        "add.s   $f11, $f11, $f23\n"
        "mul.s   $f23, $f24, $f19\n"
        "add.s   $f12, $f12, $f20\n"
        "add.s   $f13, $f13, $f21\n"
        "add.s   $f14, $f14, $f22\n"
        "add.s   $f15, $f15, $f23\n"
        "addiu   %[w], %[w], 4\n"
        "bne     %[w], %[end], 2b\n"
        "move    %[y], %[next]\n"
        "swc1    $f0, 0(%[x])\n"
        "swc1    $f1, 4(%[x])\n"
        "swc1    $f2, 8(%[x])\n"
        "swc1    $f3, 12(%[x])\n"
        "swc1    $f4, 16(%[x])\n"
        "swc1    $f5, 20(%[x])\n"
        "swc1    $f6, 24(%[x])\n"
        "swc1    $f7, 28(%[x])\n"
        "swc1    $f8, 32(%[x])\n"
        "swc1    $f9, 36(%[x])\n"
        "swc1    $f10, 40(%[x])\n"
        "swc1    $f11, 44(%[x])\n"
        "swc1    $f12, 48(%[x])\n"
        "swc1    $f13, 52(%[x])\n"
        "swc1    $f14, 56(%[x])\n"
        "swc1    $f15, 60(%[x])\n"
        "addiu   %[x], %[x], 64\n"
        "bne     %[x], %[stop], 1b\n"
        "addiu   %[states], %[states], 64\n"
        ".set pop\n"
        : [x] "+r"(x), [states] "+r"(states), [w] "=&r"(w), [y] "=&r"(y), [next] "=&r"(next)
        : [stop] "r"(stop), [end] "r"(end), [weights] "r"(weights), [stride] "r"(ROOM(n) * 4)
        : "$f0", "$f1", "$f2", "$f3", "$f4", "$f5", "$f6", "$f7", "$f8", "$f9", "$f10", "$f11", "$f12", "$f13", "$f14", "$f15", "$f16", "$f17", "$f18", "$f19", "$f20", "$f21", "$f22", "$f23", "$f24", "memory");
}
