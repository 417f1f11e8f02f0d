#include "kernels.h"

enum { ROWS = 720, COLUMNS = 256, NODES = 512, TEXT = 8192, NUMBERS = 2048, SHAPES = 256, CRC_BYTES = 2048 };

static s8 weights[ROWS * COLUMNS] __attribute__((aligned(16)));
static s8 inputs[COLUMNS] __attribute__((aligned(16)));
static s32 sums[ROWS];
static float float_weights[ROWS * COLUMNS];
static float float_inputs[COLUMNS];
static float float_sums[ROWS];

static u32 seed;

static u32 next_random(void) {
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

static u32 mix(u32 checksum, u32 value) {
    return checksum * 31 + value;
}

/* ---- matrix times vector ---- */

/* A number of magnitude below 0.5 with all 24 bits of its significand in use, as trained weights have. */
static float next_float(void) {
    union {
        u32 bits;
        float value;
    } number;
    u32 random = next_random();
    number.bits = (random & 1) << 31 | (122 + (random >> 1 & 3)) << 23 | (next_random() & 0x7FFFFF);
    return number.value;
}

__attribute__((noinline)) static void multiply_bytes(const s8 *matrix, const s8 *vector, s32 *out) {
    for (int row = 0; row < ROWS; row++) {
        s32 sum = 0;
        for (int column = 0; column < COLUMNS; column++) {
            sum += matrix[column] * vector[column];
        }
        out[row] = sum;
        matrix += COLUMNS;
    }
}

static u32 checksum_of_sums(void) {
    u32 checksum = 0;
    for (int row = 0; row < ROWS; row++) {
        checksum = mix(checksum, (u32) sums[row]);
    }
    return checksum;
}

static u32 int8_matvec_c(void) {
    multiply_bytes(weights, inputs, sums);
    return checksum_of_sums();
}

#ifdef HOST
/* The host has no MMI: the plain C stands beside it. */
static u32 int8_matvec_mmi(void) {
    return int8_matvec_c();
}
#else
/* Sixteen products for each turn: bytes widened to halfwords, eight products to words in HI and LO at once. */
__attribute__((noinline)) static void multiply_bytes_mmi(const s8 *matrix, const s8 *vector, s32 *out) {
    for (int row = 0; row < ROWS; row++) {
        const s8 *weight = matrix;
        const s8 *input = vector;
        const s8 *end = matrix + COLUMNS;
        s32 sum;
        __asm__ volatile(
                ".set push\n"
                ".set noreorder\n"
                "pmtlo    $0\n"
                "pmthi    $0\n"
                "1:\n"
                "lq       $8, 0(%[weight])\n"
                "lq       $9, 0(%[input])\n"
                "pextlb   $10, $8, $8\n"
                "pextlb   $11, $9, $9\n"
                "pextub   $12, $8, $8\n"
                "pextub   $13, $9, $9\n"
                "psrah    $10, $10, 8\n"
                "psrah    $11, $11, 8\n"
                "psrah    $12, $12, 8\n"
                "psrah    $13, $13, 8\n"
                "pmaddh   $0, $10, $11\n"
                "addiu    %[weight], %[weight], 16\n"
                "pmaddh   $0, $12, $13\n"
                "bne      %[weight], %[end], 1b\n"
                "addiu    %[input], %[input], 16\n"
                "pmflo    $8\n"
                "pmfhi    $9\n"
                "paddw    $8, $8, $9\n"
                "pcpyud   $9, $8, $8\n"
                "paddw    $8, $8, $9\n"
                "dsrl32   $9, $8, 0\n"
                "addu     %[sum], $8, $9\n"
                ".set pop\n"
                : [sum] "=r"(sum), [weight] "+r"(weight), [input] "+r"(input)
                : [end] "r"(end)
                : "$8", "$9", "$10", "$11", "$12", "$13", "hi", "lo", "memory");
        out[row] = sum;
        matrix += COLUMNS;
    }
}

static u32 int8_matvec_mmi(void) {
    multiply_bytes_mmi(weights, inputs, sums);
    return checksum_of_sums();
}
#endif

__attribute__((noinline)) static void multiply_floats(const float *matrix, const float *vector, float *out) {
    for (int row = 0; row < ROWS; row++) {
        float sum = 0;
        for (int column = 0; column < COLUMNS; column++) {
            sum += matrix[column] * vector[column];
        }
        out[row] = sum;
        matrix += COLUMNS;
    }
}

static u32 float32_matvec(void) {
    multiply_floats(float_weights, float_inputs, float_sums);
    u32 checksum = 0;
    for (int row = 0; row < ROWS; row++) {
        union {
            float value;
            u32 bits;
        } number = {float_sums[row]};
        checksum = mix(checksum, number.bits);
    }
    return checksum;
}

/* ---- matrix times vector in the scratchpad ---- */

/*
 * Rows come by DMA into one half of a double buffer while those in the other are multiplied. The codes of even columns are stored with
 * 128 added, so that PAND widens them; the vector's even and odd columns lie apart, as halfwords.
 */
enum { CHUNK_ROWS = 20, CHUNK = CHUNK_ROWS * COLUMNS, CHUNKS = ROWS / CHUNK_ROWS };
enum { BUFFER_BYTES = 0x1800, EVEN = 0x3000, ODD = EVEN + COLUMNS, SUMS = ODD + COLUMNS };

static float row_scales[ROWS];

#ifdef HOST
static u8 pad[0x4000] __attribute__((aligned(16)));

static void bring(const s8 *from, u32 to) {
    for (int i = 0; i < CHUNK; i++) {
        pad[to + i] = (u8) from[i];
    }
}

static void wait_for_rows(void) {}

static void multiply_four(const u8 *rows, s32 *out) {
    const s16 *even = (const s16 *) (pad + EVEN);
    const s16 *odd = (const s16 *) (pad + ODD);
    for (int row = 0; row < 4; row++, rows += COLUMNS) {
        s32 sum = 0;
        for (int i = 0; i < COLUMNS / 2; i++) {
            sum += rows[2 * i] * even[i] + (s8) rows[2 * i + 1] * odd[i];
        }
        out[row] = sum;
    }
}
#else
#define D9_CHCR (*(volatile u32 *) 0x1000D400)
#define D9_MADR (*(volatile u32 *) 0x1000D410)
#define D9_QWC (*(volatile u32 *) 0x1000D420)
#define D9_SADR (*(volatile u32 *) 0x1000D480)

enum { STR = 0x100 };

static u8 *const pad = (u8 *) 0x70000000;

static void bring(const s8 *from, u32 to) {
    D9_MADR = (u32) from;
    D9_SADR = to;
    D9_QWC = CHUNK / 16;
    D9_CHCR = STR;
}

static void wait_for_rows(void) {
    while (D9_CHCR & STR) {
    }
}

#define SIXTEEN(offset)                                                                                                          \
    "lq       $8, " offset "(%[rows])\n"                                                                                         \
    "lq       $10, " offset "(%[even])\n"                                                                                        \
    "lq       $11, " offset "(%[odd])\n"                                                                                         \
    "psrah    $9, $8, 8\n"                                                                                                       \
    "pand     $8, $8, %[mask]\n"                                                                                                 \
    "pmaddh   $0, $9, $11\n"                                                                                                     \
    "pmaddh   $0, $8, $10\n"

#define ROW(sum)                                                                                                                 \
    "pmtlo    $0\n"                                                                                                              \
    "pmthi    $0\n"                                                                                                              \
    "1:\n" SIXTEEN("0") SIXTEEN("16") SIXTEEN("32") SIXTEEN("48")                                                                \
    "addiu    %[rows], %[rows], 64\n"                                                                                            \
    "addiu    %[even], %[even], 64\n"                                                                                            \
    "bne      %[even], %[end], 1b\n"                                                                                             \
    "addiu    %[odd], %[odd], 64\n"                                                                                              \
    "addiu    %[even], %[even], -256\n"                                                                                          \
    "addiu    %[odd], %[odd], -256\n"                                                                                            \
    "pmflo    " sum "\n"                                                                                                         \
    "pmfhi    $8\n"                                                                                                              \
    "paddw    " sum ", " sum ", $8\n"

/* Four sums of eight partial ones each: by words, then across. */
__attribute__((noinline)) static void multiply_four(const u8 *rows, s32 *out) {
    const u8 *even = pad + EVEN;
    const u8 *odd = pad + ODD;
    const u8 *end = pad + ODD;
    u32 mask;
    __asm__ volatile(
            ".set push\n"
            ".set noreorder\n"
            "li       %[mask], 0x00FF00FF\n"
            "pextlw   %[mask], %[mask], %[mask]\n"
            "pcpyld   %[mask], %[mask], %[mask]\n" ROW("$12") ROW("$13") ROW("$14") ROW("$15")
            "pextlw   $8, $13, $12\n"
            "pextuw   $9, $13, $12\n"
            "paddw    $8, $8, $9\n"
            "pextlw   $10, $15, $14\n"
            "pextuw   $11, $15, $14\n"
            "paddw    $10, $10, $11\n"
            "pcpyld   $9, $10, $8\n"
            "pcpyud   $11, $8, $10\n"
            "paddw    $8, $9, $11\n"
            "sq       $8, 0(%[out])\n"
            ".set pop\n"
            : [mask] "=&r"(mask), [rows] "+&r"(rows), [even] "+&r"(even), [odd] "+&r"(odd)
            : [end] "r"(end), [out] "r"(out)
            : "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "hi", "lo", "memory");
}
#endif

__attribute__((noinline)) static u32 multiply_chunk(const u8 *rows, const float *scales, float *out, s32 correction) {
    s32 *four = (s32 *) (pad + SUMS);
    u32 checksum = 0;
    for (int row = 0; row < CHUNK_ROWS; row += 4) {
        multiply_four(rows + row * COLUMNS, four);
        for (int i = 0; i < 4; i++) {
            s32 sum = four[i] - correction;
            out[row + i] = (float) sum * scales[row + i];
            checksum = mix(checksum, (u32) sum);
        }
    }
    return checksum;
}

static u32 scratchpad_matvec(void) {
    s16 *even = (s16 *) (pad + EVEN);
    s16 *odd = (s16 *) (pad + ODD);
    s32 correction = 0;
    u32 checksum = 0;
    bring(weights, 0);
    for (int i = 0; i < COLUMNS / 2; i++) {
        even[i] = inputs[2 * i];
        odd[i] = inputs[2 * i + 1];
        correction += 128 * even[i];
    }
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
        u32 buffer = chunk & 1 ? BUFFER_BYTES : 0;
        wait_for_rows();
        if (chunk + 1 < CHUNKS) {
            bring(weights + (chunk + 1) * CHUNK, BUFFER_BYTES - buffer);
        }
        int first = chunk * CHUNK_ROWS;
        checksum ^= multiply_chunk(pad + buffer, row_scales + first, float_sums + first, correction);
    }
    return checksum;
}

/* ---- sorting: a linked list by merging, an array by quicksort ---- */

typedef struct node {
    struct node *next;
    u16 key;
    u16 index;
} node;

static node nodes[NODES];
static s32 numbers[NUMBERS];

__attribute__((noinline)) static int before(const node *a, const node *b) {
    return a->key <= b->key;
}

static node *merge(node *a, node *b) {
    node head;
    node *last = &head;
    while (a != 0 && b != 0) {
        if (before(a, b)) {
            last->next = a;
            a = a->next;
        } else {
            last->next = b;
            b = b->next;
        }
        last = last->next;
    }
    last->next = a != 0 ? a : b;
    return head.next;
}

/* Sorts the first `count` nodes of a list and cuts them off. */
__attribute__((noinline)) static node *sort_list(node *list, int count) {
    if (count == 1) {
        list->next = 0;
        return list;
    }
    int half = count / 2;
    node *middle = list;
    for (int i = 0; i < half; i++) {
        middle = middle->next;
    }
    node *right = sort_list(middle, count - half);
    return merge(sort_list(list, half), right);
}

__attribute__((noinline)) static void sort_numbers(s32 *array, int low, int high) {
    while (low < high) {
        s32 pivot = array[(low + high) >> 1];
        int i = low;
        int j = high;
        while (i <= j) {
            while (array[i] < pivot) {
                i++;
            }
            while (array[j] > pivot) {
                j--;
            }
            if (i <= j) {
                s32 swapped = array[i];
                array[i++] = array[j];
                array[j--] = swapped;
            }
        }
        if (j - low < high - i) {
            sort_numbers(array, low, j);
            low = i;
        } else {
            sort_numbers(array, i, high);
            high = j;
        }
    }
}

static node *sorted_nodes(void) {
    seed = 99;
    for (int i = 0; i < NODES; i++) {
        nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : 0;
        nodes[i].key = (u16) next_random();
        nodes[i].index = (u16) i;
    }
    return sort_list(nodes, NODES);
}

static u32 sort(void) {
    u32 checksum = 0;
    for (const node *n = sorted_nodes(); n != 0; n = n->next) {
        checksum = mix(checksum, n->index);
    }
    seed = 33;
    for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = (s32) next_random() - (1 << 23);
    }
    sort_numbers(numbers, 0, NUMBERS - 1);
    for (int i = 0; i < NUMBERS; i++) {
        checksum = mix(checksum, (u32) numbers[i]);
    }
    return checksum;
}

