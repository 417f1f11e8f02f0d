package soliloquy.llm.generate;

/** C source under construction: lines. */
final class CSource {
    private final StringBuilder text = new StringBuilder();

    CSource line(String line) {
        text.append(line).append('\n');
        return this;
    }

    CSource blank() {
        return line("");
    }

    /** A block of lines as it stands. */
    CSource block(String lines) {
        text.append(lines);
        return this;
    }

    CSource define(String name, long value, String comment) {
        return line(String.format("%-46s /* %s */", "#define " + name + " " + value, comment));
    }

    /** A float as its bits. */
    CSource defineBits(String name, float value) {
        String bits = String.format("#define %s 0x%08Xu", name, Float.floatToRawIntBits(value));
        return line(String.format("%-46s /* %s */", bits, value));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
