#include "eight_sums.h"

/* The low byte of each halfword. */
static const u16 mask[8] __attribute__((aligned(16))) = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/*
 * A turn: two rows of eight products. PMADDH keeps the multiplier for two cycles; beside it fit the instruction that takes the next codes out of their
 * bytes, and loads for the turn behind. Codes are in `w`, factors in `xa` and `xb`; the next ones go to `wn`, `xan` and `xbn`.
 */
#define LOW_ROW(w, xa, wn, xbn, code_at, x_at)                                                                                      \
    "pand    $14, " w ", $3\n"                                                                                                       \
    "lq      " xbn ", 48 + " x_at "(%[x])\n"                                                                                         \
    "pmaddh  $0, $14, " xa "\n"                                                                                                      \
    "lq      " wn ", 16 + " code_at "(%[codes])\n"
#define HIGH_ROW(w, xb, xan, x_at)                                                                                                  \
    "psrlh   $15, " w ", 8\n"                                                                                                        \
    "lq      " xan ", 32 + " x_at "(%[x])\n"                                                                                         \
    "pmaddh  $0, $15, " xb "\n"

void eight_sums(
    s32 *sums, u32 groups, const s32 *begin, u32 begin_bytes, const u8 *codes, u32 group_bytes, const quadword *x, u32 turns) {
    const s32 *end = sums + 8 * groups;
    const quadword *first = x, *stop = x + 2 * turns;
    u32 skip = group_bytes - turns * 16;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "lq      $3, 0(%[mask])\n"
        "lq      $8, 0(%[codes])\n"
        "lq      $10, 0(%[x])\n"
        "lq      $11, 16(%[x])\n"
        "lq      $24, 0(%[begin])\n"
        "lq      $25, 16(%[begin])\n"
        "pref    0, 0(%[sums])\n"
        "pcpyld  $15, $25, $24\n"
        "pcpyud  $24, $24, $25\n"
        "pmtlo   $15\n"
        "pmthi   $24\n"
        "1:\n"
        "2:\n"
        LOW_ROW("$8", "$10", "$9", "$13", "0", "0")
        HIGH_ROW("$8", "$11", "$12", "0")
        LOW_ROW("$9", "$12", "$8", "$11", "16", "32")
        HIGH_ROW("$9", "$13", "$10", "32")
        LOW_ROW("$8", "$10", "$9", "$13", "32", "64")
        HIGH_ROW("$8", "$11", "$12", "64")
        LOW_ROW("$9", "$12", "$8", "$11", "48", "96")
        "addiu   %[x], %[x], 128\n"
        "lq      $10, 0(%[x])\n"
        "addiu   %[codes], %[codes], 64\n"
        "psrlh   $15, $9, 8\n"
        "bne     %[x], %[stop], 2b\n"
        "pmaddh  $0, $15, $13\n"
        "addu    %[codes], %[codes], %[skip]\n"
        "move    %[x], %[first]\n"
        "lq      $8, 0(%[codes])\n" /* of the next group; behind the last one they are read and not used */
        "addu    %[begin], %[begin], %[begin_bytes]\n"
        "lq      $10, 0(%[x])\n"
        "addiu   %[sums], %[sums], 32\n"
        "lq      $11, 16(%[x])\n"
        "pmflo   $14\n"
        "lq      $24, 0(%[begin])\n"
        "pmfhi   $15\n"
        "lq      $25, 16(%[begin])\n"
        "pcpyld  $2, $15, $14\n"
        "pref    0, 32(%[sums])\n"
        "pcpyud  $14, $14, $15\n"
        "sq      $2, -32(%[sums])\n"
        "pcpyld  $15, $25, $24\n"
        "sq      $14, -16(%[sums])\n"
        "pcpyud  $24, $24, $25\n"
        "pmtlo   $15\n"
        "bne     %[sums], %[end], 1b\n"
        "pmthi   $24\n"
        ".set pop\n"
        : [sums] "+&r"(sums), [begin] "+&r"(begin), [codes] "+&r"(codes), [x] "+&r"(x)
        : [end] "r"(end), [stop] "r"(stop), [first] "r"(first), [skip] "r"(skip), [begin_bytes] "r"(begin_bytes), [mask] "r"(mask)
        : "$2", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "hi", "lo", "memory");
}

static const u16 bias[8] __attribute__((aligned(16))) = {
    CODE_BIAS, CODE_BIAS, CODE_BIAS, CODE_BIAS, CODE_BIAS, CODE_BIAS, CODE_BIAS, CODE_BIAS};

