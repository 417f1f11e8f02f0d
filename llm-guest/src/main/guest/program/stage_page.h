/* What the time of a token goes into, as bars: the last one's, and the mean of all. */
#ifndef PROGRAM_STAGE_PAGE_H
#define PROGRAM_STAGE_PAGE_H

/* Puts it on a body that is empty, or shows it already. */
void stage_page_show(void);

#endif
