package soliloquy.ee;

import static soliloquy.ee.OperandFormat.rd;
import static soliloquy.ee.OperandFormat.rs;
import static soliloquy.ee.OperandFormat.rt;
import static soliloquy.ee.OperandFormat.sa;

import soliloquy.machine.GeneralRegisters;

/** Instruction words as text, in the assembler's notation. */
public final class EeDisassembler {
    private EeDisassembler() {}

    /** The text of {@code word} as it stands at {@code address}; {@code .word} for what the R5900 does not have. */
    public static String disassemble(int word, int address) {
        if (word == 0) {
            return "nop";
        }
        Instruction row = Decoder.decode(word);
        if (row == null) {
            return ".word 0x%08x".formatted(word);
        }
        String operands = operands(row.format, word, address);
        String mnemonic = row.mnemonic() + (row.format.name().startsWith("V") ? fields(row.format, word) : "");
        return operands.isEmpty() ? mnemonic : "%-9s %s".formatted(mnemonic, operands);
    }

    private static String operands(OperandFormat format, int word, int address) {
        String d = GeneralRegisters.name(rd(word));
        String s = GeneralRegisters.name(rs(word));
        String t = GeneralRegisters.name(rt(word));
        int immediate = (short) word;
        String branch = "0x%08x".formatted(address + 4 + (immediate << 2));
        String memory = immediate + "(" + s + ")";
        String fd = "f" + sa(word);
        String fs = "f" + rd(word);
        String ft = "f" + rt(word);
        return switch (format) {
            case NONE -> "";
            case CODE -> (word >>> 6 & 0xFFFFF) == 0 ? "" : "0x%x".formatted(word >>> 6 & 0xFFFFF);
            case SYNC -> (sa(word) & 16) != 0 ? "p" : "l";
            case RD -> d;
            case RS -> s;
            case RT -> t;
            case RD_RS -> d + "," + s;
            case RD_RT -> d + "," + t;
            case RD_RS_RT -> d + "," + s + "," + t;
            case RD_RT_RS -> d + "," + t + "," + s;
            case RD_RT_SA -> d + "," + t + "," + sa(word);
            case RS_RT -> s + "," + t;
            case RS_IMMEDIATE -> s + "," + immediate;
            case RT_RS_IMMEDIATE -> t + "," + s + "," + immediate;
            case RT_RS_UNSIGNED -> t + "," + s + ",0x%x".formatted(word & 0xFFFF);
            case RT_UPPER -> t + ",0x%x".formatted(word & 0xFFFF);
            case RS_BRANCH -> s + "," + branch;
            case RS_RT_BRANCH -> s + "," + t + "," + branch;
            case BRANCH -> branch;
            case TARGET -> "0x%08x".formatted(address + 4 & 0xF000_0000 | (word & 0x03FF_FFFF) << 2);
            case RT_OFFSET_BASE -> t + "," + memory;
            case FT_OFFSET_BASE -> ft + "," + memory;
            case VT_OFFSET_BASE -> "v" + ft + "," + memory;
            case OPERATION_OFFSET_BASE -> "0x%x,".formatted(rt(word)) + memory;
            case RT_COP0 -> t + "," + Cop0.name(rd(word));
            case RT_PERFORMANCE -> t + "," + (word >>> 1 & 31);
            case RT_FS -> t + "," + fs;
            case RT_FCR -> t + ",fcr" + rd(word);
            case FD_FS_FT -> fd + "," + fs + "," + ft;
            case FD_FS -> fd + "," + fs;
            case FD_FT -> fd + "," + ft;
            case FS_FT -> fs + "," + ft;
            case RT_VF -> t + ",v" + fs;
            case RT_VI -> t + ",vi" + rd(word);
            case VFD_VFS_VFT -> "v" + fd + ",v" + fs + ",v" + ft;
            case VFD_VFS -> "v" + fd + ",v" + fs;
            case VFS_VFT -> "v" + fs + ",v" + ft;
            case VFT_VFS -> "v" + ft + ",v" + fs;
            case VFS -> "v" + fs;
            case VFT -> "v" + ft;
            case VFT_VIS -> "v" + ft + ",(vi" + rd(word) + ")";
            case VFS_VIT -> "v" + fs + ",(vi" + rt(word) + ")";
            case VID_VIS_VIT -> "vi" + sa(word) + ",vi" + rd(word) + ",vi" + rt(word);
            case VIT_VIS -> "vi" + rt(word) + ",(vi" + rd(word) + ")";
            case VIT_VIS_IMMEDIATE -> "vi" + rt(word) + ",vi" + rd(word) + "," + (word << 21 >> 27);
            case VIT_VFS -> "vi" + rt(word) + ",v" + fs;
            case VCODE -> "0x%x".formatted(word >>> 6 & 0x7FFF);
        };
    }

    private static String fields(OperandFormat format, int word) {
        if (format == OperandFormat.VID_VIS_VIT
                || format == OperandFormat.VIT_VIS_IMMEDIATE
                || format == OperandFormat.VCODE) {
            return "";
        }
        StringBuilder fields = new StringBuilder(".");
        for (int i = 0; i < 4; i++) {
            if ((word >>> (24 - i) & 1) != 0) {
                fields.append("xyzw".charAt(i));
            }
        }
        return fields.length() == 1 ? "" : fields.toString();
    }
}