/* ---- CRC-16, bit by bit ---- */

__attribute__((noinline)) static u32 crc_byte(u32 crc, u8 byte) {
    crc ^= byte;
    for (int bit = 0; bit < 8; bit++) {
        if (crc & 1) {
            crc = crc >> 1 ^ 0xA001;
        } else {
            crc >>= 1;
        }
    }
    return crc;
}

static u32 crc(void) {
    u32 value = 0xFFFF;
    for (int i = 0; i < CRC_BYTES; i++) {
        value = crc_byte(value, (u8) (i * 7));
    }
    return value;
}

/* ---- a text of numbers, its states, its compression ---- */

static u8 text[TEXT];
static u8 packed[2 * TEXT];
static u8 unpacked[TEXT];
static u16 places[4096];

static void write_text(void) {
    static const u8 letters[16] = "0123456789+-.eE,";
    seed = 55;
    for (int i = 0; i < TEXT;) {
        u32 random = next_random();
        if ((random & 7) == 0 && i > 64) {
            int length = 4 + (int) (random >> 3 & 31);
            int distance = 1 + (int) (random >> 8 & 63);
            for (; length > 0 && i < TEXT; length--, i++) {
                text[i] = text[i - distance];
            }
        } else {
            text[i++] = letters[random >> 4 & 15];
        }
    }
}

