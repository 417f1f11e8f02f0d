package soliloquy.console.gdb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soliloquy.bios.ModuleView;
import soliloquy.bios.ThreadView;

/** The documents that the debugger reads about a target. Source: the GDB manual, "Target Descriptions" and "Memory Map Format". */
final class TargetXml {
    /** Number that the debugger knows the state without a thread by: threads of the protocol are never 0. */
    static final int IDLE = 0x1000;

    private TargetXml() {}

    /** The registers. */
    static String description(Target target) {
        Map<String, StringBuilder> features = new LinkedHashMap<>();
        List<Register> registers = target.registers();
        for (int number = 0; number < registers.size(); number++) {
            Register register = registers.get(number);
            features.computeIfAbsent(
                            register.feature(),
                            feature -> new StringBuilder(
                                    "<feature name=\"%s\">%n%s".formatted(feature, target.types(feature))))
                    .append("<reg name=\"%s\" bitsize=\"%d\" type=\"%s\" regnum=\"%d\"/>%n"
                            .formatted(register.name(), register.bits(), register.type(), number));
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n")
                .append("<target version=\"1.0\">\n<architecture>")
                .append(target.cpu() == soliloquy.console.debug.DebugPort.Cpu.EE ? "mips:5900" : "mips:3000")
                .append("</architecture>\n");
        features.values().forEach(feature -> xml.append(feature).append("</feature>\n"));
        return xml.append("</target>\n").toString();
    }

    /** Where there is memory. */
    static String memoryMap(Target target) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<memory-map>\n");
        for (Target.Range range : target.memoryMap()) {
            xml.append(
                    "<memory type=\"ram\" start=\"0x%x\" length=\"0x%x\"/>%n".formatted(range.start(), range.length()));
        }
        return xml.append("</memory-map>\n").toString();
    }

    /** The threads with what they do. */
    static String threads(Target target) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<threads>\n");
        for (ThreadView thread : target.threads()) {
            xml.append("<thread id=\"%x\" name=\"thread %d\">%s, priority %d</thread>%n"
                    .formatted(thread.id(), thread.id(), thread.state(), thread.priority()));
        }
        if (target.threadId() == 0) {
            xml.append("<thread id=\"%x\" name=\"idle\">no thread can run</thread>%n".formatted(IDLE));
        }
        return xml.append("</threads>\n").toString();
    }

    /** The modules. */
    static String libraries(Target target) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<library-list>\n");
        for (ModuleView module : target.modules()) {
            xml.append("<library name=\"%s\"><segment address=\"0x%x\"/></library>%n"
                    .formatted(escape(module.name()), module.base()));
        }
        return xml.append("</library-list>\n").toString();
    }

    private static String escape(String text) {
        return text.chars()
                .filter(c -> c >= ' ' && c < 0x7F)
                .mapToObj(c -> switch (c) {
                    case '<' -> "&lt;";
                    case '&' -> "&amp;";
                    case '"' -> "&quot;";
                    default -> String.valueOf((char) c);
                })
                .collect(java.util.stream.Collectors.joining());
    }
}
