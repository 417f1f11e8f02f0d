package soliloquy.ee;

/** Operations on the lanes of 64 bits, two of which make a 128-bit register: bytes, halfwords or words. */
final class Lanes {
    private Lanes() {}

    /** An operation on one pair of lanes, sign-extended. */
    @FunctionalInterface
    interface Operation {
        int apply(int a, int b);
    }

    static int word(long register, int i) {
        return (int) (register >> 32 * i);
    }

    static int half(long register, int i) {
        return (short) (register >> 16 * i);
    }

    static long words(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    static long addWords(long a, long b) {
        return words((int) a + (int) b, word(a, 1) + word(b, 1));
    }

    static long subtractWords(long a, long b) {
        return words((int) a - (int) b, word(a, 1) - word(b, 1));
    }

    /** Adds lanes without a carry between them; {@code tops} has the top bit of every lane. */
    static long add(long a, long b, long tops) {
        return (a & ~tops) + (b & ~tops) ^ (a ^ b) & tops;
    }

    /** Subtracts lanes without a borrow between them. */
    static long subtract(long a, long b, long tops) {
        return (a | tops) - (b & ~tops) ^ (a ^ ~b) & tops;
    }

    static long eachWord(long a, long b, Operation operation) {
        return words(operation.apply((int) a, (int) b), operation.apply(word(a, 1), word(b, 1)));
    }

    static long eachHalf(long a, long b, Operation operation) {
        long result = 0;
        for (int i = 0; i < 4; i++) {
            result |= (operation.apply(half(a, i), half(b, i)) & 0xFFFFL) << 16 * i;
        }
        return result;
    }

    static long eachByte(long a, long b, Operation operation) {
        long result = 0;
        for (int i = 0; i < 8; i++) {
            result |= (operation.apply((byte) (a >> 8 * i), (byte) (b >> 8 * i)) & 0xFFL) << 8 * i;
        }
        return result;
    }

    static int saturateWord(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static int saturateHalf(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static int saturateByte(int value) {
        return Math.clamp(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
}
