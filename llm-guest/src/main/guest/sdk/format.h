/* Text with values in it, and the console's text output. */
#ifndef SDK_FORMAT_H
#define SDK_FORMAT_H

#include "types.h"

/*
 * %s string, %d s32, %u u32, %x u32 in hexadecimal, %c character, %% percent; a width with an optional leading 0 may stand before d, u, x.
 * At most size - 1 characters and a NUL; returns how many.
 */
u32 format_text(char *to, u32 size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with the values as a list. */
u32 format_list(char *to, u32 size, const char *format, __builtin_va_list arguments);

/* a / b towards zero, at most 0xFFFFFFFF, and what is left, where `rest` is not NULL: the processor divides no 64 bits. */
u32 divide(u64 a, u32 b, u32 *rest);

/* a / b in decimal, with as many digits behind the point; b is not 0. Returns how many characters. */
u32 format_quotient(char *to, u32 size, u64 a, u32 b, u32 places);

/* Characters to the serial port of the EE (SIO), which is where a development console prints. */
void print_character(char c);
void print_bytes(const u8 *bytes, u32 n);
void print_text(const char *text);
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
