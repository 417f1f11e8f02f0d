#include "kernels.h"
#include "ee_float.h"
#include "functions.h"

void rmsnorm(float *out, const float *x, const float *weight, u32 n, float epsilon) {
    float squares = ZERO;
    for (u32 i = 0; i < n; i++) {
        squares = f_add(squares, f_mul(x[i], x[i]));
    }
    float mean = f_div(squares, f_of_int((s32) n));
    float r = f_div(ONE, f_sqrt(f_add(mean, epsilon)));
    for (u32 i = 0; i < n; i++) {
        out[i] = f_mul(f_mul(x[i], r), weight[i]);
    }
}

/* Sixteen codes a turn: PPACH takes the lower halfwords of eight words, which are the even columns; shifted down, the odd ones. */
static void part(s16 *codes, u32 n) {
    s16 *end = codes + ((n + 15) & ~15u);
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "lq      $8, 0(%[codes])\n"
        "lq      $9, 16(%[codes])\n"
        "addiu   %[codes], %[codes], 32\n"
        "ppach   $10, $9, $8\n"
        "psrlw   $8, $8, 16\n"
        "psrlw   $9, $9, 16\n"
        "ppach   $11, $9, $8\n"
        "sq      $10, -32(%[codes])\n"
        "bne     %[codes], %[end], 1b\n"
        "sq      $11, -16(%[codes])\n"
        ".set pop\n"
        : [codes] "+r"(codes)
        : [end] "r"(end)
        : "$8", "$9", "$10", "$11", "memory");
}

void quantise(activation *a, const float *x, u32 n) {
    const float limit = float_of_bits(0x45FFF800); /* 8191 */
    float largest = ZERO;
    a->values = x;
    for (u32 i = 0; i < n; i++) {
        float magnitude = f_abs(x[i]);
        if (f_less(largest, magnitude)) {
            largest = magnitude;
        }
    }
    for (u32 i = n; i < ((n + 31) & ~31u); i++) {
        a->codes[i] = 0;
    }
    if (f_less_or_equal(largest, ZERO)) {
        a->step = ZERO;
        for (u32 i = 0; i < n; i++) {
            a->codes[i] = 0;
        }
        return;
    }
    float inverse = f_div(limit, largest);
    a->step = f_div(largest, limit);
    for (u32 i = 0; i < n; i++) {
        s32 code = f_to_int(f_add(f_mul(x[i], inverse), f_less(x[i], ZERO) ? MINUS_HALF : HALF));
        if (code > ACTIVATION_MAXIMUM) {
            code = ACTIVATION_MAXIMUM;
        } else if (code < -ACTIVATION_MAXIMUM) {
            code = -ACTIVATION_MAXIMUM;
        }
        a->codes[i] = (s16) code;
    }
    if (a->parted) {
        part(a->codes, n);
    }
}

/*
 * Sixteen products a turn. A halfword has the code of an odd column above that of an even one: PSRAH takes the one with its sign,
 * after PSLLH the other. PMADDH adds eight products to the eight words of HI and LO. Rows are padded to whole turns, and q is zero
 * in the padding.
 */
static s32 dot_q8(const u8 *codes, const s16 *q, u32 n) {
    const u8 *end = codes + ((n + 15) & ~15u);
    s32 sum;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "pmtlo   $0\n"
        "pmthi   $0\n"
        "1:\n"
        "lq      $8, 0(%[codes])\n"
        "addiu   %[codes], %[codes], 16\n"
        "lq      $9, 0(%[q])\n"
        "psllh   $10, $8, 8\n"
        "lq      $11, 16(%[q])\n"
        "psrah   $8, $8, 8\n"
        "psrah   $10, $10, 8\n"
        "addiu   %[q], %[q], 32\n"
        "pmaddh  $0, $8, $11\n"
        "bne     %[codes], %[end], 1b\n"
        "pmaddh  $0, $10, $9\n"
        "pmflo   $8\n"
        "pmfhi   $9\n"
        "paddw   $8, $8, $9\n"
        "pcpyud  $9, $8, $8\n"
        "paddw   $8, $8, $9\n"
        "dsrl32  $9, $8, 0\n"
        "addu    %[sum], $8, $9\n"
        ".set pop\n"
        : [sum] "=r"(sum), [codes] "+r"(codes), [q] "+r"(q)
        : [end] "r"(end)
        : "$8", "$9", "$10", "$11", "hi", "lo", "memory");
    return sum;
}

/* Codes are stored plus 8, the left one in the low four bits. */
static s32 dot_q4(const u8 *codes, const s16 *q, u32 n) {
    s32 even = 0, odd = 0;
    for (; n >= 2; n -= 2, codes++, q += 2) {
        even += ((s32) (*codes & 15) - 8) * q[0];
        odd += ((s32) (*codes >> 4) - 8) * q[1];
    }
    if (n > 0) {
        even += ((s32) (*codes & 15) - 8) * q[0];
    }
    return even + odd;
}

