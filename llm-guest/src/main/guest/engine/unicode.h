/* Classes of characters for the split of a text into words. */
#ifndef ENGINE_UNICODE_H
#define ENGINE_UNICODE_H

#include "types.h"

#define CLASS_OTHER 0
#define CLASS_SPACE 1 /* White_Space */
#define CLASS_LETTER 2
#define CLASS_NUMBER 3

u32 unicode_class(u32 character);

#endif
