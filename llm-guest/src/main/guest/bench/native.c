/*
 * The same model in plain C on the host, one thread: what this computer could do without a console between. The shape comes as macros
 * (DIM, HIDDEN, LAYERS, UNIQUE, HEADS, KV_HEADS, VOCABULARY, REGISTERS, CONTEXT, QUANT, FLAGS), the weights from a PSNT file of version 4
 * (PSNT.md); the operations are those of ARITHMETIC.md in single precision, where sums may be taken in another order.
 *
 *     native MODEL.PSN TOKENS ID...
 *
 * goes on greedily from the ids and prints the rate of the tokens after the first, by processor time, and the ids.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint8_t u8;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef uint32_t u32;

enum {
    HEAD_DIM = DIM / HEADS,
    KV_DIM = HEAD_DIM * KV_HEADS,
    POSITIONS = REGISTERS + CONTEXT,
    WIDEST = DIM > HIDDEN ? DIM : HIDDEN,
    SHARED_OUTPUT = FLAGS & 1,
    DENSE_FORMER = FLAGS & 2,
    VALUE_RESIDUAL = FLAGS & 4,
    PLANES = QUANT == 8 ? 1 : QUANT == 4 ? 2 : 4, /* codes in a byte */
    LANES = 16,
    MOST_RATES = 1000
};

/* Kinds of tensors, PSNT.md 4.3. */
enum { ATTENTION_NORM = 1, FFN_NORM, NORM, REGISTER_VECTORS = 5, DENSE, EMBEDDING, WQ, WK, WV, WO, W1, W3, W2, OUTPUT, KINDS };

typedef struct matrix {
    const float *scales;
    const u8 *codes;
    u32 stride; /* bytes of a row of codes */
    u32 group;
} matrix;

static u8 *file;
static long file_bytes;
static const float *floats[KINDS];
static matrix matrices[KINDS][UNIQUE];
static float eps;

static float cosine[POSITIONS][HEAD_DIM / 2], sine[POSITIONS][HEAD_DIM / 2];
static float keys[LAYERS][POSITIONS][KV_DIM], values[LAYERS][POSITIONS][KV_DIM];
static float x[DIM], normal[DIM], query[DIM], key[KV_DIM], value[KV_DIM], first_value[KV_DIM], heads[DIM], result[DIM];
static float gate[HIDDEN], up[HIDDEN], scores[POSITIONS], logits[VOCABULARY], outputs[LAYERS + 1][DIM];
#if QUANT != 32
static s16 codes[PLANES][WIDEST / PLANES + 64]; /* column c is in plane c % PLANES */
static float step;
#endif

static void fail(const char *sentence) {
    fprintf(stderr, "native: %s\n", sentence);
    exit(2);
}

static u32 word(long at) {
    u32 value;
    memcpy(&value, file + at, sizeof value);
    return value;
}

/* A matrix in tiles of four rows (PSNT.md, section 4.4) row by row: all scales, then all codes, each row beginning at a multiple of 16 bytes. */
static void untile(matrix *m, const u8 *tiles, u32 rows, u32 columns, u32 bits, u32 group) {
    u32 groups = group > 0 ? (columns + group - 1) / group : 1, width = group > 0 ? group : columns;
    u32 turn = 128 / bits, turns = ((width < columns ? width : columns) + turn - 1) / turn, bias = bits == 2 ? 1 : 1u << (bits - 1);
    float *scales = calloc((size_t) rows * groups, sizeof *scales);
    m->stride = ((columns * bits + 7) / 8 + 15) / 16 * 16;
    u8 *codes_out = calloc(rows, m->stride);
    if (scales == NULL || codes_out == NULL) {
        fail("there is not enough memory for the model");
    }
    for (u32 r = 0; r < rows; r++) {
        for (u32 c = 0; c < columns; c++) {
            u32 g = c / width, in_group = c % width, field = in_group % turn / 8;
            const u8 *at = tiles + ((size_t) (r / 4) * groups + g) * (16 + 64 * turns);
            memcpy(&scales[r * groups + g], at + 4 * (r % 4), 4);
            const u8 *half = at + 16 + ((r % 4) * turns + in_group / turn) * 16 + in_group % 8 * 2;
            s32 code = (s32) ((half[0] | half[1] << 8) >> field * bits & ((1u << bits) - 1)) - (s32) bias;
            u32 stored = bits == 8 ? (u8) code : bits == 4 ? (u32) (code + 8) : code < 0 ? 2 : (u32) code;
            codes_out[(size_t) r * m->stride + c * bits / 8] |= (u8) (stored << c * bits % 8);
        }
    }
    m->scales = scales;
    m->codes = codes_out;
}