/* Two bits a code, lowest first: 0 = 0, 1 = +1, 2 = -1. */
static s32 dot_ternary(const u8 *codes, const s16 *q, u32 n) {
    static const s8 value[4] = {0, 1, -1, 0};
    s32 sum = 0;
    for (; n >= 4; n -= 4, codes++, q += 4) {
        u32 c = *codes;
        sum += value[c & 3] * q[0] + value[c >> 2 & 3] * q[1] + value[c >> 4 & 3] * q[2] + value[c >> 6] * q[3];
    }
    for (u32 shift = 0; n > 0; n--, shift += 2) {
        sum += value[*codes >> shift & 3] * *q++;
    }
    return sum;
}

static float dot_grouped(const u8 *codes, const float *scales, const s16 *q, u32 n) {
    float sum = ZERO;
    while (n > 0) {
        u32 group = n < GROUP_COLUMNS ? n : GROUP_COLUMNS;
        sum = f_add(sum, f_mul(f_of_int(dot_q4(codes, q, group)), *scales++));
        codes += GROUP_COLUMNS / 2;
        q += GROUP_COLUMNS;
        n -= group;
    }
    return sum;
}

static float dot_float(const float *w, const float *x, u32 n) {
    float sum = ZERO;
    for (u32 i = 0; i < n; i++) {
        sum = f_add(sum, f_mul(w[i], x[i]));
    }
    return sum;
}

void multiply(float *out, const matrix *m, u32 first, u32 count, const activation *a) {
    const u8 *row = m->codes;
    u32 groups = (m->columns + GROUP_COLUMNS - 1) / GROUP_COLUMNS;
    for (u32 r = first; r < first + count; r++, row += m->stride) {
        s32 sum = 0;
        switch (m->encoding) {
        case ENCODING_Q8:
            sum = dot_q8(row, a->codes, m->columns);
            break;
        case ENCODING_Q4:
            if (m->grouped) {
                out[r] = f_mul(dot_grouped(row, m->scales + r * groups, a->codes, m->columns), a->step);
                continue;
            }
            sum = dot_q4(row, a->codes, m->columns);
            break;
        case ENCODING_TERNARY:
            sum = dot_ternary(row, a->codes, m->columns);
            break;
        default:
            out[r] = dot_float((const float *) (const void *) row, a->values, m->columns);
            continue;
        }
        out[r] = f_mul(f_of_int(sum), f_mul(m->scales[r], a->step));
    }
}

void dequantise_row(float *out, const matrix *m, u32 row, const u8 *codes) {
    static const s8 ternary[4] = {0, 1, -1, 0};
    for (u32 i = 0; i < m->columns; i++) {
        s32 code;
        switch (m->encoding) {
        case ENCODING_Q8:
            code = (s8) codes[i];
            break;
        case ENCODING_Q4:
            code = (s32) (codes[i / 2] >> (i % 2 * 4) & 15) - 8;
            break;
        case ENCODING_TERNARY:
            code = ternary[codes[i / 4] >> (i % 4 * 2) & 3];
            break;
        default:
            out[i] = ((const float *) (const void *) codes)[i];
            continue;
        }
        out[i] = f_mul(f_of_int(code), m->scales[row]);
    }
}

void rope(float *v, u32 heads, u32 head_dim, const float *cosine, const float *sine) {
    for (u32 h = 0; h < heads; h++) {
        for (u32 i = 0; i < head_dim / 2; i++) {
            float a = v[2 * i], b = v[2 * i + 1];
            v[2 * i] = f_sub(f_mul(a, cosine[i]), f_mul(b, sine[i]));
            v[2 * i + 1] = f_add(f_mul(a, sine[i]), f_mul(b, cosine[i]));
        }
        v += head_dim;
    }
}

void attention_head(float *out, const float *q, const float *keys, const float *values, u32 positions, u32 row, u32 head_dim, float scale, float *scores) {
    float largest = ZERO;
    for (u32 t = 0; t < positions; t++) {
        const float *key = keys + t * row;
        float sum = ZERO;
        for (u32 d = 0; d < head_dim; d++) {
            sum = f_add(sum, f_mul(q[d], key[d]));
        }
        scores[t] = f_mul(sum, scale);
        if (t == 0 || f_less(largest, scores[t])) {
            largest = scores[t];
        }
    }
    float total = ZERO;
    for (u32 t = 0; t < positions; t++) {
        scores[t] = exponential(f_sub(scores[t], largest));
        total = f_add(total, scores[t]);
    }
    float inverse = f_div(ONE, total);
    for (u32 d = 0; d < head_dim; d++) {
        out[d] = ZERO;
    }
    for (u32 t = 0; t < positions; t++) {
        const float *value = values + t * row;
        float p = f_mul(scores[t], inverse);
        for (u32 d = 0; d < head_dim; d++) {
            out[d] = f_add(out[d], f_mul(p, value[d]));
        }
    }
}

void add_to(float *x, const float *y, u32 n) {
    for (u32 i = 0; i < n; i++) {
        x[i] = f_add(x[i], y[i]);
    }
}

void swiglu(float *g, const float *u, u32 n) {
    for (u32 i = 0; i < n; i++) {
        g[i] = f_mul(silu(g[i]), u[i]);
    }
}

void weighted_sum(float *x, const float *states, const float *weights, u32 count, u32 n) {
    for (u32 i = 0; i < n; i++) {
        float sum = ZERO;
        for (u32 j = 0; j < count; j++) {
            sum = f_add(sum, f_mul(weights[j], states[j * n + i]));
        }
        x[i] = sum;
    }
}