enum { START, DIGITS, SIGNED, POINT, EXPONENT, EXPONENT_SIGNED, EXPONENT_DIGITS, INVALID, STATES };

static int is_digit(u8 c) {
    return c >= '0' && c <= '9';
}

static int after_comma(u8 c) {
    return c == ',' ? START : INVALID;
}

__attribute__((noinline)) static u32 count_states(const u8 *at, const u8 *end) {
    u32 counts[STATES] = {0};
    int state = START;
    for (; at < end; at++) {
        u8 c = *at;
        switch (state) {
            case START:
                state = is_digit(c) ? DIGITS : c == '+' || c == '-' ? SIGNED : c == '.' ? POINT : after_comma(c);
                break;
            case DIGITS:
                state = is_digit(c) ? DIGITS : c == '.' ? POINT : c == 'e' || c == 'E' ? EXPONENT : after_comma(c);
                break;
            case SIGNED:
                state = is_digit(c) ? DIGITS : c == '.' ? POINT : after_comma(c);
                break;
            case POINT:
                state = is_digit(c) ? POINT : c == 'e' || c == 'E' ? EXPONENT : after_comma(c);
                break;
            case EXPONENT:
                state = is_digit(c) ? EXPONENT_DIGITS : c == '+' || c == '-' ? EXPONENT_SIGNED : after_comma(c);
                break;
            case EXPONENT_SIGNED:
            case EXPONENT_DIGITS:
                state = is_digit(c) ? EXPONENT_DIGITS : after_comma(c);
                break;
            default:
                state = after_comma(c);
        }
        counts[state]++;
    }
    u32 checksum = 0;
    for (int i = 0; i < STATES; i++) {
        checksum = mix(checksum, counts[i]);
    }
    return checksum;
}