static void open_model(const char *name) {
    static const u32 shape[] = {DIM, HIDDEN, LAYERS, HEADS, KV_HEADS, VOCABULARY};
    FILE *in = fopen(name, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0 || (file_bytes = ftell(in)) < 128) {
        fail("the model cannot be read");
    }
    rewind(in);
    file = aligned_alloc(64, ((size_t) file_bytes + 63) / 64 * 64);
    if (file == NULL || fread(file, 1, (size_t) file_bytes, in) != (size_t) file_bytes) {
        fail("the model cannot be read");
    }
    fclose(in);
    if (memcmp(file, "PSNT", 4) != 0 || word(4) != 4 || word(8) != QUANT || memcmp(file + 20, shape, sizeof shape) != 0) {
        fail("the model is not of the shape this program was compiled for");
    }
    memcpy(&eps, file + 60, sizeof eps);
    u32 tensors = word(72);
    for (u32 i = 0; i < tensors; i++) {
        long at = 128 + 64L * i;
        if (at + 64 > file_bytes) {
            fail("the table of contents is cut off");
        }
        u32 kind = word(at + 28), layer = word(at + 32), bits = word(at + 36), group = word(at + 40), rows = word(at + 44);
        u32 columns = word(at + 48), offset = word(at + 52), bytes = word(at + 56);
        if (kind >= KINDS || layer >= UNIQUE || (long) offset + bytes > file_bytes) {
            fail("an entry of the table of contents is not of this model");
        }
        floats[kind] = (const float *) (file + offset);
        matrix *m = &matrices[kind][layer];
        if (bits == 32) {
            m->scales = (const float *) (file + offset);
        } else {
            untile(m, file + offset, rows, columns, bits == 1 ? 2 : bits, group); /* 1: ternary */
        }
        m->group = group;
    }
}

static void quantise(const float *v, int n) {
#if QUANT != 32
    float most = 0;
    for (int i = 0; i < n; i++) {
        most = fabsf(v[i]) > most ? fabsf(v[i]) : most;
    }
    float inverse = most > 0 ? 8191 / most : 0;
    step = most / 8191;
    memset(codes, 0, sizeof codes);
    for (int plane = 0; plane < PLANES; plane++) {
        for (int i = 0; i * PLANES + plane < n; i++) {
            float at = v[i * PLANES + plane] * inverse;
            codes[plane][i] = (s16) (at + (at < 0 ? -0.5f : 0.5f));
        }
    }
#else
    (void) v;
    (void) n;
#endif
}

#if QUANT != 32
/* The sum of a row's codes times those of the vector, over `n` bytes from byte `at` on. */
static inline s32 sum(const u8 *row, u32 at, u32 n) {
    s32 total = 0;
    const u8 *w = row + at;
#if QUANT == 8
    const s16 *q = codes[0] + at;
    for (u32 i = 0; i < n; i++) {
        total += (s8) w[i] * q[i];
    }
#elif QUANT == 4
    const s16 *even = codes[0] + at, *odd = codes[1] + at;
    for (u32 i = 0; i < n; i++) {
        total += (s16) ((w[i] & 15) - 8) * even[i] + (s16) ((w[i] >> 4) - 8) * odd[i];
    }
#else
    for (u32 plane = 0; plane < PLANES; plane++) {
        const s16 *q = codes[plane] + at;
        for (u32 i = 0; i < n; i++) {
            s16 code = (s16) (w[i] >> 2 * plane & 3);
            total += (s16) ((code & 1) - (code >> 1)) * q[i];
        }
    }
#endif
    return total;
}
#endif

