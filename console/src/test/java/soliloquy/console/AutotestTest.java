package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import soliloquy.machine.InputException;

/** Suites of programs of a few words. */
class AutotestTest {
    @TempDir
    private Path suite;

    private void program(String name, GuestProgram program, String expected) throws Exception {
        Path elf = suite.resolve(name + ".elf");
        Files.createDirectories(elf.getParent());
        Files.write(elf, program.elf());
        if (expected != null) {
            Files.writeString(suite.resolve(name + ".expected"), expected);
        }
    }

    private String line(double timeout) throws Exception {
        List<AutotestCase> tests = AutotestCase.find(suite, null);
        assertThat(tests).hasSize(1);
        return new Autotest(timeout).run(tests.getFirst()).line();
    }

    private String line() throws Exception {
        return line(60);
    }

    @Test
    void lineEndsAreAlikeAndCommentsLeftOut() throws Exception {
        program(
                "a",
                new GuestProgram().print("one\r\ntwo\rthree\n\nfour").exit(0),
                "# from a manual\none\ntwo\nthree\r\n\nfour\n");
        assertThat(line()).isEqualTo("PASS a");
    }

    @Test
    void blanksAndEmptyLinesAreCompared() throws Exception {
        program("a", new GuestProgram().print("one\ntwo \n").exit(0), "one\ntwo\n");
        assertThat(line()).isEqualTo("FAIL a: line 2: expected 'two', actual 'two '");
        program("a", new GuestProgram().print("one\n\n").exit(0), "one\n");
        assertThat(line()).isEqualTo("FAIL a: line 2: expected no further line, actual ''");
        program("a", new GuestProgram().print("one\n").exit(0), "one\ntwo\n");
        assertThat(line()).isEqualTo("FAIL a: line 2: expected 'two', actual no further line");
    }

    @Test
    void longLinesAreShownWhereTheyDiffer() throws Exception {
        String common = "0123456789".repeat(12);
        program("a", new GuestProgram().print(common + "x\n").exit(0), common + "y\n");
        assertThat(line())
                .isEqualTo("FAIL a: line 1: expected '...01234567890123456789y', actual '...01234567890123456789x'");
    }

    @Test
    void rightTextWithWrongStatusFails() throws Exception {
        program("a", new GuestProgram().print("one\n").exit(3), "one\n");
        assertThat(line()).isEqualTo("FAIL a: the text is as expected, but the exit status is 3");
    }

    @Test
    void crashesAndLoopsFail() throws Exception {
        program("a", new GuestProgram().print("one\n").words(0xD), "one\n");
        assertThat(line()).startsWith("FAIL a: the guest crashed: ");
        program("a", new GuestProgram().print("one\n").loopForever(), "one\n");
        assertThat(line(0.05)).isEqualTo("TIMEOUT a: not at its end after 0.05 s of wall time");
    }

    @Test
    void corruptProgramIsOneSentenceAndTheRestRuns() throws Exception {
        Files.writeString(suite.resolve("bad.elf"), "not a program");
        Files.writeString(suite.resolve("bad.expected"), "");
        program("good", new GuestProgram().exit(0), "");
        Run run = execute("autotest", suite.toString());
        assertThat(run.status).isEqualTo(ExitStatus.TEST_FAILED);
        assertThat(run.out).startsWith("FAIL bad: " + suite.resolve("bad.elf") + ", offset 0x");
        assertThat(run.out).endsWith("\nPASS good\n1 passed, 1 failed\n");
    }

    @Test
    void findsBelowTheFolderAndFilters() throws Exception {
        program("b/two", new GuestProgram().exit(0), "");
        program("a/one", new GuestProgram().exit(0), null);
        program("a/sub/one", new GuestProgram().exit(0), "");
        assertThat(AutotestCase.find(suite, null))
                .extracting(AutotestCase::name)
                .containsExactly("a/one", "a/sub/one", "b/two");
        assertThat(AutotestCase.find(suite, "one"))
                .extracting(AutotestCase::name)
                .containsExactly("a/one", "a/sub/one");
        assertThat(AutotestCase.find(suite, "a/*"))
                .extracting(AutotestCase::name)
                .containsExactly("a/one");
        assertThat(AutotestCase.find(suite, "{a,b}/**.elf")).hasSize(3);
        Run run = execute("autotest", suite.toString(), "--jobs", "2");
        assertThat(run.status).isZero();
        assertThat(run.out).isEqualTo("""
                        SKIP a/one: no .expected file beside it
                        PASS a/sub/one
                        PASS b/two
                        2 passed, 0 failed, 1 skipped
                        """);
    }

