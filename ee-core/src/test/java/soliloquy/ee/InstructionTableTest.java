package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionTableTest {
    @Test
    void everyRowDecodesToItself() {
        for (Instruction row : Instruction.values()) {
            assertThat(Decoder.decode(row.encoding.match())).as(row.name()).isEqualTo(row);
        }
    }

    @Test
    void rowsOverlapOnlyWhereANarrowerOneStandsFirst() {
        List<String> overlaps = new ArrayList<>();
        Instruction[] rows = Instruction.values();
        for (int i = 0; i < rows.length; i++) {
            for (int j = i + 1; j < rows.length; j++) {
                Encoding first = rows[i].encoding;
                Encoding second = rows[j].encoding;
                int common = first.mask() & second.mask();
                boolean overlap = (first.match() & common) == (second.match() & common);
                boolean narrower = (first.mask() & second.mask()) == second.mask() && first.mask() != second.mask();
                if (overlap && !narrower) {
                    overlaps.add(rows[i] + " and " + rows[j]);
                }
            }
        }
        assertThat(overlaps).isEmpty();
    }

    @Test
    void whatTheR5900LacksIsReserved() {
        int[] absent = {
            0x0000001C, // DMULT
            0x0000001E, // DDIV
            0xC0000000, // LL
            0xE0000000, // SC
            0xD4000000, // LDC1
            0x40200000, // DMFC0
            0x44200000, // DMFC1
            0x46200000, // ADD.D
            0x4C000000, // COP3
        };
        for (int word : absent) {
            assertThat(Decoder.decode(word)).as("%08x", word).isNull();
        }
    }

    @Test
    void disassemblesAsTheAssemblerWrites() {
        assertThat(EeDisassembler.disassemble(0x27BDFFE0, 0)).isEqualTo("addiu     sp,sp,-32");
        assertThat(EeDisassembler.disassemble(0x0C040010, 0x100000)).isEqualTo("jal       0x00100040");
        assertThat(EeDisassembler.disassemble(0x1000FFFF, 0x100000)).isEqualTo("beq       zero,zero,0x00100000");
        assertThat(EeDisassembler.disassemble(0x8FBF0010, 0)).isEqualTo("lw        ra,16(sp)");
        assertThat(EeDisassembler.disassemble(0, 0)).isEqualTo("nop");
        assertThat(EeDisassembler.disassemble(0xD4000000, 0)).startsWith(".word");
    }
}
