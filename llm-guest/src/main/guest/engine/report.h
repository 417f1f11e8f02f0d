/* Records for the machine that watches the console's text output: lines of JSON that begin with the byte 0x1E. */
#ifndef ENGINE_REPORT_H
#define ENGINE_REPORT_H

#include "types.h"

/* Nothing is told before the user has chosen: whoever watches may let the console take its own time. */
void report_waiting(void);
/* Tokens of a prompt, or of another turn of the user's. */
void report_prompt(const u32 *ids, u32 n);
void report_token(u32 id, const u8 *bytes, u32 n);
/* What the stages of `part` (prompt, tokens) have cost since stages_begin, in cycles. */
void report_stages(const char *part);
void report_end(const char *reason);
void report_error(const char *message);

#endif
