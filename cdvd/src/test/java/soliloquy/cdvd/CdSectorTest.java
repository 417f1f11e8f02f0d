package soliloquy.cdvd;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The codes around a sector's data, checked as a decoder does: every codeword of P and Q has two syndromes of 0 (ECMA-130, annex A),
 * and the data with their EDC are divisible by its polynomial (ECMA-130, 14.3).
 */
class CdSectorTest {
    @Property(tries = 50)
    void everyCodewordIsOne(@ForAll long seed, @ForAll @IntRange(max = 359_999) int lsn) {
        byte[] sector = new byte[2352];
        System.arraycopy(Discs.content(seed, 2048), 0, sector, 24, 2048);
        CdSector.wrap(sector, lsn);
        // The codes of mode 2 are computed with a header of zeros.
        byte[] coded = sector.clone();
        for (int i = 12; i < 16; i++) {
            coded[i] = 0;
        }
        for (int odd = 0; odd < 2; odd++) {
            for (int column = 0; column < 43; column++) {
                int[] word = new int[26];
                for (int row = 0; row < 26; row++) {
                    word[row] = symbol(coded, 43 * row + column, odd);
                }
                assertCodeword(word);
            }
            for (int diagonal = 0; diagonal < 26; diagonal++) {
                int[] word = new int[45];
                for (int i = 0; i < 43; i++) {
                    word[i] = symbol(coded, (44 * i + 43 * diagonal) % 1118, odd);
                }
                word[43] = symbol(coded, 1118 + diagonal, odd);
                word[44] = symbol(coded, 1118 + 26 + diagonal, odd);
                assertCodeword(word);
            }
        }
        assertThat(remainder(sector)).isZero();
    }

    /** A byte of word {@code index} after the synchronisation. */
    private static int symbol(byte[] sector, int index, int odd) {
        return sector[12 + 2 * index + odd] & 0xFF;
    }

    private static void assertCodeword(int[] word) {
        int sum = 0;
        int weighted = 0;
        for (int symbol : word) {
            sum ^= symbol;
            weighted = product(weighted, 2) ^ symbol;
        }
        assertThat(sum).isZero();
        assertThat(weighted).isZero();
    }

    /** Product in GF(2^8) by x^8 + x^4 + x^3 + x^2 + 1. */
    private static int product(int one, int other) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ ((product & 0x80) == 0 ? 0 : 0x11D);
            product ^= (other >> bit & 1) == 0 ? 0 : one;
        }
        return product;
    }

    /** Long division of subheader, data and EDC, least significant bits first, by the product of the two polynomials. */
    private static int remainder(byte[] sector) {
        long polynomial = multiply(0x1_8005L, 0x1_0007L);
        long remainder = 0;
        for (int i = 16 * 8; i < 2076 * 8; i++) {
            remainder = remainder << 1 | sector[i / 8] >> i % 8 & 1;
            if ((remainder >> 32 & 1) != 0) {
                remainder ^= polynomial;
            }
        }
        return (int) remainder;
    }

    private static long multiply(long one, long other) {
        long product = 0;
        for (int bit = 0; bit < 17; bit++) {
            product ^= (other >> bit & 1) == 0 ? 0 : one << bit;
        }
        return product;
    }
}