void store_lane(u8 *to, const s16 *codes, u32 n) {
    const s16 *end = codes + n;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "lq      $9, 0(%[bias])\n"
        "1:\n"
        "lq      $8, 0(%[codes])\n"
        "addiu   %[codes], %[codes], 16\n"
        "addiu   %[to], %[to], 64\n"
        "paddh   $8, $8, $9\n"
        "ppacb   $8, $0, $8\n"
        "sh      $8, -64(%[to])\n"
        "dsrl    $8, $8, 16\n"
        "sh      $8, -48(%[to])\n"
        "dsrl    $8, $8, 16\n"
        "sh      $8, -32(%[to])\n"
        "dsrl    $8, $8, 16\n"
        "bne     %[codes], %[end], 1b\n"
        "sh      $8, -16(%[to])\n"
        ".set pop\n"
        : [to] "+&r"(to), [codes] "+&r"(codes)
        : [end] "r"(end), [bias] "r"(bias)
        : "$8", "$9", "memory");
}

void store_row(u8 *to, u32 group_bytes, const s16 *codes, u32 n, int high) {
    const s16 *end = codes + n;
    if (!high) {
        __asm__ volatile(
            ".set push\n"
            ".set noreorder\n"
            "lq      $9, 0(%[bias])\n"
            "1:\n"
            "lq      $8, 0(%[codes])\n"
            "addiu   %[codes], %[codes], 16\n"
            "paddh   $8, $8, $9\n"
            "sq      $8, 0(%[to])\n"
            "bne     %[codes], %[end], 1b\n"
            "addu    %[to], %[to], %[group_bytes]\n"
            ".set pop\n"
            : [to] "+&r"(to), [codes] "+&r"(codes)
            : [end] "r"(end), [bias] "r"(bias), [group_bytes] "r"(group_bytes)
            : "$8", "$9", "memory");
        return;
    }
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "lq      $9, 0(%[bias])\n"
        "lq      $11, 0(%[mask])\n"
        "1:\n"
        "lq      $10, 0(%[to])\n"
        "lq      $8, 0(%[codes])\n"
        "addiu   %[codes], %[codes], 16\n"
        "paddh   $8, $8, $9\n"
        "pand    $10, $10, $11\n"
        "psllh   $8, $8, 8\n"
        "por     $8, $8, $10\n"
        "sq      $8, 0(%[to])\n"
        "bne     %[codes], %[end], 1b\n"
        "addu    %[to], %[to], %[group_bytes]\n"
        ".set pop\n"
        : [to] "+&r"(to), [codes] "+&r"(codes)
        : [end] "r"(end), [bias] "r"(bias), [mask] "r"(mask), [group_bytes] "r"(group_bytes)
        : "$8", "$9", "$10", "$11", "memory");
}

/* Four pairs of halfwords in the words of `from` become four quadwords. */
#define SPREAD_PAIRS(from, at)                                                                                                      \
    "pextlw  $12, " from ", " from "\n"                                                                                              \
    "pextuw  $13, " from ", " from "\n"                                                                                              \
    "pcpyld  $14, $12, $12\n"                                                                                                        \
    "sq      $14, " at "(%[to])\n"                                                                                                   \
    "pcpyud  $15, $12, $12\n"                                                                                                        \
    "sq      $15, 16 + " at "(%[to])\n"                                                                                              \
    "pcpyld  $14, $13, $13\n"                                                                                                        \
    "sq      $14, 32 + " at "(%[to])\n"                                                                                              \
    "pcpyud  $15, $13, $13\n"                                                                                                        \
    "sq      $15, 48 + " at "(%[to])\n"

void spread_codes(quadword *to, const s16 *codes, u32 n) {
    const s16 *end = codes + n;
    __asm__ volatile(
        ".set push\n"
        ".set noreorder\n"
        "1:\n"
        "lq      $8, 0(%[codes])\n"
        "addiu   %[codes], %[codes], 16\n"
        "pextlh  $9, $8, $8\n"
        "pextuh  $10, $8, $8\n"
        SPREAD_PAIRS("$9", "0")
        SPREAD_PAIRS("$10", "64")
        "bne     %[codes], %[end], 1b\n"
        "addiu   %[to], %[to], 128\n"
        ".set pop\n"
        : [to] "+&r"(to), [codes] "+&r"(codes)
        : [end] "r"(end)
        : "$8", "$9", "$10", "$12", "$13", "$14", "$15", "memory");
}
