package soliloquy.ee;

import static soliloquy.ee.Encoding.*;

import java.util.Locale;

/**
 * The instruction table of the R5900, all of it: decoder, disassembler, interpreter and timing read these rows and nothing else.
 * Rows that name an exception to a wider row (MFPC among MFC0) stand before it. Source of the opcode maps: ps2tek "EE Instruction
 * Decoding"; of the latencies: DobieStation's cycle tables.
 */
public enum Instruction {
    // SPECIAL
    SLL(special(0x00), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    SRL(special(0x02), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    SRA(special(0x03), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    SLLV(special(0x04), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    SRLV(special(0x06), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    SRAV(special(0x07), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    JR(special(0x08), OperandFormat.RS, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    JALR(special(0x09), OperandFormat.RD_RS, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    MOVZ(special(0x0A), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    MOVN(special(0x0B), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    SYSCALL(special(0x0C), OperandFormat.CODE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    BREAK(special(0x0D), OperandFormat.CODE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    SYNC(special(0x0F), OperandFormat.SYNC, Unit.INTEGER, Timing.SINGLE),
    MFHI(special(0x10), OperandFormat.RD, Unit.INTEGER, Timing.SINGLE),
    MTHI(special(0x11), OperandFormat.RS, Unit.INTEGER, Timing.SINGLE),
    MFLO(special(0x12), OperandFormat.RD, Unit.INTEGER, Timing.SINGLE),
    MTLO(special(0x13), OperandFormat.RS, Unit.INTEGER, Timing.SINGLE),
    DSLLV(special(0x14), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    DSRLV(special(0x16), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    DSRAV(special(0x17), OperandFormat.RD_RT_RS, Unit.INTEGER, Timing.SINGLE),
    MULT(special(0x18), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    MULTU(special(0x19), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    DIV(special(0x1A), OperandFormat.RS_RT, Unit.INTEGER, Timing.DIVIDE),
    DIVU(special(0x1B), OperandFormat.RS_RT, Unit.INTEGER, Timing.DIVIDE),
    ADD(special(0x20), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    ADDU(special(0x21), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    SUB(special(0x22), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    SUBU(special(0x23), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    AND(special(0x24), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    OR(special(0x25), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    XOR(special(0x26), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    NOR(special(0x27), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    MFSA(special(0x28), OperandFormat.RD, Unit.INTEGER, Timing.SINGLE),
    MTSA(special(0x29), OperandFormat.RS, Unit.INTEGER, Timing.SINGLE),
    SLT(special(0x2A), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    SLTU(special(0x2B), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    DADD(special(0x2C), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    DADDU(special(0x2D), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    DSUB(special(0x2E), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    DSUBU(special(0x2F), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.SINGLE),
    TGE(special(0x30), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TGEU(special(0x31), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TLT(special(0x32), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TLTU(special(0x33), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TEQ(special(0x34), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TNE(special(0x36), OperandFormat.RS_RT, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    DSLL(special(0x38), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    DSRL(special(0x3A), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    DSRA(special(0x3B), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    DSLL32(special(0x3C), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    DSRL32(special(0x3E), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),
    DSRA32(special(0x3F), OperandFormat.RD_RT_SA, Unit.INTEGER, Timing.SINGLE),

    // REGIMM
    BLTZ(regimm(0x00), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BGEZ(regimm(0x01), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BLTZL(regimm(0x02), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BGEZL(regimm(0x03), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    TGEI(regimm(0x08), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TGEIU(regimm(0x09), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TLTI(regimm(0x0A), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TLTIU(regimm(0x0B), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TEQI(regimm(0x0C), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    TNEI(regimm(0x0E), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE, Trait.TRAP),
    BLTZAL(regimm(0x10), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BGEZAL(regimm(0x11), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BLTZALL(regimm(0x12), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BGEZALL(regimm(0x13), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    MTSAB(regimm(0x18), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    MTSAH(regimm(0x19), OperandFormat.RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),

    // Primary opcodes
    J(primary(0x02), OperandFormat.TARGET, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    JAL(primary(0x03), OperandFormat.TARGET, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BEQ(primary(0x04), OperandFormat.RS_RT_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BNE(primary(0x05), OperandFormat.RS_RT_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BLEZ(primary(0x06), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BGTZ(primary(0x07), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH),
    BEQL(primary(0x14), OperandFormat.RS_RT_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BNEL(primary(0x15), OperandFormat.RS_RT_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BLEZL(primary(0x16), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BGTZL(primary(0x17), OperandFormat.RS_BRANCH, Unit.INTEGER, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    ADDI(primary(0x08), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    ADDIU(primary(0x09), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    SLTI(primary(0x0A), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    SLTIU(primary(0x0B), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    ANDI(primary(0x0C), OperandFormat.RT_RS_UNSIGNED, Unit.INTEGER, Timing.SINGLE),
    ORI(primary(0x0D), OperandFormat.RT_RS_UNSIGNED, Unit.INTEGER, Timing.SINGLE),
    XORI(primary(0x0E), OperandFormat.RT_RS_UNSIGNED, Unit.INTEGER, Timing.SINGLE),
    LUI(primary(0x0F), OperandFormat.RT_UPPER, Unit.INTEGER, Timing.SINGLE),
    DADDI(primary(0x18), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    DADDIU(primary(0x19), OperandFormat.RT_RS_IMMEDIATE, Unit.INTEGER, Timing.SINGLE),
    LDL(primary(0x1A), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LDR(primary(0x1B), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LQ(primary(0x1E), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LB(primary(0x20), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LH(primary(0x21), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LWL(primary(0x22), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LW(primary(0x23), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LBU(primary(0x24), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LHU(primary(0x25), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LWR(primary(0x26), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LWU(primary(0x27), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    LD(primary(0x37), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.LOAD, Trait.LOAD),
    SQ(primary(0x1F), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SB(primary(0x28), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SH(primary(0x29), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SWL(primary(0x2A), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SW(primary(0x2B), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SDL(primary(0x2C), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SDR(primary(0x2D), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SWR(primary(0x2E), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    SD(primary(0x3F), OperandFormat.RT_OFFSET_BASE, Unit.INTEGER, Timing.STORE, Trait.STORE),
    CACHE(primary(0x2F), OperandFormat.OPERATION_OFFSET_BASE, Unit.INTEGER, Timing.SINGLE),
    PREF(primary(0x33), OperandFormat.OPERATION_OFFSET_BASE, Unit.INTEGER, Timing.SINGLE),
    LWC1(primary(0x31), OperandFormat.FT_OFFSET_BASE, Unit.FPU, Timing.LOAD, Trait.LOAD),
    SWC1(primary(0x39), OperandFormat.FT_OFFSET_BASE, Unit.FPU, Timing.STORE, Trait.STORE),
    LQC2(primary(0x36), OperandFormat.VT_OFFSET_BASE, Unit.COP2, Timing.LOAD, Trait.LOAD),
    SQC2(primary(0x3E), OperandFormat.VT_OFFSET_BASE, Unit.COP2, Timing.STORE, Trait.STORE),

    // MMI
    MADD(mmi(0x00), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    MADDU(mmi(0x01), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    PLZCW(mmi(0x04), OperandFormat.RD_RS, Unit.MMI, Timing.SINGLE),
    MFHI1(mmi(0x10), OperandFormat.RD, Unit.INTEGER, Timing.SINGLE),
    MTHI1(mmi(0x11), OperandFormat.RS, Unit.INTEGER, Timing.SINGLE),
    MFLO1(mmi(0x12), OperandFormat.RD, Unit.INTEGER, Timing.SINGLE),
    MTLO1(mmi(0x13), OperandFormat.RS, Unit.INTEGER, Timing.SINGLE),
    MULT1(mmi(0x18), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    MULTU1(mmi(0x19), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    DIV1(mmi(0x1A), OperandFormat.RS_RT, Unit.INTEGER, Timing.DIVIDE),
    DIVU1(mmi(0x1B), OperandFormat.RS_RT, Unit.INTEGER, Timing.DIVIDE),
    MADD1(mmi(0x20), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    MADDU1(mmi(0x21), OperandFormat.RD_RS_RT, Unit.INTEGER, Timing.MULTIPLY),
    PSLLH(mmi(0x34), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PSRLH(mmi(0x36), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PSRAH(mmi(0x37), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PSLLW(mmi(0x3C), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PSRLW(mmi(0x3E), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PSRAW(mmi(0x3F), OperandFormat.RD_RT_SA, Unit.MMI, Timing.SINGLE),
    PMFHL_LW(mmi(0x30, 0), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMFHL_UW(mmi(0x30, 1), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMFHL_SLW(mmi(0x30, 2), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMFHL_LH(mmi(0x30, 3), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMFHL_SH(mmi(0x30, 4), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMTHL_LW(mmi(0x31, 0), OperandFormat.RS, Unit.MMI, Timing.SINGLE),

    // MMI0
    PADDW(mmi(0x08, 0x00), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBW(mmi(0x08, 0x01), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PCGTW(mmi(0x08, 0x02), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMAXW(mmi(0x08, 0x03), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDH(mmi(0x08, 0x04), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBH(mmi(0x08, 0x05), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PCGTH(mmi(0x08, 0x06), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMAXH(mmi(0x08, 0x07), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDB(mmi(0x08, 0x08), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBB(mmi(0x08, 0x09), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PCGTB(mmi(0x08, 0x0A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDSW(mmi(0x08, 0x10), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBSW(mmi(0x08, 0x11), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTLW(mmi(0x08, 0x12), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PPACW(mmi(0x08, 0x13), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDSH(mmi(0x08, 0x14), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBSH(mmi(0x08, 0x15), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTLH(mmi(0x08, 0x16), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PPACH(mmi(0x08, 0x17), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDSB(mmi(0x08, 0x18), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBSB(mmi(0x08, 0x19), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTLB(mmi(0x08, 0x1A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PPACB(mmi(0x08, 0x1B), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXT5(mmi(0x08, 0x1E), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PPAC5(mmi(0x08, 0x1F), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),

    // MMI1
    PABSW(mmi(0x28, 0x01), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PCEQW(mmi(0x28, 0x02), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMINW(mmi(0x28, 0x03), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADSBH(mmi(0x28, 0x04), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PABSH(mmi(0x28, 0x05), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PCEQH(mmi(0x28, 0x06), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMINH(mmi(0x28, 0x07), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PCEQB(mmi(0x28, 0x0A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDUW(mmi(0x28, 0x10), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBUW(mmi(0x28, 0x11), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTUW(mmi(0x28, 0x12), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDUH(mmi(0x28, 0x14), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBUH(mmi(0x28, 0x15), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTUH(mmi(0x28, 0x16), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PADDUB(mmi(0x28, 0x18), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PSUBUB(mmi(0x28, 0x19), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXTUB(mmi(0x28, 0x1A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    QFSRV(mmi(0x28, 0x1B), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),

    // MMI2
    PMADDW(mmi(0x09, 0x00), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PSLLVW(mmi(0x09, 0x02), OperandFormat.RD_RT_RS, Unit.MMI, Timing.SINGLE),
    PSRLVW(mmi(0x09, 0x03), OperandFormat.RD_RT_RS, Unit.MMI, Timing.SINGLE),
    PMSUBW(mmi(0x09, 0x04), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PMFHI(mmi(0x09, 0x08), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PMFLO(mmi(0x09, 0x09), OperandFormat.RD, Unit.MMI, Timing.SINGLE),
    PINTH(mmi(0x09, 0x0A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMULTW(mmi(0x09, 0x0C), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PDIVW(mmi(0x09, 0x0D), OperandFormat.RS_RT, Unit.MMI, Timing.DIVIDE),
    PCPYLD(mmi(0x09, 0x0E), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMADDH(mmi(0x09, 0x10), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PHMADH(mmi(0x09, 0x11), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PAND(mmi(0x09, 0x12), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PXOR(mmi(0x09, 0x13), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMSUBH(mmi(0x09, 0x14), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PHMSBH(mmi(0x09, 0x15), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PEXEH(mmi(0x09, 0x1A), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PREVH(mmi(0x09, 0x1B), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PMULTH(mmi(0x09, 0x1C), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PDIVBW(mmi(0x09, 0x1D), OperandFormat.RS_RT, Unit.MMI, Timing.DIVIDE),
    PEXEW(mmi(0x09, 0x1E), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PROT3W(mmi(0x09, 0x1F), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),

    // MMI3
    PMADDUW(mmi(0x29, 0x00), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PSRAVW(mmi(0x29, 0x03), OperandFormat.RD_RT_RS, Unit.MMI, Timing.SINGLE),
    PMTHI(mmi(0x29, 0x08), OperandFormat.RS, Unit.MMI, Timing.SINGLE),
    PMTLO(mmi(0x29, 0x09), OperandFormat.RS, Unit.MMI, Timing.SINGLE),
    PINTEH(mmi(0x29, 0x0A), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PMULTUW(mmi(0x29, 0x0C), OperandFormat.RD_RS_RT, Unit.MMI, Timing.MULTIPLY),
    PDIVUW(mmi(0x29, 0x0D), OperandFormat.RS_RT, Unit.MMI, Timing.DIVIDE),
    PCPYUD(mmi(0x29, 0x0E), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    POR(mmi(0x29, 0x12), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PNOR(mmi(0x29, 0x13), OperandFormat.RD_RS_RT, Unit.MMI, Timing.SINGLE),
    PEXCH(mmi(0x29, 0x1A), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PCPYH(mmi(0x29, 0x1B), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),
    PEXCW(mmi(0x29, 0x1E), OperandFormat.RD_RT, Unit.MMI, Timing.SINGLE),

    // COP0
    MFBPC(breakpoint(0x00, 0), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFIAB(breakpoint(0x00, 2), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFIABM(breakpoint(0x00, 3), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFDAB(breakpoint(0x00, 4), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFDABM(breakpoint(0x00, 5), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFDVB(breakpoint(0x00, 6), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFDVBM(breakpoint(0x00, 7), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTBPC(breakpoint(0x04, 0), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTIAB(breakpoint(0x04, 2), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTIABM(breakpoint(0x04, 3), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTDAB(breakpoint(0x04, 4), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTDABM(breakpoint(0x04, 5), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTDVB(breakpoint(0x04, 6), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MTDVBM(breakpoint(0x04, 7), OperandFormat.RT, Unit.COP0, Timing.SINGLE),
    MFPS(performance(0x00, 0), OperandFormat.RT_PERFORMANCE, Unit.COP0, Timing.SINGLE),
    MFPC(performance(0x00, 1), OperandFormat.RT_PERFORMANCE, Unit.COP0, Timing.SINGLE),
    MTPS(performance(0x04, 0), OperandFormat.RT_PERFORMANCE, Unit.COP0, Timing.SINGLE),
    MTPC(performance(0x04, 1), OperandFormat.RT_PERFORMANCE, Unit.COP0, Timing.SINGLE),
    MFC0(cop0(0x00), OperandFormat.RT_COP0, Unit.COP0, Timing.SINGLE),
    MTC0(cop0(0x04), OperandFormat.RT_COP0, Unit.COP0, Timing.SINGLE),
    BC0F(bc0(0), OperandFormat.BRANCH, Unit.COP0, Timing.BRANCH, Trait.BRANCH),
    BC0T(bc0(1), OperandFormat.BRANCH, Unit.COP0, Timing.BRANCH, Trait.BRANCH),
    BC0FL(bc0(2), OperandFormat.BRANCH, Unit.COP0, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BC0TL(bc0(3), OperandFormat.BRANCH, Unit.COP0, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    TLBR(c0(0x01), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    TLBWI(c0(0x02), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    TLBWR(c0(0x06), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    TLBP(c0(0x08), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    ERET(c0(0x18), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    EI(c0(0x38), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),
    DI(c0(0x39), OperandFormat.NONE, Unit.COP0, Timing.SINGLE),

    // COP1
    MFC1(cop1(0x00), OperandFormat.RT_FS, Unit.FPU, Timing.SINGLE),
    CFC1(cop1(0x02), OperandFormat.RT_FCR, Unit.FPU, Timing.SINGLE),
    MTC1(cop1(0x04), OperandFormat.RT_FS, Unit.FPU, Timing.SINGLE),
    CTC1(cop1(0x06), OperandFormat.RT_FCR, Unit.FPU, Timing.SINGLE),
    BC1F(bc1(0), OperandFormat.BRANCH, Unit.FPU, Timing.BRANCH, Trait.BRANCH),
    BC1T(bc1(1), OperandFormat.BRANCH, Unit.FPU, Timing.BRANCH, Trait.BRANCH),
    BC1FL(bc1(2), OperandFormat.BRANCH, Unit.FPU, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BC1TL(bc1(3), OperandFormat.BRANCH, Unit.FPU, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    ADD_S(single(0x00), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    SUB_S(single(0x01), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    MUL_S(single(0x02), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    DIV_S(single(0x03), OperandFormat.FD_FS_FT, Unit.FPU, Timing.FPU_DIVIDE),
    SQRT_S(single(0x04), OperandFormat.FD_FT, Unit.FPU, Timing.FPU_DIVIDE),
    ABS_S(single(0x05), OperandFormat.FD_FS, Unit.FPU, Timing.SINGLE),
    MOV_S(single(0x06), OperandFormat.FD_FS, Unit.FPU, Timing.SINGLE),
    NEG_S(single(0x07), OperandFormat.FD_FS, Unit.FPU, Timing.SINGLE),
    RSQRT_S(single(0x16), OperandFormat.FD_FS_FT, Unit.FPU, Timing.FPU_RECIPROCAL_ROOT),
    ADDA_S(single(0x18), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    SUBA_S(single(0x19), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    MULA_S(single(0x1A), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    MADD_S(single(0x1C), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    MSUB_S(single(0x1D), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    MADDA_S(single(0x1E), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    MSUBA_S(single(0x1F), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    CVT_W_S(single(0x24), OperandFormat.FD_FS, Unit.FPU, Timing.SINGLE),
    MAX_S(single(0x28), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    MIN_S(single(0x29), OperandFormat.FD_FS_FT, Unit.FPU, Timing.SINGLE),
    C_F_S(single(0x30), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    C_EQ_S(single(0x32), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    C_LT_S(single(0x34), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    C_LE_S(single(0x36), OperandFormat.FS_FT, Unit.FPU, Timing.SINGLE),
    CVT_S_W(word(0x20), OperandFormat.FD_FS, Unit.FPU, Timing.SINGLE),

    // COP2 moves and branches
    QMFC2(cop2(0x01), OperandFormat.RT_VF, Unit.COP2, Timing.SINGLE),
    CFC2(cop2(0x02), OperandFormat.RT_VI, Unit.COP2, Timing.SINGLE),
    QMTC2(cop2(0x05), OperandFormat.RT_VF, Unit.COP2, Timing.SINGLE),
    CTC2(cop2(0x06), OperandFormat.RT_VI, Unit.COP2, Timing.SINGLE),
    BC2F(bc2(0), OperandFormat.BRANCH, Unit.COP2, Timing.BRANCH, Trait.BRANCH),
    BC2T(bc2(1), OperandFormat.BRANCH, Unit.COP2, Timing.BRANCH, Trait.BRANCH),
    BC2FL(bc2(2), OperandFormat.BRANCH, Unit.COP2, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),
    BC2TL(bc2(3), OperandFormat.BRANCH, Unit.COP2, Timing.BRANCH, Trait.BRANCH, Trait.LIKELY),

    // VU0 macro mode, first table
    VADDX(vu(0x00), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDY(vu(0x01), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDZ(vu(0x02), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDW(vu(0x03), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBX(vu(0x04), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBY(vu(0x05), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBZ(vu(0x06), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBW(vu(0x07), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDX(vu(0x08), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDY(vu(0x09), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDZ(vu(0x0A), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDW(vu(0x0B), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBX(vu(0x0C), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBY(vu(0x0D), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBZ(vu(0x0E), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBW(vu(0x0F), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMAXX(vu(0x10), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMAXY(vu(0x11), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMAXZ(vu(0x12), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMAXW(vu(0x13), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMINIX(vu(0x14), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMINIY(vu(0x15), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMINIZ(vu(0x16), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMINIW(vu(0x17), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULX(vu(0x18), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULY(vu(0x19), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULZ(vu(0x1A), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULW(vu(0x1B), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULQ(vu(0x1C), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMAXI(vu(0x1D), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMULI(vu(0x1E), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMINII(vu(0x1F), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VADDQ(vu(0x20), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMADDQ(vu(0x21), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VADDI(vu(0x22), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMADDI(vu(0x23), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VSUBQ(vu(0x24), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMSUBQ(vu(0x25), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VSUBI(vu(0x26), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VMSUBI(vu(0x27), OperandFormat.VFD_VFS, Unit.COP2, Timing.SINGLE),
    VADD(vu(0x28), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADD(vu(0x29), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMUL(vu(0x2A), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMAX(vu(0x2B), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUB(vu(0x2C), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUB(vu(0x2D), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VOPMSUB(vu(0x2E), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMINI(vu(0x2F), OperandFormat.VFD_VFS_VFT, Unit.COP2, Timing.SINGLE),
    VIADD(vu(0x30), OperandFormat.VID_VIS_VIT, Unit.COP2, Timing.SINGLE),
    VISUB(vu(0x31), OperandFormat.VID_VIS_VIT, Unit.COP2, Timing.SINGLE),
    VIAND(vu(0x34), OperandFormat.VID_VIS_VIT, Unit.COP2, Timing.SINGLE),
    VIOR(vu(0x35), OperandFormat.VID_VIS_VIT, Unit.COP2, Timing.SINGLE),
    VIADDI(vu(0x32), OperandFormat.VIT_VIS_IMMEDIATE, Unit.COP2, Timing.SINGLE),
    VCALLMS(vu(0x38), OperandFormat.VCODE, Unit.COP2, Timing.SINGLE),
    VCALLMSR(vu(0x39), OperandFormat.VCODE, Unit.COP2, Timing.SINGLE),

    // VU0 macro mode, second table
    VADDAX(vu2(0x00), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDAY(vu2(0x01), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDAZ(vu2(0x02), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDAW(vu2(0x03), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBAX(vu2(0x04), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBAY(vu2(0x05), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBAZ(vu2(0x06), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBAW(vu2(0x07), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDAX(vu2(0x08), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDAY(vu2(0x09), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDAZ(vu2(0x0A), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDAW(vu2(0x0B), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBAX(vu2(0x0C), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBAY(vu2(0x0D), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBAZ(vu2(0x0E), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBAW(vu2(0x0F), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VITOF0(vu2(0x10), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VITOF4(vu2(0x11), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VITOF12(vu2(0x12), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VITOF15(vu2(0x13), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VFTOI0(vu2(0x14), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VFTOI4(vu2(0x15), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VFTOI12(vu2(0x16), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VFTOI15(vu2(0x17), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VMULAX(vu2(0x18), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULAY(vu2(0x19), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULAZ(vu2(0x1A), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULAW(vu2(0x1B), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULAQ(vu2(0x1C), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VABS(vu2(0x1D), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VMULAI(vu2(0x1E), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VCLIP(vu2(0x1F), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VADDAQ(vu2(0x20), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VMADDAQ(vu2(0x21), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VADDAI(vu2(0x22), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VMADDAI(vu2(0x23), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VSUBAQ(vu2(0x24), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VMSUBAQ(vu2(0x25), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VSUBAI(vu2(0x26), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VMSUBAI(vu2(0x27), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VADDA(vu2(0x28), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMADDA(vu2(0x29), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMULA(vu2(0x2A), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSUBA(vu2(0x2C), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VMSUBA(vu2(0x2D), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VOPMULA(vu2(0x2E), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VNOP(vu2(0x2F), OperandFormat.NONE, Unit.COP2, Timing.SINGLE),
    VMOVE(vu2(0x30), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VMR32(vu2(0x31), OperandFormat.VFT_VFS, Unit.COP2, Timing.SINGLE),
    VLQI(vu2(0x34), OperandFormat.VFT_VIS, Unit.COP2, Timing.SINGLE),
    VSQI(vu2(0x35), OperandFormat.VFS_VIT, Unit.COP2, Timing.SINGLE),
    VLQD(vu2(0x36), OperandFormat.VFT_VIS, Unit.COP2, Timing.SINGLE),
    VSQD(vu2(0x37), OperandFormat.VFS_VIT, Unit.COP2, Timing.SINGLE),
    VDIV(vu2(0x38), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VSQRT(vu2(0x39), OperandFormat.VFT, Unit.COP2, Timing.SINGLE),
    VRSQRT(vu2(0x3A), OperandFormat.VFS_VFT, Unit.COP2, Timing.SINGLE),
    VWAITQ(vu2(0x3B), OperandFormat.NONE, Unit.COP2, Timing.SINGLE),
    VMTIR(vu2(0x3C), OperandFormat.VIT_VFS, Unit.COP2, Timing.SINGLE),
    VMFIR(vu2(0x3D), OperandFormat.VFT_VIS, Unit.COP2, Timing.SINGLE),
    VILWR(vu2(0x3E), OperandFormat.VIT_VIS, Unit.COP2, Timing.SINGLE),
    VISWR(vu2(0x3F), OperandFormat.VIT_VIS, Unit.COP2, Timing.SINGLE),
    VRNEXT(vu2(0x40), OperandFormat.VFT, Unit.COP2, Timing.SINGLE),
    VRGET(vu2(0x41), OperandFormat.VFT, Unit.COP2, Timing.SINGLE),
    VRINIT(vu2(0x42), OperandFormat.VFS, Unit.COP2, Timing.SINGLE),
    VRXOR(vu2(0x43), OperandFormat.VFS, Unit.COP2, Timing.SINGLE);

    /** The part of the processor that executes an instruction. */
    public enum Unit {
        INTEGER,
        MMI,
        COP0,
        FPU,
        COP2
    }

    /** What matters to those who look at code without executing it. */
    public enum Trait {
        /** Has a delay slot. */
        BRANCH,
        /** Nullifies its delay slot when not taken. */
        LIKELY,
        LOAD,
        STORE,
        /** May enter the kernel by its own doing. */
        TRAP
    }

    /** Timing class: the cycles by which an instruction exceeds one, in the {@code simple} profile. */
    public enum Timing {
        SINGLE(0),
        BRANCH(0),
        LOAD(0),
        STORE(0),
        /** Latency 4, throughput 2. */
        MULTIPLY(1),
        /** Latency and throughput 37. */
        DIVIDE(36),
        /** Latency 8, throughput 7. */
        FPU_DIVIDE(6),
        /** Latency 14, throughput 13. */
        FPU_RECIPROCAL_ROOT(12);

        /** Cycles beyond one. */
        public final int extraCycles;

        Timing(int extraCycles) {
            this.extraCycles = extraCycles;
        }
    }

    final Encoding encoding;
    final OperandFormat format;
    final Unit unit;
    final Timing timing;
    private final int traits;

    Instruction(Encoding encoding, OperandFormat format, Unit unit, Timing timing, Trait... traits) {
        this.encoding = encoding;
        this.format = format;
        this.unit = unit;
        this.timing = timing;
        int set = 0;
        for (Trait trait : traits) {
            set |= 1 << trait.ordinal();
        }
        this.traits = set;
    }

    /** True if the row has {@code trait}. */
    public boolean has(Trait trait) {
        return (traits >> trait.ordinal() & 1) != 0;
    }

    /** The coprocessor that must be usable, 0 to 2; -1 for instructions of the processor itself. */
    int coprocessor() {
        return switch (unit) {
            case COP0 -> 0;
            case FPU -> 1;
            case COP2 -> 2;
            case INTEGER, MMI -> -1;
        };
    }

    /** The mnemonic as assemblers write it, in lower case. */
    public String mnemonic() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
