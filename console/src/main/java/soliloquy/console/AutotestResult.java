package soliloquy.console;

/**
 * What came of one autotest.
 *
 * @param seconds wall time
 * @param printed the guest's console text
 * @param messages what the console said about the run: notices, a crash report
 */
public record AutotestResult(AutotestCase test, Verdict verdict, double seconds, String printed, String messages) {
    /** How a test ended. */
    public sealed interface Verdict {
        /** The word that begins the test's line. */
        String word();

        /** What the line says after the test's name, or an empty string. */
        default String detail() {
            return "";
        }
    }

    /** The guest printed what is expected and ended with status 0. */
    public record Passed() implements Verdict {
        @Override
        public String word() {
            return "PASS";
        }
    }

    /** The guest printed something else, crashed, or ended with another status; or the program could not be started. */
    public record Failed(String detail) implements Verdict {
        @Override
        public String word() {
            return "FAIL";
        }
    }

    /** The guest did not end within {@code limit} seconds of wall time. */
    public record TimedOut(double limit, String detail) implements Verdict {
        @Override
        public String word() {
            return "TIMEOUT";
        }
    }

    /** Nothing says what the program should print; it was not run. */
    public record Skipped() implements Verdict {
        @Override
        public String word() {
            return "SKIP";
        }

        @Override
        public String detail() {
            return "no .expected file beside it";
        }
    }

    /** True if the test ran and did not pass. */
    public boolean failed() {
        return verdict instanceof Failed || verdict instanceof TimedOut;
    }

    /** The test's line of the report. */
    public String line() {
        String detail = verdict.detail();
        return verdict.word() + " " + test.name() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
