package soliloquy.ee;

import static soliloquy.ee.ModelState.lane;
import static soliloquy.ee.ModelState.signed;
import static soliloquy.ee.ModelState.signedLane;
import static soliloquy.ee.ModelState.unsigned;
import static soliloquy.ee.ModelState.withLane;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Multimedia arithmetic, comparison, logic and shifts, lane by lane. Source: the R5900 manual; ps2autotests
 * cpu/ee_simd/arithmetic, compare and logic, 1,230 rows.
 */
final class LaneModels {
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger ALL = BigInteger.valueOf(-1);

    private LaneModels() {}

    /** The nearest value that {@code bits} bits can hold. */
    static BigInteger clamp(BigInteger value, int bits, boolean signed) {
        BigInteger least = signed ? ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = ONE.shiftLeft(signed ? bits - 1 : bits).subtract(ONE);
        return value.max(least).min(most);
    }

    static void addTo(Map<Instruction, InstructionModel> models) {
        for (int bits = 8; bits <= 32; bits *= 2) {
            int n = bits;
            String unit = bits == 8 ? "B" : bits == 16 ? "H" : "W";
            lanes(models, "PADD" + unit, n, true, BigInteger::add);
            lanes(models, "PSUB" + unit, n, true, BigInteger::subtract);
            lanes(models, "PADDS" + unit, n, true, (x, y) -> clamp(x.add(y), n, true));
            lanes(models, "PSUBS" + unit, n, true, (x, y) -> clamp(x.subtract(y), n, true));
            lanes(models, "PADDU" + unit, n, false, (x, y) -> clamp(x.add(y), n, false));
            lanes(models, "PSUBU" + unit, n, false, (x, y) -> clamp(x.subtract(y), n, false));
            lanes(models, "PCGT" + unit, n, true, (x, y) -> x.compareTo(y) > 0 ? ALL : BigInteger.ZERO);
            lanes(models, "PCEQ" + unit, n, true, (x, y) -> x.equals(y) ? ALL : BigInteger.ZERO);
            if (n > 8) {
                lanes(models, "PMAX" + unit, n, true, BigInteger::max);
                lanes(models, "PMIN" + unit, n, true, BigInteger::min);
                lanes(models, "PABS" + unit, n, true, (x, y) -> clamp(y.abs(), n, true));
                shift(models, "PSLL" + unit, n, false, BigInteger::shiftLeft);
                shift(models, "PSRL" + unit, n, false, BigInteger::shiftRight);
                shift(models, "PSRA" + unit, n, true, BigInteger::shiftRight);
            }
        }
        lanes(models, "PAND", 128, false, BigInteger::and);
        lanes(models, "POR", 128, false, BigInteger::or);
        lanes(models, "PXOR", 128, false, BigInteger::xor);
        lanes(models, "PNOR", 128, false, (x, y) -> x.or(y).not());
        wordShift(models, "PSLLVW", false, BigInteger::shiftLeft);
        wordShift(models, "PSRLVW", false, BigInteger::shiftRight);
        wordShift(models, "PSRAVW", true, BigInteger::shiftRight);
        models.put(Instruction.PADSBH, LaneModels::padsbh);
        models.put(Instruction.PLZCW, LaneModels::plzcw);
    }

    private static void lanes(
            Map<Instruction, InstructionModel> models,
            String name,
            int bits,
            boolean signed,
            BinaryOperator<BigInteger> operation) {
        models.put(Instruction.valueOf(name), (s, o) -> {
            BigInteger result = BigInteger.ZERO;
            for (int i = 0; i < 128 / bits; i++) {
                BigInteger x = signed ? signedLane(s.gpr[o.rs()], bits, i) : lane(s.gpr[o.rs()], bits, i);
                BigInteger y = signed ? signedLane(s.gpr[o.rt()], bits, i) : lane(s.gpr[o.rt()], bits, i);
                result = withLane(result, bits, i, operation.apply(x, y));
            }
            s.set128(o.rd(), result);
        });
    }

    /** A shift of a number by a count. */
    @FunctionalInterface
    private interface Shift {
        BigInteger apply(BigInteger value, int count);
    }

    private static void shift(
            Map<Instruction, InstructionModel> models, String name, int bits, boolean signed, Shift operation) {
        models.put(Instruction.valueOf(name), (s, o) -> {
            BigInteger result = BigInteger.ZERO;
            for (int i = 0; i < 128 / bits; i++) {
                BigInteger x = signed ? signedLane(s.gpr[o.rt()], bits, i) : lane(s.gpr[o.rt()], bits, i);
                result = withLane(result, bits, i, operation.apply(x, o.sa() % bits));
            }
            s.set128(o.rd(), result);
        });
    }

    /** Words 0 and 2 of rt by the counts in words 0 and 2 of rs, sign-extended to doublewords. */
    private static void wordShift(
            Map<Instruction, InstructionModel> models, String name, boolean signed, Shift operation) {
        models.put(Instruction.valueOf(name), (s, o) -> {
            BigInteger result = BigInteger.ZERO;
            for (int i = 0; i < 2; i++) {
                BigInteger x = signed ? signedLane(s.gpr[o.rt()], 32, 2 * i) : lane(s.gpr[o.rt()], 32, 2 * i);
                int count = unsigned(lane(s.gpr[o.rs()], 32, 2 * i), 5).intValue();
                result = withLane(result, 64, i, signed(operation.apply(x, count), 32));
            }
            s.set128(o.rd(), result);
        });
    }

    private static void padsbh(ModelState s, Operands o) {
        BigInteger result = BigInteger.ZERO;
        for (int i = 0; i < 8; i++) {
            BigInteger x = lane(s.gpr[o.rs()], 16, i);
            BigInteger y = lane(s.gpr[o.rt()], 16, i);
            result = withLane(result, 16, i, i < 4 ? x.subtract(y) : x.add(y));
        }
        s.set128(o.rd(), result);
    }

    /** Leading bits equal to the sign bit, without that bit; the upper doubleword stays. */
    private static void plzcw(ModelState s, Operands o) {
        BigInteger result = s.gpr[o.rd()];
        for (int word = 0; word < 2; word++) {
            BigInteger value = lane(s.gpr[o.rs()], 32, word);
            int count = 0;
            while (count < 31 && value.testBit(30 - count) == value.testBit(31)) {
                count++;
            }
            result = withLane(result, 32, word, BigInteger.valueOf(count));
        }
        s.set128(o.rd(), result);
    }
}