/* out = a matrix times the vector `v`, which is in `codes` unless the weights are floats. */
static inline void multiply(float *out, const matrix *m, int rows, int columns, const float *v) {
#if QUANT == 32
    for (int r = 0; r < rows; r++) {
        const float *w = m->scales + (long) r * columns;
        float lanes[LANES] = {0}, total = 0;
        int i = 0;
        for (; i + LANES <= columns; i += LANES) {
            for (int j = 0; j < LANES; j++) {
                lanes[j] += w[i + j] * v[i + j];
            }
        }
        for (int j = 0; j < LANES; j++) {
            total += lanes[j];
        }
        for (; i < columns; i++) {
            total += w[i] * v[i];
        }
        out[r] = total;
    }
#else
    (void) v;
    u32 bytes = (u32) (columns + PLANES - 1) / PLANES;
    u32 stride = (bytes + 15) / 16 * 16;
    if (m->group == 0) {
        for (int r = 0; r < rows; r++) {
            out[r] = (float) sum(m->codes + (long) r * stride, 0, stride) * (m->scales[r] * step);
        }
        return;
    }
#if QUANT == 4
    u32 groups = (u32) (columns + 31) / 32;
    for (int r = 0; r < rows; r++) {
        const u8 *row = m->codes + (long) r * stride;
        const float *scales = m->scales + (long) r * groups;
        float lanes[LANES] = {0}, total = 0;
        for (u32 g = 0; g < groups; g++) { /* 16 bytes */
            for (u32 j = 0; j < LANES; j++) {
                u32 at = g * LANES + j;
                s32 pair = ((s32) (row[at] & 15) - 8) * codes[0][at] + ((s32) (row[at] >> 4) - 8) * codes[1][at];
                lanes[j] += (float) pair * scales[g];
            }
        }
        for (int j = 0; j < LANES; j++) {
            total += lanes[j];
        }
        out[r] = total * step;
    }
#endif
#endif
}

static void embed(u32 id) {
    const matrix *m = &matrices[EMBEDDING][0];
    for (u32 i = 0; i < DIM; i++) {
#if QUANT == 32
        x[i] = m->scales[(long) id * DIM + i];
#else
        u32 in_byte = m->codes[(long) id * m->stride + i / PLANES] >> i % PLANES * (8 / PLANES);
        s32 code = QUANT == 8 ? (s8) in_byte : QUANT == 4 ? (s32) (in_byte & 15) - 8 : (s32) (in_byte & 1) - (s32) (in_byte >> 1 & 1);
        x[i] = (float) code * m->scales[id];
#endif
    }
}

static void normalise(const float *weights) {
    float squares = 0;
    for (int i = 0; i < DIM; i++) {
        squares += x[i] * x[i];
    }
    float inverse = 1 / sqrtf(squares / DIM + eps);
    for (int i = 0; i < DIM; i++) {
        normal[i] = x[i] * inverse * weights[i];
    }
    quantise(normal, DIM);
}

static void turn(float *v, int n, u32 position) {
    for (int i = 0; i < n; i += 2) {
        float c = cosine[position][i % HEAD_DIM / 2], s = sine[position][i % HEAD_DIM / 2], a = v[i], b = v[i + 1];
        v[i] = a * c - b * s;
        v[i + 1] = a * s + b * c;
    }
}

static void attend(int layer, u32 position) {
    for (int head = 0; head < HEADS; head++) {
        const float *q = query + head * HEAD_DIM;
        float *out = heads + head * HEAD_DIM;
        int shared = head / (HEADS / KV_HEADS) * HEAD_DIM;
        float most = -INFINITY, all = 0;
        for (u32 t = 0; t <= position; t++) {
            const float *k = keys[layer][t] + shared;
            float total = 0;
            for (int d = 0; d < HEAD_DIM; d++) {
                total += q[d] * k[d];
            }
            scores[t] = total / sqrtf(HEAD_DIM);
            most = scores[t] > most ? scores[t] : most;
        }
        for (u32 t = 0; t <= position; t++) {
            scores[t] = expf(scores[t] - most);
            all += scores[t];
        }
        memset(out, 0, HEAD_DIM * sizeof *out);
        for (u32 t = 0; t <= position; t++) {
            const float *v = values[layer][t] + shared;
            float share = scores[t] / all;
            for (int d = 0; d < HEAD_DIM; d++) {
                out[d] += share * v[d];
            }
        }
    }
}

static void add(float *to, const float *what, int n) {
    for (int i = 0; i < n; i++) {
        to[i] += what[i];
    }
}

