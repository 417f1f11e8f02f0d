package soliloquy.ee;

import static soliloquy.ee.ModelState.lane;
import static soliloquy.ee.ModelState.signed;
import static soliloquy.ee.ModelState.withLane;

import java.math.BigInteger;
import java.util.Map;

/**
 * Multiplication and division of words, in both pipes. HI and LO of the pipe receive sign-extended words, for unsigned operations
 * too; the other pipe's stay. Source: ps2autotests cpu/ee/muldiv, 456 rows.
 */
final class MultiplyModels {
    private MultiplyModels() {}

    static void addTo(Map<Instruction, InstructionModel> models) {
        for (int i = 0; i < 2; i++) {
            int pipe = i;
            String suffix = pipe == 0 ? "" : "1";
            put(models, "MULT" + suffix, (s, o) -> product(s, o, pipe, true, false));
            put(models, "MULTU" + suffix, (s, o) -> product(s, o, pipe, false, false));
            put(models, "MADD" + suffix, (s, o) -> product(s, o, pipe, true, true));
            put(models, "MADDU" + suffix, (s, o) -> product(s, o, pipe, false, true));
            put(models, "DIV" + suffix, (s, o) -> divide(s, 64, pipe, s.s32(o.rs()), s.s32(o.rt()), true));
            put(models, "DIVU" + suffix, (s, o) -> divide(s, 64, pipe, s.u32(o.rs()), s.u32(o.rt()), false));
        }
    }

    private static void put(Map<Instruction, InstructionModel> models, String name, InstructionModel model) {
        models.put(Instruction.valueOf(name), model);
    }

    private static void product(ModelState s, Operands o, int pipe, boolean signed, boolean accumulate) {
        BigInteger value =
                signed ? s.s32(o.rs()).multiply(s.s32(o.rt())) : s.u32(o.rs()).multiply(s.u32(o.rt()));
        if (accumulate) {
            value = value.add(lane(s.hi, 32, 2 * pipe).shiftLeft(32)).add(lane(s.lo, 32, 2 * pipe));
        }
        s.lo = withLane(s.lo, 64, pipe, signed(value, 32));
        s.hi = withLane(s.hi, 64, pipe, signed(value.shiftRight(32), 32));
        s.set32(o.rd(), value);
    }

    /**
     * Quotient to lane {@code to} of LO, remainder to that of HI, as sign-extended words if the lanes have 64 bits. By zero the
     * remainder is the dividend and the quotient -1, or 1 for a negative dividend.
     */
    static void divide(ModelState s, int bits, int to, BigInteger dividend, BigInteger divisor, boolean signed) {
        BigInteger quotient;
        BigInteger remainder;
        if (divisor.signum() == 0) {
            quotient = BigInteger.valueOf(signed && dividend.signum() < 0 ? 1 : -1);
            remainder = dividend;
        } else {
            quotient = dividend.divide(divisor);
            remainder = dividend.remainder(divisor);
        }
        s.lo = withLane(s.lo, bits, to, signed(quotient, 32));
        s.hi = withLane(s.hi, bits, to, signed(remainder, 32));
    }
}
