/* The page on which the settings are changed. */
#ifndef PROGRAM_SETTINGS_PAGE_H
#define PROGRAM_SETTINGS_PAGE_H

#include "options.h"

/* Returns when the user leaves it; `defaults` are what SQUARE brings back. */
void settings_page(settings *s, const settings *defaults);

#endif
