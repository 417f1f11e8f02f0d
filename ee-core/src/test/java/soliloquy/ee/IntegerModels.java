package soliloquy.ee;

import static soliloquy.ee.ModelState.lane;
import static soliloquy.ee.ModelState.signed;
import static soliloquy.ee.ModelState.unsigned;

import java.math.BigInteger;
import java.util.Map;

/**
 * Arithmetic, logic, shifts and the moves of HI, LO and SA. Operations on words read the low words and sign-extend the result; the
 * upper doubleword of the destination stays. Source: the R5900 manual; ps2autotests cpu/ee/alu, 715 rows.
 */
final class IntegerModels {
    private static final BigInteger ONES = BigInteger.valueOf(-1);

    private IntegerModels() {}

    private static BigInteger imm(Operands o) {
        return BigInteger.valueOf(o.immediate());
    }

    private static BigInteger bool(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }

    private static int count(ModelState s, int register, int bits) {
        return unsigned(s.gpr[register], bits).intValue();
    }

    static void addTo(Map<Instruction, InstructionModel> models) {
        sums(models);
        logic(models);
        shifts(models);
        moves(models);
    }

    private static void sums(Map<Instruction, InstructionModel> models) {
        models.put(Instruction.ADD, (s, o) -> s.setChecked(o.rd(), s.s32(o.rs()).add(s.s32(o.rt())), 32));
        models.put(Instruction.SUB, (s, o) -> s.setChecked(o.rd(), s.s32(o.rs()).subtract(s.s32(o.rt())), 32));
        models.put(
                Instruction.ADDI, (s, o) -> s.setChecked(o.rt(), s.s32(o.rs()).add(imm(o)), 32));
        models.put(
                Instruction.DADD, (s, o) -> s.setChecked(o.rd(), s.s64(o.rs()).add(s.s64(o.rt())), 64));
        models.put(
                Instruction.DSUB, (s, o) -> s.setChecked(o.rd(), s.s64(o.rs()).subtract(s.s64(o.rt())), 64));
        models.put(
                Instruction.DADDI, (s, o) -> s.setChecked(o.rt(), s.s64(o.rs()).add(imm(o)), 64));
        models.put(Instruction.ADDU, (s, o) -> s.set32(o.rd(), s.u32(o.rs()).add(s.u32(o.rt()))));
        models.put(Instruction.SUBU, (s, o) -> s.set32(o.rd(), s.u32(o.rs()).subtract(s.u32(o.rt()))));
        models.put(Instruction.ADDIU, (s, o) -> s.set32(o.rt(), s.u32(o.rs()).add(imm(o))));
        models.put(Instruction.DADDU, (s, o) -> s.set64(o.rd(), s.u64(o.rs()).add(s.u64(o.rt()))));
        models.put(Instruction.DSUBU, (s, o) -> s.set64(o.rd(), s.u64(o.rs()).subtract(s.u64(o.rt()))));
        models.put(Instruction.DADDIU, (s, o) -> s.set64(o.rt(), s.u64(o.rs()).add(imm(o))));
        models.put(Instruction.LUI, (s, o) -> s.set32(o.rt(), imm(o).shiftLeft(16)));
        models.put(Instruction.SLT, (s, o) -> s.set64(o.rd(), bool(s.s64(o.rs()).compareTo(s.s64(o.rt())) < 0)));
        models.put(
                Instruction.SLTU, (s, o) -> s.set64(o.rd(), bool(s.u64(o.rs()).compareTo(s.u64(o.rt())) < 0)));
        models.put(
                Instruction.SLTI, (s, o) -> s.set64(o.rt(), bool(s.s64(o.rs()).compareTo(imm(o)) < 0)));
        models.put(
                Instruction.SLTIU, (s, o) -> s.set64(o.rt(), bool(s.u64(o.rs()).compareTo(unsigned(imm(o), 64)) < 0)));
    }

    private static void logic(Map<Instruction, InstructionModel> models) {
        models.put(Instruction.AND, (s, o) -> s.set64(o.rd(), s.u64(o.rs()).and(s.u64(o.rt()))));
        models.put(Instruction.OR, (s, o) -> s.set64(o.rd(), s.u64(o.rs()).or(s.u64(o.rt()))));
        models.put(Instruction.XOR, (s, o) -> s.set64(o.rd(), s.u64(o.rs()).xor(s.u64(o.rt()))));
        models.put(
                Instruction.NOR,
                (s, o) -> s.set64(o.rd(), s.u64(o.rs()).or(s.u64(o.rt())).xor(ONES)));
        models.put(Instruction.ANDI, (s, o) -> s.set64(o.rt(), s.u64(o.rs()).and(zeroExtended(o))));
        models.put(Instruction.ORI, (s, o) -> s.set64(o.rt(), s.u64(o.rs()).or(zeroExtended(o))));
        models.put(Instruction.XORI, (s, o) -> s.set64(o.rt(), s.u64(o.rs()).xor(zeroExtended(o))));
    }

