package soliloquy.ee;

import static soliloquy.ee.ModelState.lane;
import static soliloquy.ee.ModelState.signed;
import static soliloquy.ee.ModelState.signedLane;
import static soliloquy.ee.ModelState.withLane;

import java.math.BigInteger;
import java.util.Map;

/** Multimedia multiplication and division with what they leave in HI and LO. Source: ps2autotests cpu/ee_simd/muldiv, 722 rows. */
final class LaneProductModels {
    private LaneProductModels() {}

    static void addTo(Map<Instruction, InstructionModel> models) {
        models.put(Instruction.PMULTW, (s, o) -> words(s, o, true, 0));
        models.put(Instruction.PMULTUW, (s, o) -> words(s, o, false, 0));
        models.put(Instruction.PMADDW, (s, o) -> words(s, o, true, 1));
        models.put(Instruction.PMADDUW, (s, o) -> words(s, o, false, 1));
        models.put(Instruction.PMSUBW, (s, o) -> words(s, o, true, -1));
        models.put(Instruction.PMULTH, (s, o) -> halves(s, o, 0));
        models.put(Instruction.PMADDH, (s, o) -> halves(s, o, 1));
        models.put(Instruction.PMSUBH, (s, o) -> halves(s, o, -1));
        models.put(Instruction.PHMADH, (s, o) -> neighbours(s, o, false));
        models.put(Instruction.PHMSBH, (s, o) -> neighbours(s, o, true));
        models.put(Instruction.PDIVW, (s, o) -> {
            for (int i = 0; i < 2; i++) {
                BigInteger divisor = signedLane(s.gpr[o.rt()], 32, 2 * i);
                MultiplyModels.divide(s, 64, i, signedLane(s.gpr[o.rs()], 32, 2 * i), divisor, true);
            }
        });
        models.put(Instruction.PDIVUW, (s, o) -> {
            for (int i = 0; i < 2; i++) {
                BigInteger divisor = lane(s.gpr[o.rt()], 32, 2 * i);
                MultiplyModels.divide(s, 64, i, lane(s.gpr[o.rs()], 32, 2 * i), divisor, false);
            }
        });
        models.put(Instruction.PDIVBW, (s, o) -> {
            BigInteger divisor = signedLane(s.gpr[o.rt()], 16, 0);
            for (int i = 0; i < 4; i++) {
                MultiplyModels.divide(s, 32, i, signedLane(s.gpr[o.rs()], 32, i), divisor, true);
            }
        });
    }

    /** Words 0 and 2: the product alone, or added to or subtracted from the word of HI above that of LO, modulo 2^64. */
    private static void words(ModelState s, Operands o, boolean signed, int sign) {
        BigInteger result = BigInteger.ZERO;
        for (int i = 0; i < 2; i++) {
            BigInteger x = lane(s.gpr[o.rs()], 32, 2 * i);
            BigInteger y = lane(s.gpr[o.rt()], 32, 2 * i);
            BigInteger product = signed ? signed(x, 32).multiply(signed(y, 32)) : x.multiply(y);
            BigInteger before = lane(s.hi, 32, 2 * i).shiftLeft(32).or(lane(s.lo, 32, 2 * i));
            BigInteger value = sign == 0 ? product : sign > 0 ? before.add(product) : before.subtract(product);
            s.lo = withLane(s.lo, 64, i, signed(value, 32));
            s.hi = withLane(s.hi, 64, i, signed(value.shiftRight(32), 32));
            result = withLane(result, 64, i, value);
        }
        s.set128(o.rd(), result);
    }

    private static BigInteger product(ModelState s, Operands o, int k) {
        return signedLane(s.gpr[o.rs()], 16, k).multiply(signedLane(s.gpr[o.rt()], 16, k));
    }

    /** Products 0 to 7 belong to words LO 0, LO 1, HI 0, HI 1, LO 2, LO 3, HI 2, HI 3. */
    private static void halves(ModelState s, Operands o, int sign) {
        for (int k = 0; k < 8; k++) {
            int word = (k & 1) + 2 * (k / 4);
            BigInteger before = sign == 0 ? BigInteger.ZERO : lane((k & 2) == 0 ? s.lo : s.hi, 32, word);
            BigInteger product = product(s, o, k);
            put(s, k, sign < 0 ? before.subtract(product) : before.add(product));
        }
        evenWords(s, o);
    }

    /** Even words: the sum or difference of two products; odd words: the odd product, or its complement. */
    private static void neighbours(ModelState s, Operands o, boolean subtract) {
        for (int k = 0; k < 8; k += 2) {
            BigInteger even = product(s, o, k);
            BigInteger odd = product(s, o, k + 1);
            put(s, k, subtract ? odd.subtract(even) : odd.add(even));
            put(s, k + 1, subtract ? odd.not() : odd);
        }
        evenWords(s, o);
    }

    private static void put(ModelState s, int k, BigInteger value) {
        int word = (k & 1) + 2 * (k / 4);
        if ((k & 2) == 0) {
            s.lo = withLane(s.lo, 32, word, value);
        } else {
            s.hi = withLane(s.hi, 32, word, value);
        }
    }

    private static void evenWords(ModelState s, Operands o) {
        BigInteger result = BigInteger.ZERO;
        for (int i = 0; i < 2; i++) {
            result = withLane(result, 32, 2 * i, lane(s.lo, 32, 2 * i));
            result = withLane(result, 32, 2 * i + 1, lane(s.hi, 32, 2 * i));
        }
        s.set128(o.rd(), result);
    }
}
