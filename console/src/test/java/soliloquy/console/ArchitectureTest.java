package soliloquy.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the edges of the module table in docs/design.md. */
@AnalyzeClasses(packages = "soliloquy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] OUTSIDE = {
        "java..",
        "javax..",
        "jdk..",
        "org.slf4j..",
        "org.jctools..",
        "org.lwjgl..",
        "com.fasterxml.jackson..",
        "me.tongfei.progressbar..",
        "com.google.errorprone.annotations.."
    };

    @ArchTest
    static final ArchRule MACHINE = only("soliloquy.machine..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule EE_CORE = only("soliloquy.ee..", "soliloquy.ee..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule IOP_CORE = only("soliloquy.iop..", "soliloquy.iop..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule CDVD = only("soliloquy.cdvd..", "soliloquy.cdvd..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule GS_RENDERER = only("soliloquy.gs..", "soliloquy.gs..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule PAD = only("soliloquy.pad..", "soliloquy.pad..", "soliloquy.machine..");

    @ArchTest
    static final ArchRule BIOS_HLE = only(
            "soliloquy.bios..",
            "soliloquy.bios..",
            "soliloquy.ee..",
            "soliloquy.iop..",
            "soliloquy.cdvd..",
            "soliloquy.pad..",
            "soliloquy.machine..");

    @ArchTest
    static final ArchRule LLM_GUEST =
            only("soliloquy.llm..", "soliloquy.llm..", "soliloquy.cdvd..", "soliloquy.ee..", "soliloquy.machine..");

    /** The reference engine may use the EE's number system, and nothing else of the core. */
    @ArchTest
    static final ArchRule LLM_GUEST_USES_ONLY_EE_NUMBERS = noClasses()
            .that()
            .resideInAPackage("soliloquy.llm..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("soliloquy.ee.R5900")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("soliloquy.ee.EeBus");

    /** Display libraries are reached from the window package alone, so that headless runs load none. */
    @ArchTest
    static final ArchRule DISPLAY = noClasses()
            .that()
            .resideOutsideOfPackage("soliloquy.gs.window..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.lwjgl..");

    /** Nobody but the program's main package knows which logging implementation runs. */
    @ArchTest
    static final ArchRule LOGGING = noClasses()
            .that()
            .resideInAPackage("soliloquy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    private static ArchRule only(String from, String... allowed) {
        String[] packages = new String[allowed.length + OUTSIDE.length];
        System.arraycopy(allowed, 0, packages, 0, allowed.length);
        System.arraycopy(OUTSIDE, 0, packages, allowed.length, OUTSIDE.length);
        return classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