    private static BigInteger zeroExtended(Operands o) {
        return BigInteger.valueOf(o.unsignedImmediate());
    }

    private static void shifts(Map<Instruction, InstructionModel> models) {
        models.put(Instruction.SLL, (s, o) -> s.set32(o.rd(), s.u32(o.rt()).shiftLeft(o.sa())));
        models.put(Instruction.SRL, (s, o) -> s.set32(o.rd(), s.u32(o.rt()).shiftRight(o.sa())));
        models.put(Instruction.SRA, (s, o) -> s.set32(o.rd(), s.s32(o.rt()).shiftRight(o.sa())));
        models.put(Instruction.SLLV, (s, o) -> s.set32(o.rd(), s.u32(o.rt()).shiftLeft(count(s, o.rs(), 5))));
        models.put(Instruction.SRLV, (s, o) -> s.set32(o.rd(), s.u32(o.rt()).shiftRight(count(s, o.rs(), 5))));
        models.put(Instruction.SRAV, (s, o) -> s.set32(o.rd(), s.s32(o.rt()).shiftRight(count(s, o.rs(), 5))));
        models.put(Instruction.DSLL, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftLeft(o.sa())));
        models.put(Instruction.DSRL, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftRight(o.sa())));
        models.put(Instruction.DSRA, (s, o) -> s.set64(o.rd(), s.s64(o.rt()).shiftRight(o.sa())));
        models.put(Instruction.DSLL32, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftLeft(o.sa() + 32)));
        models.put(Instruction.DSRL32, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftRight(o.sa() + 32)));
        models.put(Instruction.DSRA32, (s, o) -> s.set64(o.rd(), s.s64(o.rt()).shiftRight(o.sa() + 32)));
        models.put(Instruction.DSLLV, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftLeft(count(s, o.rs(), 6))));
        models.put(Instruction.DSRLV, (s, o) -> s.set64(o.rd(), s.u64(o.rt()).shiftRight(count(s, o.rs(), 6))));
        models.put(Instruction.DSRAV, (s, o) -> s.set64(o.rd(), s.s64(o.rt()).shiftRight(count(s, o.rs(), 6))));
    }

    private static void moves(Map<Instruction, InstructionModel> models) {
        models.put(
                Instruction.MOVZ,
                (s, o) -> s.set64(o.rd(), s.u64(o.rt()).signum() == 0 ? s.u64(o.rs()) : s.u64(o.rd())));
        models.put(
                Instruction.MOVN,
                (s, o) -> s.set64(o.rd(), s.u64(o.rt()).signum() != 0 ? s.u64(o.rs()) : s.u64(o.rd())));
        models.put(Instruction.MFHI, (s, o) -> s.set64(o.rd(), lane(s.hi, 64, 0)));
        models.put(Instruction.MFHI1, (s, o) -> s.set64(o.rd(), lane(s.hi, 64, 1)));
        models.put(Instruction.MFLO, (s, o) -> s.set64(o.rd(), lane(s.lo, 64, 0)));
        models.put(Instruction.MFLO1, (s, o) -> s.set64(o.rd(), lane(s.lo, 64, 1)));
        models.put(Instruction.MTHI, (s, o) -> s.hi = ModelState.withLane(s.hi, 64, 0, s.u64(o.rs())));
        models.put(Instruction.MTHI1, (s, o) -> s.hi = ModelState.withLane(s.hi, 64, 1, s.u64(o.rs())));
        models.put(Instruction.MTLO, (s, o) -> s.lo = ModelState.withLane(s.lo, 64, 0, s.u64(o.rs())));
        models.put(Instruction.MTLO1, (s, o) -> s.lo = ModelState.withLane(s.lo, 64, 1, s.u64(o.rs())));
        // Console rows of cpu/ee_simd: MTSA keeps four bits; the other two exclusive-or with the immediate.
        models.put(Instruction.MFSA, (s, o) -> s.set64(o.rd(), BigInteger.valueOf(s.sa)));
        models.put(Instruction.MTSA, (s, o) -> s.sa = count(s, o.rs(), 4));
        models.put(
                Instruction.MTSAB,
                (s, o) -> s.sa =
                        unsigned(signed(s.gpr[o.rs()], 32).xor(imm(o)), 4).intValue());
        models.put(
                Instruction.MTSAH,
                (s, o) -> s.sa =
                        2 * unsigned(signed(s.gpr[o.rs()], 32).xor(imm(o)), 3).intValue());
    }
}
