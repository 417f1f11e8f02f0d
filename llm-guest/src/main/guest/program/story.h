/* Stories, one after the other. */
#ifndef PROGRAM_STORY_H
#define PROGRAM_STORY_H

#include "options.h"
#include "telling.h"

/* Tells the story of a prompt; how it ended. */
ending story_tell(const char *prompt, u32 length, const settings *s, u32 keys);

/* Lets the user choose an opening, and tells stories with it until they leave. */
void story_page(settings *s);

#endif
