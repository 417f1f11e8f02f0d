package soliloquy.ee;

import static soliloquy.ee.ModelState.lane;
import static soliloquy.ee.ModelState.signed;
import static soliloquy.ee.ModelState.signedLane;
import static soliloquy.ee.ModelState.withLane;

import java.math.BigInteger;
import java.util.Map;

/**
 * Multimedia instructions that move lanes. A recipe names, for each lane of the result from the least significant up, the register
 * (s rs, t rt, h HI, l LO) and its lane. Source: the R5900 manual; ps2autotests cpu/ee_simd/shuffle, 580 rows.
 */
final class ShuffleModels {
    private ShuffleModels() {}

    static void addTo(Map<Instruction, InstructionModel> models) {
        recipe(models, Instruction.PEXTLW, "t0 s0 t1 s1");
        recipe(models, Instruction.PEXTUW, "t2 s2 t3 s3");
        recipe(models, Instruction.PEXTLH, "t0 s0 t1 s1 t2 s2 t3 s3");
        recipe(models, Instruction.PEXTUH, "t4 s4 t5 s5 t6 s6 t7 s7");
        recipe(models, Instruction.PEXTLB, "t0 s0 t1 s1 t2 s2 t3 s3 t4 s4 t5 s5 t6 s6 t7 s7");
        recipe(models, Instruction.PEXTUB, "t8 s8 t9 s9 t10 s10 t11 s11 t12 s12 t13 s13 t14 s14 t15 s15");
        recipe(models, Instruction.PPACW, "t0 t2 s0 s2");
        recipe(models, Instruction.PPACH, "t0 t2 t4 t6 s0 s2 s4 s6");
        recipe(models, Instruction.PPACB, "t0 t2 t4 t6 t8 t10 t12 t14 s0 s2 s4 s6 s8 s10 s12 s14");
        recipe(models, Instruction.PINTH, "t0 s4 t1 s5 t2 s6 t3 s7");
        recipe(models, Instruction.PINTEH, "t0 s0 t2 s2 t4 s4 t6 s6");
        recipe(models, Instruction.PCPYLD, "t0 s0");
        recipe(models, Instruction.PCPYUD, "s1 t1");
        recipe(models, Instruction.PCPYH, "t0 t0 t0 t0 t4 t4 t4 t4");
        recipe(models, Instruction.PEXEH, "t2 t1 t0 t3 t6 t5 t4 t7");
        recipe(models, Instruction.PEXCH, "t0 t2 t1 t3 t4 t6 t5 t7");
        recipe(models, Instruction.PREVH, "t3 t2 t1 t0 t7 t6 t5 t4");
        recipe(models, Instruction.PEXEW, "t2 t1 t0 t3");
        recipe(models, Instruction.PEXCW, "t0 t2 t1 t3");
        recipe(models, Instruction.PROT3W, "t1 t2 t0 t3");
        recipe(models, Instruction.PMFHI, "h0 h1");
        recipe(models, Instruction.PMFLO, "l0 l1");
        recipe(models, Instruction.PMFHL_LW, "l0 h0 l2 h2");
        recipe(models, Instruction.PMFHL_UW, "l1 h1 l3 h3");
        recipe(models, Instruction.PMFHL_LH, "l0 l2 h0 h2 l4 l6 h4 h6");
        models.put(Instruction.PMTHI, (s, o) -> s.hi = s.gpr[o.rs()]);
        models.put(Instruction.PMTLO, (s, o) -> s.lo = s.gpr[o.rs()]);
        models.put(Instruction.PMTHL_LW, ShuffleModels::pmthlLw);
        models.put(Instruction.PMFHL_SLW, ShuffleModels::pmfhlSlw);
        models.put(Instruction.PMFHL_SH, ShuffleModels::pmfhlSh);
        models.put(Instruction.PEXT5, (s, o) -> fields(s, o, new int[] {0, 5, 10, 15}, new int[] {3, 11, 19, 31}));
        models.put(Instruction.PPAC5, (s, o) -> fields(s, o, new int[] {3, 11, 19, 31}, new int[] {0, 5, 10, 15}));
        models.put(
                Instruction.QFSRV,
                (s, o) -> s.set128(
                        o.rd(), s.gpr[o.rs()].shiftLeft(128).or(s.gpr[o.rt()]).shiftRight(8 * s.sa)));
    }

    private static void recipe(Map<Instruction, InstructionModel> models, Instruction row, String recipe) {
        String[] lanes = recipe.split(" ", -1);
        int bits = 128 / lanes.length;
        models.put(row, (s, o) -> {
            BigInteger result = BigInteger.ZERO;
            for (int i = 0; i < lanes.length; i++) {
                BigInteger from = switch (lanes[i].charAt(0)) {
                    case 's' -> s.gpr[o.rs()];
                    case 't' -> s.gpr[o.rt()];
                    case 'h' -> s.hi;
                    default -> s.lo;
                };
                result = withLane(result, bits, i, lane(from, bits, Integer.parseInt(lanes[i].substring(1))));
            }
            s.set128(o.rd(), result);
        });
    }

    private static void pmthlLw(ModelState s, Operands o) {
        BigInteger source = s.gpr[o.rs()];
        s.lo = withLane(withLane(s.lo, 32, 0, lane(source, 32, 0)), 32, 2, lane(source, 32, 2));
        s.hi = withLane(withLane(s.hi, 32, 0, lane(source, 32, 1)), 32, 2, lane(source, 32, 3));
    }

    private static void pmfhlSlw(ModelState s, Operands o) {
        BigInteger result = BigInteger.ZERO;
        for (int i = 0; i < 2; i++) {
            BigInteger pair = lane(s.hi, 32, 2 * i).shiftLeft(32).or(lane(s.lo, 32, 2 * i));
            result = withLane(result, 64, i, LaneModels.clamp(signed(pair, 64), 32, true));
        }
        s.set128(o.rd(), result);
    }

    private static void pmfhlSh(ModelState s, Operands o) {
        BigInteger result = BigInteger.ZERO;
        for (int i = 0; i < 8; i++) {
            BigInteger from = (i & 2) == 0 ? s.lo : s.hi;
            int word = (i & 1) + 2 * (i / 4);
            result = withLane(result, 16, i, LaneModels.clamp(signedLane(from, 32, word), 16, true));
        }
        s.set128(o.rd(), result);
    }

    /** Copies the 5-5-5-1 fields of each word from one set of places to another. */
    private static void fields(ModelState s, Operands o, int[] from, int[] to) {
        BigInteger result = BigInteger.ZERO;
        for (int word = 0; word < 4; word++) {
            for (int field = 0; field < 4; field++) {
                int width = field == 3 ? 1 : 5;
                BigInteger value = ModelState.unsigned(s.gpr[o.rt()].shiftRight(32 * word + from[field]), width);
                result = result.or(value.shiftLeft(32 * word + to[field]));
            }
        }
        s.set128(o.rd(), result);
    }
}
