package soliloquy.ee;

import static soliloquy.ee.Lanes.word;
import static soliloquy.ee.Lanes.words;

/** Rearrangements of the lanes of 64-bit halves. */
final class LaneShuffle {
    private LaneShuffle() {}

    static long interleaveLowWords(long even, long odd) {
        return words((int) even, (int) odd);
    }

    static long interleaveHighWords(long even, long odd) {
        return words(word(even, 1), word(odd, 1));
    }

    static long interleaveLowHalves(long even, long odd) {
        return spreadHalves(even) | spreadHalves(odd) << 16;
    }

    static long interleaveHighHalves(long even, long odd) {
        return interleaveLowHalves(even >>> 32, odd >>> 32);
    }

    static long interleaveLowBytes(long even, long odd) {
        return spreadBytes(even) | spreadBytes(odd) << 8;
    }

    static long interleaveHighBytes(long even, long odd) {
        return interleaveLowBytes(even >>> 32, odd >>> 32);
    }

    private static long spreadHalves(long value) {
        long low = value & 0xFFFF_FFFFL;
        return (low | low << 16) & 0x0000_FFFF_0000_FFFFL;
    }

    private static long spreadBytes(long value) {
        long spread = spreadHalves(value);
        return (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
    }

    static long packWords(long low, long high) {
        return words((int) low, (int) high);
    }

    static long packHalves(long low, long high) {
        return evenHalves(low) | evenHalves(high) << 32;
    }

    static long packBytes(long low, long high) {
        return evenBytes(low) | evenBytes(high) << 32;
    }

    static long evenHalves(long value) {
        return value & 0xFFFF | value >>> 16 & 0xFFFF_0000L;
    }

    private static long evenBytes(long value) {
        long even = value & 0x00FF_00FF_00FF_00FFL;
        even = (even | even >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (even | even >>> 16) & 0xFFFF_FFFFL;
    }

    /** Halfword 0 in all four places. */
    static long copyHalf(long value) {
        return (value & 0xFFFF) * 0x0001_0001_0001_0001L;
    }

    static long exchangeEvenHalves(long value) {
        return exchange(value, 0, 2);
    }

    static long exchangeCenterHalves(long value) {
        return exchange(value, 1, 2);
    }

    static long reverseHalves(long value) {
        return exchange(exchange(value, 0, 3), 1, 2);
    }

    private static long exchange(long value, int i, int j) {
        long difference = (value >>> 16 * i ^ value >>> 16 * j) & 0xFFFF;
        return value ^ difference << 16 * i ^ difference << 16 * j;
    }

    static long exchangeEvenWordsLow(long low, long high) {
        return words((int) high, word(low, 1));
    }

    static long exchangeEvenWordsHigh(long low, long high) {
        return words((int) low, word(high, 1));
    }

    static long exchangeCenterWordsLow(long low, long high) {
        return words((int) low, (int) high);
    }

    static long exchangeCenterWordsHigh(long low, long high) {
        return words(word(low, 1), word(high, 1));
    }

    static long rotateWordsLow(long low, long high) {
        return words(word(low, 1), (int) high);
    }

    static long rotateWordsHigh(long low, long high) {
        return words((int) low, word(high, 1));
    }
}
