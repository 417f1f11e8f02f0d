package soliloquy.ee;

/**
 * What the processor's caches have done.
 *
 * @param fetchMisses lines that came into the instruction cache
 * @param dataMisses lines that came into the data cache while a load or store waited
 * @param prefetches lines that came into it by PREF
 * @param linesWritten dirty lines written back
 */
public record CacheCounts(long fetchMisses, long dataMisses, long prefetches, long linesWritten) {}
