package soliloquy.ee;

/**
 * The upper instruction of a micro program's word: the arithmetic of macro mode, with flags that arrive later. Source: ps2tek "VU
 * Instruction Set".
 */
final class Vu0Upper {
    private static final int MACRO = 0x4A00_0000;
    private static final int OPERATION = 0x01FF_FFFF;
    private static final int STATUS = 16;
    private static final int MAC = 17;
    private static final int CLIP = 18;
    private static final int XYZ = 14;
    private static final int W = 1;

    private final Vu0Macro macro;
    private final Vu0Pipeline pipeline;
    private final int[] vi;

    Vu0Upper(Vu0Macro macro, Vu0Pipeline pipeline, int[] controlRegisters) {
        this.macro = macro;
        this.pipeline = pipeline;
        vi = controlRegisters;
    }

    /** The instruction of the upper half {@code word}, or null if it is none. */
    static Instruction decode(int word) {
        Instruction row = Decoder.decode(MACRO | word & OPERATION);
        return row == null
                        || row.ordinal() >= Instruction.VIADD.ordinal() && row.ordinal() < Instruction.VADDAX.ordinal()
                        || row.ordinal() > Instruction.VNOP.ordinal()
                ? null
                : row;
    }

    /** The first word-cycle from {@code cycle} on at which its operands are there. */
    long ready(Instruction row, int word, long cycle) {
        int fields = word >>> 21 & 15;
        int ft = word >>> 16 & 31;
        int fs = word >>> 11 & 31;
        return switch (row) {
            case VNOP -> cycle;
            case VCLIP -> pipeline.vector(ft, W, pipeline.vector(fs, XYZ, cycle));
            case VOPMULA, VOPMSUB -> pipeline.vector(ft, XYZ, pipeline.vector(fs, XYZ, cycle));
            default -> {
                long ready = pipeline.vector(fs, fields, cycle);
                yield switch (row.format) {
                    case VFD_VFS_VFT, VFS_VFT -> pipeline.vector(ft, broadcast(row, word, fields), ready);
                    default -> ready;
                };
            }
        };
    }

    private static int broadcast(Instruction row, int word, int fields) {
        return switch (row) {
            case VADD, VMADD, VMUL, VMAX, VSUB, VMSUB, VMINI, VADDA, VMADDA, VMULA, VSUBA, VMSUBA -> fields;
            default -> 8 >> (word & 3);
        };
    }

    /** The vector register that it writes, 0 for none. */
    static int destination(Instruction row, int word) {
        return switch (row.format) {
            case VFD_VFS_VFT, VFD_VFS -> word >>> 6 & 31;
            case VFT_VFS -> word >>> 16 & 31;
            default -> 0;
        };
    }

    /** Executes it at word-cycle {@code cycle}. */
    void execute(Instruction row, int word, long cycle) {
        int macBefore = vi[MAC];
        int statusBefore = vi[STATUS];
        int clipBefore = vi[CLIP];
        vi[CLIP] = pipeline.latestClip();
        macro.execute(row, MACRO | word & OPERATION);
        int clip = vi[CLIP];
        vi[CLIP] = clipBefore;
        if (row == Instruction.VCLIP) {
            pipeline.clipFlags(clip, cycle);
        } else if (setsMacFlags(row)) {
            pipeline.macFlags(vi[MAC], vi[STATUS], cycle);
            vi[MAC] = macBefore;
            vi[STATUS] = statusBefore;
        }
        pipeline.writesVector(destination(row, word), row == Instruction.VOPMSUB ? XYZ : word >>> 21 & 15, cycle);
    }

    private static boolean setsMacFlags(Instruction row) {
        return switch (row) {
            case VNOP, VABS -> false;
            case VMAX, VMAXX, VMAXY, VMAXZ, VMAXW, VMAXI, VMINI, VMINIX, VMINIY, VMINIZ, VMINIW, VMINII -> false;
            case VITOF0, VITOF4, VITOF12, VITOF15, VFTOI0, VFTOI4, VFTOI12, VFTOI15 -> false;
            default -> true;
        };
    }
}
