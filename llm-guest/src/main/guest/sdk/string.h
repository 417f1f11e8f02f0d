/* Memory and strings. The first four have the names that the compiler itself may call. */
#ifndef SDK_STRING_H
#define SDK_STRING_H

#include "types.h"

void *memset(void *to, int value, size_type size);
void *memcpy(void *to, const void *from, size_type size);
void *memmove(void *to, const void *from, size_type size);
int memcmp(const void *a, const void *b, size_type size);

u32 string_length(const char *text);
int string_equal(const char *a, const char *b);

/* At most size - 1 characters and a NUL. */
void string_copy(char *to, const char *from, u32 size);

/* Decimal, with sign; false when the text is not a number of 32 bits. */
int parse_integer(const char *text, s32 *value);

#endif
