package soliloquy.ee;

import static soliloquy.ee.ModelState.signed;

import java.math.BigInteger;
import java.util.Map;

/**
 * Loads and stores of integer registers, little-endian. Source: the R5900 manual; ps2autotests cpu/ee/lsu, 134 rows (LWL always
 * sign-extends, LWR only where it loads the whole word; LQ and SQ ignore the low four bits of the address).
 */
final class MemoryModels {
    private MemoryModels() {}

    private static int offset(ModelState s, Operands o) {
        return s.u32(o.rs()).add(BigInteger.valueOf(o.immediate())).intValue() - s.window;
    }

    static void addTo(Map<Instruction, InstructionModel> models) {
        load(models, Instruction.LB, 1, true);
        load(models, Instruction.LBU, 1, false);
        load(models, Instruction.LH, 2, true);
        load(models, Instruction.LHU, 2, false);
        load(models, Instruction.LW, 4, true);
        load(models, Instruction.LWU, 4, false);
        load(models, Instruction.LD, 8, false);
        store(models, Instruction.SB, 1);
        store(models, Instruction.SH, 2);
        store(models, Instruction.SW, 4);
        store(models, Instruction.SD, 8);
        models.put(Instruction.LQ, (s, o) -> s.set128(o.rt(), s.load(offset(s, o) & ~15, 16)));
        models.put(Instruction.SQ, (s, o) -> s.store(offset(s, o) & ~15, 16, s.gpr[o.rt()]));
        loadLeft(models, Instruction.LWL, 4);
        loadLeft(models, Instruction.LDL, 8);
        models.put(Instruction.LWR, MemoryModels::loadWordRight);
        models.put(Instruction.LDR, MemoryModels::loadDoublewordRight);
        storeLeft(models, Instruction.SWL, 4);
        storeLeft(models, Instruction.SDL, 8);
        storeRight(models, Instruction.SWR, 4);
        storeRight(models, Instruction.SDR, 8);
        for (Instruction row : new Instruction[] {Instruction.CACHE, Instruction.PREF, Instruction.SYNC}) {
            models.put(row, (s, o) -> {}); // neither registers nor memory change
        }
    }

    private static void load(Map<Instruction, InstructionModel> models, Instruction row, int bytes, boolean signed) {
        models.put(row, (s, o) -> {
            int offset = offset(s, o);
            if (offset % bytes != 0) {
                s.raised = ExceptionCode.ADDRESS_ERROR_LOAD;
            } else {
                BigInteger value = s.load(offset, bytes);
                s.set64(o.rt(), signed ? signed(value, 8 * bytes) : value);
            }
        });
    }

    private static void store(Map<Instruction, InstructionModel> models, Instruction row, int bytes) {
        models.put(row, (s, o) -> {
            int offset = offset(s, o);
            if (offset % bytes != 0) {
                s.raised = ExceptionCode.ADDRESS_ERROR_STORE;
            } else {
                s.store(offset, bytes, s.gpr[o.rt()]);
            }
        });
    }

    /** The bytes from the aligned address to the addressed one go to the top of the word or doubleword. */
    private static void loadLeft(Map<Instruction, InstructionModel> models, Instruction row, int size) {
        models.put(row, (s, o) -> {
            int offset = offset(s, o);
            BigInteger value = ModelState.unsigned(s.gpr[o.rt()], 8 * size);
            for (int from = offset, lane = size - 1; from >= offset / size * size; from--, lane--) {
                value = ModelState.withLane(value, 8, lane, s.load(from, 1));
            }
            s.set64(o.rt(), signed(value, 8 * size));
        });
    }

    private static BigInteger right(ModelState s, Operands o, BigInteger before, int size) {
        int offset = offset(s, o);
        BigInteger value = before;
        for (int from = offset, lane = 0; from < offset / size * size + size; from++, lane++) {
            value = ModelState.withLane(value, 8, lane, s.load(from, 1));
        }
        return value;
    }

    private static void loadWordRight(ModelState s, Operands o) {
        BigInteger value = right(s, o, s.u64(o.rt()), 4);
        s.set64(o.rt(), offset(s, o) % 4 == 0 ? signed(value, 32) : value);
    }

    private static void loadDoublewordRight(ModelState s, Operands o) {
        s.set64(o.rt(), right(s, o, s.u64(o.rt()), 8));
    }

    private static void storeLeft(Map<Instruction, InstructionModel> models, Instruction row, int size) {
        models.put(row, (s, o) -> {
            int offset = offset(s, o);
            for (int to = offset, lane = size - 1; to >= offset / size * size; to--, lane--) {
                s.store(to, 1, ModelState.lane(s.gpr[o.rt()], 8, lane));
            }
        });
    }

    private static void storeRight(Map<Instruction, InstructionModel> models, Instruction row, int size) {
        models.put(row, (s, o) -> {
            int offset = offset(s, o);
            for (int to = offset, lane = 0; to < offset / size * size + size; to++, lane++) {
                s.store(to, 1, ModelState.lane(s.gpr[o.rt()], 8, lane));
            }
        });
    }
}