static void layer_pass(int layer, u32 position) {
    int unique = (int) ((long) layer * UNIQUE / LAYERS);
    normalise(floats[ATTENTION_NORM] + unique * DIM);
    multiply(query, &matrices[WQ][unique], DIM, DIM, normal);
    multiply(key, &matrices[WK][unique], KV_DIM, DIM, normal);
    multiply(value, &matrices[WV][unique], KV_DIM, DIM, normal);
    turn(query, DIM, position);
    turn(key, KV_DIM, position);
    if (VALUE_RESIDUAL && layer == 0) {
        memcpy(first_value, value, sizeof value);
    } else if (VALUE_RESIDUAL) {
        add(value, first_value, KV_DIM);
    }
    memcpy(keys[layer][position], key, sizeof key);
    memcpy(values[layer][position], value, sizeof value);
    attend(layer, position);
    quantise(heads, DIM);
    multiply(result, &matrices[WO][unique], DIM, DIM, heads);
    add(x, result, DIM);
    normalise(floats[FFN_NORM] + unique * DIM);
    multiply(gate, &matrices[W1][unique], HIDDEN, DIM, normal);
    multiply(up, &matrices[W3][unique], HIDDEN, DIM, normal);
    for (int i = 0; i < HIDDEN; i++) {
        gate[i] = gate[i] / (1 + expf(-gate[i])) * up[i];
    }
    quantise(gate, HIDDEN);
    multiply(result, &matrices[W2][unique], DIM, HIDDEN, gate);
    add(x, result, DIM);
    if (DENSE_FORMER) {
        const float *shares = floats[DENSE] + layer * (LAYERS + 1);
        memcpy(outputs[layer + 1], x, sizeof x);
        memset(x, 0, sizeof x);
        for (int j = 0; j <= layer + 1; j++) {
            for (int i = 0; i < DIM; i++) {
                x[i] += shares[j] * outputs[j][i];
            }
        }
    }
}

static void forward(u32 position) {
    memcpy(outputs[0], x, sizeof x);
    for (int layer = 0; layer < LAYERS; layer++) {
        layer_pass(layer, position);
    }
}

/* The likeliest token behind the last position. */
static u32 choose(void) {
    u32 best = 0;
    normalise(floats[NORM]);
    multiply(logits, &matrices[SHARED_OUTPUT ? EMBEDDING : OUTPUT][0], VOCABULARY, DIM, normal);
    for (u32 i = 1; i < VOCABULARY; i++) {
        best = logits[best] < logits[i] ? i : best;
    }
    return best;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* Writes `tokens` ids behind the prompt; seconds of those after the first. */
static double generate(const u32 *prompt, u32 n, u32 *ids, u32 tokens) {
    u32 position = REGISTERS;
    for (u32 i = 0; i < n; i++) {
        embed(prompt[i]);
        forward(position++);
    }
    ids[0] = choose();
    double begun = now();
    for (u32 i = 1; i < tokens; i++) {
        embed(ids[i - 1]);
        forward(position++);
        ids[i] = choose();
    }
    return now() - begun;
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *) a - *(const double *) b;
    return difference < 0 ? -1 : difference > 0;
}

int main(int argc, char **argv) {
    static u32 prompt[CONTEXT], ids[CONTEXT];
    static double seconds[MOST_RATES];
    float theta;
    u32 n = (u32) argc - 3, tokens = argc > 3 ? (u32) atoi(argv[2]) : 0;
    if (argc < 4 || tokens < 2 || tokens > CONTEXT || n > CONTEXT || n + tokens - 1 > CONTEXT) {
        fail("expected MODEL.PSN, a number of tokens of 2 or more, and ids; all in the context");
    }
    open_model(argv[1]);
    for (u32 i = 0; i < n; i++) {
        prompt[i] = (u32) atoi(argv[3 + i]);
        if (prompt[i] >= VOCABULARY) {
            fail("an id is not in the vocabulary");
        }
    }
    memcpy(&theta, file + 48, sizeof theta);
    for (int position = 0; position < POSITIONS; position++) {
        for (int i = 0; i < HEAD_DIM / 2; i++) {
            double angle = position * pow(theta, -2.0 * i / HEAD_DIM);
            cosine[position][i] = (float) cos(angle);
            sine[position][i] = (float) sin(angle);
        }
    }
    for (u32 r = 0; r < REGISTERS; r++) {
        memcpy(x, floats[REGISTER_VECTORS] + r * DIM, sizeof x);
        forward(r);
    }
    int runs = 0;
    for (double spent = 0; runs < MOST_RATES && (runs < 3 || spent < 0.5); runs++) {
        seconds[runs] = generate(prompt, n, ids, tokens);
        spent += seconds[runs];
    }
    qsort(seconds, (size_t) runs, sizeof seconds[0], ascending);
    printf("%.6g\n", (tokens - 1) / seconds[runs / 2]);
    for (u32 i = 0; i < tokens; i++) {
        printf("%u\n", ids[i]);
    }
    return 0;
}
