package soliloquy.llm.psnt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import soliloquy.machine.InputException;

/**
 * The fields that every PSNT version shares.
 *
 * @param version 1 to 4
 * @param encoding of the matrices
 * @param frequencyBlocks stored RoPE tables: 0, 1 or 2
 * @param config the shape
 * @param synthetic the weights are random numbers, not a trained model's; versions before 4 do not tell
 */
public record PsntHeader(
        int version, PsntEncoding encoding, int frequencyBlocks, ModelConfig config, boolean synthetic) {
    /** The bytes {@code PSNT}, little-endian. */
    public static final int MAGIC = 0x544E5350;

    /** Header of version 4, up to its table of contents. */
    public static final int V4_BYTES = 128;

    private static final int ORIGIN = 100;

    private static final int SHARED = 1;
    private static final int DENSEFORMER = 2;
    private static final int VALUE_RESIDUAL = 4;

    /** The header of weights that are not known to be synthetic. */
    public PsntHeader(int version, PsntEncoding encoding, int frequencyBlocks, ModelConfig config) {
        this(version, encoding, frequencyBlocks, config, false);
    }

    /** Bytes of the header of a version. */
    public static int bytes(int version) {
        return switch (version) {
            case 1 -> 48;
            case 2 -> 52;
            case 3 -> 60;
            default -> V4_BYTES;
        };
    }

    /** Why this combination cannot be written, one phrase; null when it can. */
    public String fault() {
        String shape = config.fault();
        if (shape != null) {
            return shape;
        }
        boolean encodes = switch (version) {
            case 1 -> encoding == PsntEncoding.TERNARY;
            case 2 -> encoding == PsntEncoding.TERNARY || encoding == PsntEncoding.Q4;
            case 3 -> encoding != PsntEncoding.FLOAT32;
            default -> true;
        };
        if (!encodes) {
            return "quant_type " + encoding.code() + " in version " + version + "; expected version "
                    + switch (encoding) {
                        case TERNARY -> 1;
                        case Q4 -> 2;
                        case Q8 -> 3;
                        case FLOAT32 -> 4;
                    }
                    + " or later";
        }
        boolean extras = config.denseFormer()
                || config.valueResidual()
                || config.registers() > 0
                || config.uniqueLayers() != config.layers();
        if (version < 3 && extras) {
            return "DenseFormer, value residual, registers or shared blocks in version " + version
                    + "; expected version 3 or later";
        }
        if (version < 2 && config.ropeTheta() != ModelConfig.DEFAULT_ROPE_THETA) {
            return "rope_theta " + config.ropeTheta() + " in version 1; expected 10000";
        }
        if (version < 4 && config.normEps() != ModelConfig.DEFAULT_NORM_EPS) {
            return "norm_eps " + config.normEps() + " in version " + version + "; expected 1e-5, or version 4";
        }
        if (frequencyBlocks < 0 || frequencyBlocks > 2) {
            return "freq_blocks " + frequencyBlocks + "; expected 0, 1 or 2";
        }
        return null;
    }

    /** Reads a header from {@code buffer} (all the bytes the file has, at most {@link #V4_BYTES}). */
    static PsntHeader read(String file, ByteBuffer buffer) throws InputException {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.limit() < 8) {
            throw InputException.at(file, 0, buffer.limit() + " bytes", "a PSNT header of at least 48 bytes");
        }
        if (buffer.getInt(0) != MAGIC) {
            throw InputException.at(file, 0, String.format("magic 0x%08x", buffer.getInt(0)), "0x544e5350 (\"PSNT\")");
        }
        int version = buffer.getInt(4);
        if (version < 1 || version > 4) {
            throw InputException.at(file, 4, "version " + Integer.toUnsignedString(version), "1 to 4");
        }
        if (buffer.limit() < bytes(version)) {
            throw InputException.at(
                    file, buffer.limit(), "the end of the file", "a header of " + bytes(version) + " bytes");
        }
        PsntEncoding encoding = PsntEncoding.of(buffer.getInt(8));
        if (encoding == null) {
            throw InputException.at(
                    file, 8, "quant_type " + Integer.toUnsignedString(buffer.getInt(8)), "1, 4, 8 or 32");
        }
        int flags = buffer.getInt(12);
        int known = version >= 3 ? SHARED | DENSEFORMER | VALUE_RESIDUAL : SHARED;
        if ((flags & ~known) != 0) {
            throw InputException.at(
                    file, 12, String.format("flags 0x%x", flags), String.format("only bits of 0x%x", known));
        }
        int layers = buffer.getInt(28);
        ModelConfig config = new ModelConfig(
                buffer.getInt(20),
                buffer.getInt(24),
                layers,
                version >= 3 ? buffer.getInt(52) : layers,
                buffer.getInt(32),
                buffer.getInt(36),
                buffer.getInt(40),
                buffer.getInt(44),
                version >= 3 ? buffer.getInt(56) : 0,
                version >= 2 ? buffer.getFloat(48) : ModelConfig.DEFAULT_ROPE_THETA,
                version >= 4 ? buffer.getFloat(60) : ModelConfig.DEFAULT_NORM_EPS,
                (flags & SHARED) != 0,
                (flags & DENSEFORMER) != 0,
                (flags & VALUE_RESIDUAL) != 0);
        int origin = version >= 4 ? buffer.getInt(ORIGIN) : 0;
        if (origin != 0 && origin != 1) {
            throw InputException.at(file, ORIGIN, "origin " + Integer.toUnsignedString(origin), "0 or 1");
        }
        PsntHeader header = new PsntHeader(version, encoding, buffer.getInt(16), config, origin == 1);
        String fault = header.fault();
        if (fault != null) {
            throw new InputException(file + ", header: " + fault);
        }
        return header;
    }

    /** Writes the first 60 bytes (fewer in old versions) and norm_eps into {@code buffer} at position 0. */
    void write(ByteBuffer buffer) {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0, MAGIC).putInt(4, version).putInt(8, encoding.code());
        buffer.putInt(
                12,
                (config.sharedOutput() ? SHARED : 0)
                        | (config.denseFormer() ? DENSEFORMER : 0)
                        | (config.valueResidual() ? VALUE_RESIDUAL : 0));
        buffer.putInt(16, frequencyBlocks).putInt(20, config.dim()).putInt(24, config.hiddenDim());
        buffer.putInt(28, config.layers()).putInt(32, config.heads()).putInt(36, config.kvHeads());
        buffer.putInt(40, config.vocabulary()).putInt(44, config.context());
        if (version >= 2) {
            buffer.putFloat(48, config.ropeTheta());
        }
        if (version >= 3) {
            buffer.putInt(52, config.uniqueLayers()).putInt(56, config.registers());
        }
        if (version >= 4) {
            buffer.putFloat(60, config.normEps());
            buffer.putInt(ORIGIN, synthetic ? 1 : 0);
        }
    }
}
