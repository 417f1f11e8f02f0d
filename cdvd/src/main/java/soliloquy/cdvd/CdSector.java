package soliloquy.cdvd;

/**
 * A whole CD sector of 2352 bytes around 2048 bytes of user data, mode 2 form 1: synchronisation, header, subheader twice, data,
 * error detection code (EDC), error correction codes P and Q. Source: ECMA-130, 14 and annex A, whose codes CD-ROM XA computes
 * with a header of zeros; the subheader and the EDC behind it are the Yellow Book's extension (also in ECMA-130's mode 1).
 */
final class CdSector {
    static final int BYTES = 2352;
    static final int HEADER = 12;
    static final int SUBHEADER = 16;
    static final int DATA = 24;

    private static final int EDC = DATA + DiscImage.SECTOR_BYTES;
    private static final int PARITY_P = EDC + 4;
    private static final int PARITY_Q = PARITY_P + 172;

    /** Columns of P's codewords, and their symbols. */
    private static final int P_WORDS = 86;

    private static final int P_SYMBOLS = 24;
    private static final int Q_WORDS = 52;
    private static final int Q_SYMBOLS = 43;

    /** Symbols of the array that Q's diagonals run through. */
    private static final int Q_ARRAY = 2236;

    /** EDC polynomial (x^16 + x^15 + x^2 + 1)(x^16 + x^2 + x + 1), bits reversed. */
    private static final int EDC_POLYNOMIAL = 0xD801_8001;

    /** Field polynomial x^8 + x^4 + x^3 + x^2 + 1. */
    private static final int FIELD_POLYNOMIAL = 0x11D;

    private static final int[] EDC_TABLE = edcTable();

    /** Products with the root of the field polynomial, and quotients by 1 plus it. */
    private static final int[] TIMES_ROOT = new int[256];

    private static final int[] BY_ROOT_AND_ONE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            TIMES_ROOT[i] = i << 1 ^ (i < 128 ? 0 : FIELD_POLYNOMIAL);
            BY_ROOT_AND_ONE[i ^ TIMES_ROOT[i]] = i;
        }
    }

    private CdSector() {}

    /** Fills in everything around the data at {@link #DATA}. */
    static void wrap(byte[] sector, int lsn) {
        for (int i = 0; i < HEADER; i++) {
            sector[i] = (byte) (i == 0 || i == 11 ? 0x00 : 0xFF);
        }
        for (int i = SUBHEADER; i < DATA; i++) {
            // Submode: data.
            sector[i] = (byte) ((i & 3) == 2 ? 0x08 : 0);
        }
        int edc = edc(sector, SUBHEADER, EDC);
        for (int i = 0; i < 4; i++) {
            sector[EDC + i] = (byte) (edc >> 8 * i);
        }
        for (int i = HEADER; i < SUBHEADER; i++) {
            sector[i] = 0;
        }
        parity(sector, PARITY_P, P_WORDS, P_SYMBOLS, 2, P_WORDS, P_WORDS * P_SYMBOLS);
        parity(sector, PARITY_Q, Q_WORDS, Q_SYMBOLS, P_WORDS, P_WORDS + 2, Q_ARRAY);
        sector[HEADER] = (byte) Bcd.minute(lsn);
        sector[HEADER + 1] = (byte) Bcd.second(lsn);
        sector[HEADER + 2] = (byte) Bcd.frame(lsn);
        sector[HEADER + 3] = 2;
    }

    /** Two parity symbols for each codeword; codewords come in pairs, one for even and one for odd bytes. */
    private static void parity(byte[] sector, int to, int words, int symbols, int wordStep, int symbolStep, int array) {
        for (int word = 0; word < words; word++) {
            int at = (word >> 1) * wordStep + (word & 1);
            int weighted = 0;
            int sum = 0;
            for (int i = 0; i < symbols; i++) {
                int symbol = sector[HEADER + at] & 0xFF;
                at += symbolStep;
                if (at >= array) {
                    at -= array;
                }
                weighted = TIMES_ROOT[weighted ^ symbol];
                sum ^= symbol;
            }
            int first = BY_ROOT_AND_ONE[TIMES_ROOT[weighted] ^ sum];
            sector[to + word] = (byte) first;
            sector[to + words + word] = (byte) (first ^ sum);
        }
    }

    private static int edc(byte[] sector, int from, int to) {
        int remainder = 0;
        for (int i = from; i < to; i++) {
            remainder = remainder >>> 8 ^ EDC_TABLE[(remainder ^ sector[i]) & 0xFF];
        }
        return remainder;
    }

    private static int[] edcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int remainder = i;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder >>> 1 ^ ((remainder & 1) == 0 ? 0 : EDC_POLYNOMIAL);
            }
            table[i] = remainder;
        }
        return table;
    }
}
