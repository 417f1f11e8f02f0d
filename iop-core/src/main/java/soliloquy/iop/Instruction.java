package soliloquy.iop;

import static soliloquy.iop.Encoding.c0;
import static soliloquy.iop.Encoding.cop0;
import static soliloquy.iop.Encoding.primary;
import static soliloquy.iop.Encoding.regimm;
import static soliloquy.iop.Encoding.special;

import java.util.Locale;

/**
 * The instruction table of the R3000A: MIPS I with COP0. Coprocessors 1 to 3 have one row each for all their operations, because
 * the I/O processor has none of them. Source: IDT R30xx Family Software Reference Manual, opcode maps.
 */
enum Instruction {
    SLL(special(0x00), OperandFormat.RD_RT_SA),
    SRL(special(0x02), OperandFormat.RD_RT_SA),
    SRA(special(0x03), OperandFormat.RD_RT_SA),
    SLLV(special(0x04), OperandFormat.RD_RT_RS),
    SRLV(special(0x06), OperandFormat.RD_RT_RS),
    SRAV(special(0x07), OperandFormat.RD_RT_RS),
    JR(special(0x08), OperandFormat.RS),
    JALR(special(0x09), OperandFormat.RD_RS),
    SYSCALL(special(0x0C), OperandFormat.CODE),
    BREAK(special(0x0D), OperandFormat.CODE),
    MFHI(special(0x10), OperandFormat.RD),
    MTHI(special(0x11), OperandFormat.RS),
    MFLO(special(0x12), OperandFormat.RD),
    MTLO(special(0x13), OperandFormat.RS),
    MULT(special(0x18), OperandFormat.RS_RT),
    MULTU(special(0x19), OperandFormat.RS_RT),
    DIV(special(0x1A), OperandFormat.RS_RT),
    DIVU(special(0x1B), OperandFormat.RS_RT),
    ADD(special(0x20), OperandFormat.RD_RS_RT),
    ADDU(special(0x21), OperandFormat.RD_RS_RT),
    SUB(special(0x22), OperandFormat.RD_RS_RT),
    SUBU(special(0x23), OperandFormat.RD_RS_RT),
    AND(special(0x24), OperandFormat.RD_RS_RT),
    OR(special(0x25), OperandFormat.RD_RS_RT),
    XOR(special(0x26), OperandFormat.RD_RS_RT),
    NOR(special(0x27), OperandFormat.RD_RS_RT),
    SLT(special(0x2A), OperandFormat.RD_RS_RT),
    SLTU(special(0x2B), OperandFormat.RD_RS_RT),

    BLTZ(regimm(0x00), OperandFormat.RS_BRANCH),
    BGEZ(regimm(0x01), OperandFormat.RS_BRANCH),
    BLTZAL(regimm(0x10), OperandFormat.RS_BRANCH),
    BGEZAL(regimm(0x11), OperandFormat.RS_BRANCH),

    J(primary(0x02), OperandFormat.TARGET),
    JAL(primary(0x03), OperandFormat.TARGET),
    BEQ(primary(0x04), OperandFormat.RS_RT_BRANCH),
    BNE(primary(0x05), OperandFormat.RS_RT_BRANCH),
    BLEZ(primary(0x06), OperandFormat.RS_BRANCH),
    BGTZ(primary(0x07), OperandFormat.RS_BRANCH),
    ADDI(primary(0x08), OperandFormat.RT_RS_IMMEDIATE),
    ADDIU(primary(0x09), OperandFormat.RT_RS_IMMEDIATE),
    SLTI(primary(0x0A), OperandFormat.RT_RS_IMMEDIATE),
    SLTIU(primary(0x0B), OperandFormat.RT_RS_IMMEDIATE),
    ANDI(primary(0x0C), OperandFormat.RT_RS_UNSIGNED),
    ORI(primary(0x0D), OperandFormat.RT_RS_UNSIGNED),
    XORI(primary(0x0E), OperandFormat.RT_RS_UNSIGNED),
    LUI(primary(0x0F), OperandFormat.RT_UPPER),

    MFC0(cop0(0x00), OperandFormat.RT_COP0),
    MTC0(cop0(0x04), OperandFormat.RT_COP0),
    RFE(c0(0x10), OperandFormat.NONE),
    COP1(primary(0x11), OperandFormat.COPROCESSOR),
    COP2(primary(0x12), OperandFormat.COPROCESSOR),
    COP3(primary(0x13), OperandFormat.COPROCESSOR),

    LB(primary(0x20), OperandFormat.RT_OFFSET_BASE),
    LH(primary(0x21), OperandFormat.RT_OFFSET_BASE),
    LWL(primary(0x22), OperandFormat.RT_OFFSET_BASE),
    LW(primary(0x23), OperandFormat.RT_OFFSET_BASE),
    LBU(primary(0x24), OperandFormat.RT_OFFSET_BASE),
    LHU(primary(0x25), OperandFormat.RT_OFFSET_BASE),
    LWR(primary(0x26), OperandFormat.RT_OFFSET_BASE),
    SB(primary(0x28), OperandFormat.RT_OFFSET_BASE),
    SH(primary(0x29), OperandFormat.RT_OFFSET_BASE),
    SWL(primary(0x2A), OperandFormat.RT_OFFSET_BASE),
    SW(primary(0x2B), OperandFormat.RT_OFFSET_BASE),
    SWR(primary(0x2E), OperandFormat.RT_OFFSET_BASE),
    LWC1(primary(0x31), OperandFormat.COPROCESSOR),
    LWC2(primary(0x32), OperandFormat.COPROCESSOR),
    LWC3(primary(0x33), OperandFormat.COPROCESSOR),
    SWC1(primary(0x39), OperandFormat.COPROCESSOR),
    SWC2(primary(0x3A), OperandFormat.COPROCESSOR),
    SWC3(primary(0x3B), OperandFormat.COPROCESSOR);

    final Encoding encoding;
    final OperandFormat format;

    Instruction(Encoding encoding, OperandFormat format) {
        this.encoding = encoding;
        this.format = format;
    }

    /** Bytes that a load or store accesses, aligned to their number; 0 for other instructions. */
    int accessBytes() {
        return switch (this) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWL, LWR, SW, SWL, SWR -> 4;
            default -> 0;
        };
    }

    /** True for stores. */
    boolean stores() {
        return switch (this) {
            case SB, SH, SW, SWL, SWR -> true;
            default -> false;
        };
    }

    /** The mnemonic as assemblers write it, in lower case. */
    String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }
}