/* Literal bytes below 128; a match is 128 + length - 4, then its distance in two bytes. */
__attribute__((noinline)) static int pack(const u8 *in, int length, u8 *out) {
    int o = 0;
    int i = 0;
    for (int place = 0; place < 4096; place++) {
        places[place] = 0xFFFF;
    }
    while (i < length) {
        int match = 0;
        int distance = 0;
        if (i + 3 < length) {
            u32 hash = ((u32) in[i] | (u32) in[i + 1] << 8 | (u32) in[i + 2] << 16) * 2654435761u >> 20;
            int candidate = places[hash];
            places[hash] = (u16) i;
            if (candidate != 0xFFFF) {
                while (i + match < length && match < 66 && in[candidate + match] == in[i + match]) {
                    match++;
                }
                distance = i - candidate;
            }
        }
        if (match >= 4) {
            out[o++] = (u8) (0x80 | (match - 4));
            out[o++] = (u8) distance;
            out[o++] = (u8) (distance >> 8);
            i += match;
        } else {
            out[o++] = in[i++];
        }
    }
    return o;
}

__attribute__((noinline)) static int unpack(const u8 *in, int length, u8 *out) {
    int o = 0;
    for (int i = 0; i < length;) {
        u8 c = in[i++];
        if (c & 0x80) {
            int distance = in[i] | in[i + 1] << 8;
            i += 2;
            for (int match = (c & 0x7F) + 4; match > 0; match--, o++) {
                out[o] = out[o - distance];
            }
        } else {
            out[o++] = c;
        }
    }
    return o;
}