    @Test
    void badInputIsOneSentence() throws Exception {
        sentence(
                suite.resolve("none") + " does not exist", suite.resolve("none").toString());
        sentence("no .elf or .irx file lies below " + suite, suite.toString());
        program("a", new GuestProgram().exit(0), "");
        sentence("is not a folder", suite.resolve("a.elf").toString());
        sentence("matches --filter 'b'", suite.toString(), "--filter", "b");
        sentence("'{' is not a glob", suite.toString(), "--filter", "{");
        sentence("--jobs is 0", suite.toString(), "--jobs", "0");
        sentence("--timeout is NaN", suite.toString(), "--timeout", "NaN");
        sentence(
                "cannot be written",
                suite.toString(),
                "--junit",
                suite.resolve("none/x.xml").toString());
        assertThatThrownBy(() -> AutotestCase.find(suite, "b")).isInstanceOf(InputException.class);
    }

    private static void sentence(String part, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "autotest";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Run run = execute(all);
        assertThat(run.status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(run.out).isEmpty();
        assertThat(run.err).startsWith("soliloquy: ").contains(part).hasLineCount(1);
    }

    @Test
    void junitFileCarriesAnyText() throws Exception {
        program("d/a<&>", new GuestProgram().print("\u0001]]>&amp;\u00e9\n").exit(0), "one\n");
        program("d/b", new GuestProgram().exit(0), "");
        program("c", new GuestProgram().exit(0), null);
        Path file = suite.resolve("result.xml");
        assertThat(execute("autotest", suite.toString(), "--junit", file.toString()).status)
                .isEqualTo(ExitStatus.TEST_FAILED);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuite");
        assertThat(root.getAttribute("tests")).isEqualTo("3");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("skipped")).isEqualTo("1");
        Element failed = (Element) root.getElementsByTagName("testcase").item(1);
        assertThat(failed.getAttribute("classname")).isEqualTo("d");
        assertThat(failed.getAttribute("name")).isEqualTo("a<&>");
        Element failure = (Element) failed.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("line 1: expected 'one', actual '\uFFFD]]>&amp;\u00e9'");
        assertThat(failed.getElementsByTagName("system-out").item(0).getTextContent())
                .isEqualTo("\uFFFD]]>&amp;\u00e9\n");
    }

    /** ps2autotests cpu/iop/lsudelay goes on after its end, because its compiler filled a delay slot wrongly. */
    @Test
    void nothingIsReadAfterTheEndOfATest() throws Exception {
        program(
                "a",
                new GuestProgram()
                        .print("-- TEST BEGIN\n1\n-- TEST END\nmore\n")
                        .exit(0),
                "-- TEST BEGIN\n1\n-- TEST END\n");
        assertThat(line()).isEqualTo("PASS a");
    }

    @Test
    void benchTellsEachRoundAndFailsWithTheSuite() throws Exception {
        program("a", new GuestProgram().print("one\n").exit(0), "one\n");
        Path file = suite.resolve("figures.json");
        Run run = execute("bench", "suite", suite.toString(), "--rounds", "2", "--json", file.toString());
        assertThat(run.status).isZero();
        assertThat(run.out.lines()).hasSize(4).allMatch(line -> line.matches("(round \\d|median|) +[0-9.]+ s   .*"));
        JsonNode figures = new ObjectMapper().readTree(file.toFile());
        assertThat(figures.get("rounds")).hasSize(2);
        assertThat(figures.get("rounds").get(1).get("passed").asInt()).isEqualTo(1);
        assertThat(figures.get("rounds").get(1).get("programs").get("a").asDouble())
                .isPositive();
        assertThat(figures.get("median_seconds").asDouble()).isPositive();
        program("b", new GuestProgram().print("one\n").exit(0), "two\n");
        assertThat(execute("bench", "suite", suite.toString(), "--rounds", "1").status)
                .isEqualTo(ExitStatus.TEST_FAILED);
        Run wrong = execute("bench", "suite", suite.toString(), "--rounds", "0");
        assertThat(wrong.status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(wrong.err).startsWith("soliloquy: --rounds").hasLineCount(1);
    }

    private record Run(int status, String out, String err) {}

    private static Run execute(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int status = Main.execute(arguments);
            return new Run(
                    status, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
