package soliloquy.bios.irx;

/** The table of sysclib that tells what kind of character an octet is. Source: ps2sdk {@code ctype.h}. */
final class CharacterTypes {
    private static final int UPPER = 0x01;
    private static final int LOWER = 0x02;
    private static final int DIGIT = 0x04;
    private static final int SPACE = 0x08;
    private static final int PUNCTUATION = 0x10;
    private static final int CONTROL = 0x20;
    private static final int HEXADECIMAL = 0x40;

    private static final int COUNT = 128;
    /** Where modules see the table. */
    private static final int TABLE = 0x800;

    private CharacterTypes() {}

    /** look_ctype_table. */
    static int of(int character) {
        int octet = character & 0xFF;
        if (octet >= COUNT) {
            return 0;
        } else if (octet >= '0' && octet <= '9') {
            return DIGIT;
        } else if (octet >= 'A' && octet <= 'Z') {
            return octet <= 'F' ? UPPER | HEXADECIMAL : UPPER;
        } else if (octet >= 'a' && octet <= 'z') {
            return octet <= 'f' ? LOWER | HEXADECIMAL : LOWER;
        } else if (octet == ' ') {
            return SPACE | PUNCTUATION;
        } else if (octet >= '\t' && octet <= '\r') {
            return SPACE;
        }
        return octet < ' ' || octet == COUNT - 1 ? CONTROL : PUNCTUATION;
    }

    /** get_ctype_table: writes it where modules see it. */
    static int table(ModuleCall call) {
        for (int i = 0; i < COUNT; i++) {
            call.octet(TABLE + i, of(i));
        }
        return TABLE;
    }
}
