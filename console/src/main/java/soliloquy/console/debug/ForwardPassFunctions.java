package soliloquy.console.debug;

import java.util.List;
import java.util.Set;
import soliloquy.bios.ElfSymbols;

/** The functions of the generated engine at which an operation of the forward pass begins, found by their names in the program. */
public final class ForwardPassFunctions {
    private static final Set<String> NAMES = Set.of(
            "dequantise_row",
            "rmsnorm",
            "quantise",
            "multiply",
            "rope",
            "attention_heads",
            "add_to",
            "swiglu",
            "weighted_sum",
            "sampler_choose");

    private ForwardPassFunctions() {}

    /** Those that {@code symbols} has, by address. */
    public static List<ElfSymbols.Symbol> in(ElfSymbols symbols) {
        return symbols.all().stream()
                .filter(symbol -> symbol.function() && NAMES.contains(symbol.name()))
                .toList();
    }
}
