package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionTableTest {
    @Test
    void noTwoRowsMatchTheSameWord() {
        for (Instruction a : Instruction.values()) {
            for (Instruction b : Instruction.values()) {
                if (a != b) {
                    int common = a.encoding.mask() & b.encoding.mask();
                    assertThat(a.encoding.match() & common)
                            .as("%s and %s", a, b)
                            .isNotEqualTo(b.encoding.match() & common);
                }
            }
            assertThat(a.encoding.match() & ~a.encoding.mask()).as(a.name()).isZero();
            assertThat(Decoder.decode(a.encoding.match())).isSameAs(a);
        }
    }

    /** The opcode maps of the R3000 manual: which of the 64 primary and special opcodes are reserved. */
    @Test
    void everySlotOfTheOpcodeMapsIsKnown() {
        long primary = 0;
        long special = 0;
        for (int i = 0; i < 64; i++) {
            for (int selector = 0; selector < 32; selector++) {
                primary |= (Decoder.decode(i << 26 | selector << 21 | selector << 16) != null ? 1L : 0) << i;
            }
            special |= (Decoder.decode(i) != null ? 1L : 0) << i;
        }
        assertThat(Long.toHexString(primary)).isEqualTo(Long.toHexString(PRIMARY));
        assertThat(Long.toHexString(special)).isEqualTo(Long.toHexString(SPECIAL));
    }

    /** Rows of eight: 0x00 all; 0x08 all; COP0-3; none; LB..LWR but 0x27; SB..SW, SWR; LWC1-3; SWC1-3. */
    private static final long PRIMARY =
            0xFFL | 0xFFL << 8 | 0x0FL << 16 | 0x7FL << 32 | 0x4FL << 40 | 0x0EL << 48 | 0x0EL << 56;

    /** Rows of eight: shifts but 1 and 5; JR, JALR, SYSCALL, BREAK; HI and LO; products; sums and logic; SLT, SLTU. */
    private static final long SPECIAL = 0xDDL | 0x33L << 8 | 0x0FL << 16 | 0x0FL << 24 | 0xFFL << 32 | 0x0CL << 40;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00000000 | nop",
                "27BDFFE8 | addiu   sp,sp,-24",
                "8FBF0010 | lw      ra,16(sp)",
                "03E00008 | jr      ra",
                "0C000400 | jal     0x00001000",
                "1000FFFF | beq     zero,zero,0x00001000",
                "0002103F | .word 0x0002103f",
                "40026000 | mfc0    v0,status",
                "00021080 | sll     v0,v0,2",
                "3C011234 | lui     at,0x1234",
                "42000010 | rfe",
            })
    void disassembles(String word, String text) {
        assertThat(IopDisassembler.disassemble(Integer.parseUnsignedInt(word, 16), 0x1000))
                .isEqualTo(text);
    }
}
