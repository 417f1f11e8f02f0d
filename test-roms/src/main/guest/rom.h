/* What every test program shares: 128-bit values and rows of text. A test prints lines "name: value" and returns 0. */
#ifndef ROM_H
#define ROM_H

typedef unsigned int u32;
typedef unsigned long long u64;

/* A quadword; w[0] is the least significant word. */
typedef struct {
    u32 w[4];
} __attribute__((aligned(16))) quad;

/* A quadword from its words as they are written, most significant first. */
#define QUAD(w3, w2, w1, w0) {{w0, w1, w2, w3}}

void print(const char *text);
void print32(u32 value);
void print64(u64 value);
void printQuad(const quad *value);

/* Lines "name: value". */
void row32(const char *name, u32 value);
void row64(const char *name, u64 value);
void rowQuad(const char *name, const quad *value);

/* Lines "name operand operand part: value". */
void rowOf(const char *name, u32 a, u32 b, const char *part);

#endif
