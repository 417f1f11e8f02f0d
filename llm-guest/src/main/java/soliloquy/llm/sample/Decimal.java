package soliloquy.llm.sample;

import java.math.BigDecimal;
import soliloquy.llm.engine.Arithmetic;
import soliloquy.machine.InputException;

/**
 * A decimal option as the guest reads it (ARITHMETIC.md section 4): value = digits / 10^fractionDigits, divided in the engine's
 * own arithmetic.
 *
 * @param digits all digits as one integer
 * @param fractionDigits how many of them stand behind the point
 */
public record Decimal(int digits, int fractionDigits) {
    private static final int MOST_DIGITS = 9;

    /**
     * Reads {@code [0-9]*[.[0-9]*]}; fraction digits beyond nine digits in all are dropped.
     *
     * @param option for the message
     */
    public static Decimal parse(String option, String text) throws InputException {
        if (!text.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")
                || text.indexOf('.') > MOST_DIGITS
                || text.indexOf('.') < 0 && text.length() > MOST_DIGITS) {
            throw new InputException(option + " " + text + "; expected a decimal number such as 0.7");
        }
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        String fraction = text.substring(Math.min(text.length(), point + 1));
        String kept = fraction.substring(0, Math.min(fraction.length(), MOST_DIGITS - point));
        String all = text.substring(0, point) + kept;
        return new Decimal(all.isEmpty() ? 0 : Integer.parseInt(all), kept.length());
    }

    /** The decimal that the command line shows for a float. */
    public static Decimal of(String option, float value) throws InputException {
        if (!Float.isFinite(value)) {
            throw new InputException(option + " " + value + "; expected a decimal number such as 0.7");
        }
        return parse(option, new BigDecimal(Float.toString(value)).toPlainString());
    }

    /** The number's bits. */
    int bits(Arithmetic math) {
        int number = math.fromInteger(digits);
        if (fractionDigits == 0) {
            return number;
        }
        int power = 1;
        for (int i = 0; i < fractionDigits; i++) {
            power *= 10;
        }
        return math.div(number, math.fromInteger(power));
    }
}
