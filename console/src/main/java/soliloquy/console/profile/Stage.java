package soliloquy.console.profile;

import java.util.Set;

/**
 * What the EE is at, told by the function it is in or the one that called it: the stages of the generated engine's forward pass, and
 * what is around them.
 */
public enum Stage {
    DISC_WAIT("disc wait", "#9aa5b1"),
    SIF("SIF and IOP", "#6b7a8f"),
    MATRIX("multiply by matrix", "#d1495b"),
    ATTENTION("attention", "#edae49"),
    VECTOR("norms, RoPE, SwiGLU, quantising", "#f2d06b"),
    CHECK("check sums", "#66a182"),
    SAMPLING("sampling", "#8d6a9f"),
    TOKENIZER("tokenizer", "#b388c9"),
    DRAWING("drawing", "#2e86ab"),
    PAD("pad and clock", "#5fb3b3"),
    OTHER("other code", "#c9b79c"),
    INTERRUPT("interrupt handlers", "#7d4f50"),
    WAIT("other waits", "#d9dde2");

    private static final Set<String> VECTORS = Set.of(
            "rmsnorm",
            "rope",
            "swiglu",
            "exponentials",
            "quantise",
            "add_to",
            "weighted_sum",
            "dequantise_row",
            "softmax");

    /** Name in reports. */
    public final String title;

    /** Colour in pictures, {@code #rrggbb}. */
    public final String colour;

    Stage(String title, String colour) {
        this.title = title;
        this.colour = colour;
    }

    /** The stage that a function of this name is for; null if that depends on its caller. */
    static Stage of(String function) {
        if (function.equals("multiply") || function.startsWith("tiles_")) {
            return MATRIX;
        } else if (function.startsWith("attention_")) {
            return ATTENTION;
        } else if (VECTORS.contains(function)) {
            return VECTOR;
        } else if (function.equals("crc32")) {
            return CHECK;
        } else if (function.startsWith("sampler_")) {
            return SAMPLING;
        } else if (function.startsWith("tokenizer_") || function.equals("normalize")) {
            return TOKENIZER;
        } else if (startsWithOne(function, "screen_", "gs_", "font_")) {
            return DRAWING;
        } else if (startsWithOne(function, "pad_", "clock_")) {
            return PAD;
        } else if (startsWithOne(function, "stream_", "cdvd_", "sceCd")) {
            return DISC_WAIT;
        } else if (startsWithOne(
                function, "sif_", "rpc_", "iop_load_", "sceSif", "SifCall", "SifSetDma", "SifDmaStat")) {
            return SIF;
        }
        return null;
    }

    /** What it is while no thread can run: waiting for the disc, or for what the code that waits has to do with. */
    Stage whileWaiting() {
        return switch (this) {
            case DISC_WAIT, SIF -> this;
            default -> WAIT;
        };
    }

    /** What it is while code runs: code that reads the disc does not wait for it. */
    Stage whileRunning() {
        return this == DISC_WAIT ? SIF : this;
    }

    private static boolean startsWithOne(String function, String... prefixes) {
        for (String prefix : prefixes) {
            if (function.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
