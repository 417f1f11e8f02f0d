package soliloquy.llm.generate;

import java.util.ArrayList;
import java.util.List;

/** A block of assembly in C: instructions in the order in which they are executed, as the kernels' inner loops need them. */
final class Assembly {
    private final List<String> lines = new ArrayList<>();

    /** An instruction, in the assembler's words. */
    Assembly add(String mnemonic, String operands) {
        lines.add(String.format("%-7s %s", mnemonic, operands));
        return this;
    }

    /** A label for jumps back or forth. */
    Assembly label(int number) {
        lines.add(number + ":");
        return this;
    }

    /** Writes {@code __asm__} with these operands and what it changes beside them. */
    void write(CSource out, String outputs, String inputs, String clobbers) {
        out.line("    __asm__ volatile(");
        out.line("        \".set push\\n\"");
        out.line("        \".set noreorder\\n\"");
        for (String line : lines) {
            out.line("        \"" + line + "\\n\"");
        }
        out.line("        \".set pop\\n\"");
        out.line("        : " + outputs);
        out.line("        : " + inputs);
        out.line("        : " + clobbers + ", \"memory\");");
    }
}
