package soliloquy.iop;

import static soliloquy.iop.OperandFormat.rd;
import static soliloquy.iop.OperandFormat.rs;
import static soliloquy.iop.OperandFormat.rt;
import static soliloquy.iop.OperandFormat.sa;

import soliloquy.machine.GeneralRegisters;

/** Instruction words of the R3000A as text, in the assembler's notation. */
public final class IopDisassembler {
    private IopDisassembler() {}

    /** The text of {@code word} as it stands at {@code address}; {@code .word} for what the R3000A does not have. */
    public static String disassemble(int word, int address) {
        if (word == 0) {
            return "nop";
        }
        Instruction row = Decoder.decode(word);
        if (row == null) {
            return ".word 0x%08x".formatted(word);
        }
        String operands = operands(row.format, word, address);
        return operands.isEmpty() ? row.mnemonic() : "%-7s %s".formatted(row.mnemonic(), operands);
    }

    private static String operands(OperandFormat format, int word, int address) {
        String d = GeneralRegisters.name(rd(word));
        String s = GeneralRegisters.name(rs(word));
        String t = GeneralRegisters.name(rt(word));
        String branch = "0x%08x".formatted(OperandFormat.branchTarget(word, address));
        return switch (format) {
            case NONE -> "";
            case CODE -> (word >>> 6 & 0xFFFFF) == 0 ? "" : "0x%x".formatted(word >>> 6 & 0xFFFFF);
            case RD -> d;
            case RS -> s;
            case RD_RS -> d + "," + s;
            case RD_RS_RT -> d + "," + s + "," + t;
            case RD_RT_RS -> d + "," + t + "," + s;
            case RD_RT_SA -> d + "," + t + "," + sa(word);
            case RS_RT -> s + "," + t;
            case RT_RS_IMMEDIATE -> t + "," + s + "," + (short) word;
            case RT_RS_UNSIGNED -> t + "," + s + ",0x%x".formatted(word & 0xFFFF);
            case RT_UPPER -> t + ",0x%x".formatted(word & 0xFFFF);
            case RS_BRANCH -> s + "," + branch;
            case RS_RT_BRANCH -> s + "," + t + "," + branch;
            case TARGET -> "0x%08x".formatted(OperandFormat.jumpTarget(word, address));
            case RT_OFFSET_BASE -> t + "," + (short) word + "(" + s + ")";
            case RT_COP0 -> t + "," + Cop0.name(rd(word));
            case COPROCESSOR -> "0x%x".formatted(word & 0x03FF_FFFF);
        };
    }
}