static u32 lz(void) {
    int length = pack(text, TEXT, packed);
    int restored = unpack(packed, length, unpacked);
    u32 checksum = mix((u32) length, (u32) restored);
    for (int i = 0; i < restored; i++) {
        checksum = mix(checksum, unpacked[i]);
    }
    return checksum;
}

static u32 state_machine(void) {
    return count_states(text, text + TEXT);
}

/* ---- calls through tables ---- */

typedef struct shape {
    u32 (*area)(const struct shape *);
    u32 (*grow)(struct shape *, u32);
    u32 width, height;
} shape;

static shape shapes[SHAPES];

static u32 square_area(const shape *s) {
    return s->width * s->width;
}

static u32 rectangle_area(const shape *s) {
    return s->width * s->height;
}

static u32 triangle_area(const shape *s) {
    return s->width * s->height / 2;
}

static u32 grow_width(shape *s, u32 by) {
    s->width = (s->width + by) & 0xFF;
    return s->width;
}

static u32 grow_both(shape *s, u32 by) {
    s->width = (s->width + by) & 0xFF;
    s->height = (s->height ^ by) & 0xFF;
    return s->height;
}

static u32 virtual_calls(void) {
    u32 checksum = 0;
    for (int round = 0; round < 16; round++) {
        for (int i = 0; i < SHAPES; i++) {
            shape *s = &shapes[i];
            checksum = mix(checksum, s->area(s));
            checksum ^= s->grow(s, checksum >> 3 & 7);
        }
    }
    return checksum;
}

static void make_shapes(void) {
    seed = 12;
    for (int i = 0; i < SHAPES; i++) {
        u32 kind = next_random() % 3;
        shapes[i].area = kind == 0 ? square_area : kind == 1 ? rectangle_area : triangle_area;
        shapes[i].grow = kind == 1 ? grow_both : grow_width;
        shapes[i].width = next_random() & 0xFF;
        shapes[i].height = next_random() & 0xFF;
    }
}

static u32 virtual_mix(void) {
    make_shapes();
    return virtual_calls();
}

/* ---- a bit of all ---- */

static u32 branchy_mix(void) {
    u32 checksum = sort();
    u32 value = 0;
    for (const node *n = sorted_nodes(); n != 0; n = n->next) {
        value = crc_byte(crc_byte(value, (u8) n->key), (u8) (n->key >> 8));
    }
    checksum = mix(checksum, value);
    checksum = mix(checksum, state_machine());
    checksum = mix(checksum, lz());
    return mix(checksum, virtual_mix());
}

const kernel kernels[KERNELS] = {
        int8_matvec_c, int8_matvec_mmi, float32_matvec, branchy_mix, sort, crc, lz, state_machine, virtual_mix,
        scratchpad_matvec};

void prepare(void) {
    seed = 12345;
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        weights[i] = (s8) next_random();
        float_weights[i] = next_float();
    }
    for (int i = 0; i < COLUMNS; i++) {
        inputs[i] = (s8) next_random();
        float_inputs[i] = next_float();
    }
    for (int i = 0; i < ROWS; i++) {
        row_scales[i] = next_float();
    }
    write_text();
    make_shapes();
}
