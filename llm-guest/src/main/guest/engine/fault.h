/* Errors that end the program: shown on the screen, reported, exit status not 0. */
#ifndef ENGINE_FAULT_H
#define ENGINE_FAULT_H

/* Exit statuses. */
#define FAULT_MEMORY 2    /* the console cannot do what the program was built for */
#define FAULT_MISSING 3   /* no drive, no file */
#define FAULT_READ 4      /* the drive reports an error */
#define FAULT_CONTENT 5   /* wrong magic, shape or CRC */
#define FAULT_PROMPT 6    /* the prompt does not fit */

void fault(int status, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

#endif
