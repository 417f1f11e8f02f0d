package soliloquy.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import soliloquy.machine.WholeFile;

/** The results of a suite: counts, and the XML file that continuous-integration servers read. */
public final class AutotestReport {
    private final List<AutotestResult> results = new ArrayList<>();

    void add(AutotestResult result) {
        results.add(result);
    }

    /** How many tests passed. */
    public int passed() {
        return (int) results.stream()
                .filter(result -> result.verdict() instanceof AutotestResult.Passed)
                .count();
    }

    /** How many tests did not pass, those that ran out of time among them. */
    public int failed() {
        return (int) results.stream().filter(AutotestResult::failed).count();
    }

    /** How many programs nothing is expected of. */
    public int skipped() {
        return results.size() - passed() - failed();
    }

    /** The results, in the order of the tests. */
    public List<AutotestResult> results() {
        return Collections.unmodifiableList(results);
    }

    /** The last line of the report. */
    public String summary() {
        return passed() + " passed, " + failed() + " failed" + (skipped() == 0 ? "" : ", " + skipped() + " skipped");
    }

    /**
     * Writes the results as JUnit XML: a test suite named {@code suite} with a test case for each program, its class name the
     * folder. Characters that XML 1.0 cannot carry become U+FFFD.
     */
    public void writeJunit(Path file, String suite) throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(document, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            writeSuite(xml, suite);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the results cannot be told in XML", e);
        }
        WholeFile.write(file, document.toByteArray());
    }

    private void writeSuite(XMLStreamWriter xml, String suite) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", legal(suite));
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute("failures", Integer.toString(failed()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Integer.toString(skipped()));
        xml.writeAttribute(
                "time",
                seconds(results.stream().mapToDouble(AutotestResult::seconds).sum()));
        for (AutotestResult result : results) {
            xml.writeCharacters("\n  ");
            writeCase(xml, result);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void writeCase(XMLStreamWriter xml, AutotestResult result) throws XMLStreamException {
        String path = result.test().name();
        int slash = path.lastIndexOf('/');
        xml.writeStartElement("testcase");
        xml.writeAttribute(
                "classname", legal(slash < 0 ? path : path.substring(0, slash).replace('/', '.')));
        xml.writeAttribute("name", legal(path.substring(slash + 1)));
        xml.writeAttribute("time", seconds(result.seconds()));
        AutotestResult.Verdict verdict = result.verdict();
        switch (verdict) {
            case AutotestResult.Passed passed -> {}
            case AutotestResult.Skipped skipped -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", legal(verdict.detail()));
            }
            case AutotestResult.Failed failed -> writeFailure(xml, "difference", result);
            case AutotestResult.TimedOut timedOut -> writeFailure(xml, "timeout", result);
        }
        xml.writeEndElement();
    }

    private static void writeFailure(XMLStreamWriter xml, String type, AutotestResult result)
            throws XMLStreamException {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", type);
        xml.writeAttribute("message", legal(result.verdict().detail()));
        xml.writeEndElement();
        writeText(xml, "system-out", result.printed());
        writeText(xml, "system-err", result.messages());
    }

    private static void writeText(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(legal(text.replace("\r\n", "\n").replace('\r', '\n')));
        xml.writeEndElement();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** {@code text} with what the production "Char" of XML 1.0 leaves out replaced. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF
                        ? c
                        : 0xFFFD)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }
}
