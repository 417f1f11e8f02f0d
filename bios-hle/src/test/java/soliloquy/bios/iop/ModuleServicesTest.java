package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.bios.irx.TestModule;
import soliloquy.cdvd.IsoLayout;

/** An EE program that loads modules and talks to them; layouts from ps2sdk's loadfile-common.h and sifrpc-common.h. */
class ModuleServicesTest {
    private static final int LOADFILE = 0x80000006;
    private static final int ID = 0x5150;
    private static final int NOP = 0;
    private static final int JR_RA = 0x03E0_0008;
    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int A2 = 6;
    private static final int A3 = 7;

    private final TestConsole console = new TestConsole();
    private EeClient ee;
    private EeClient.Server loadFile;

    @BeforeEach
    void discAndClient() throws IOException {
        console.drive.insert(new IsoLayout("TEST")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration("TEST.ELF", "NTSC"))
                .add("MODULES/SERVER.IRX", server().irx())
                .image());
        ee = new EeClient(console);
        loadFile = ee.bind(LOADFILE);
    }

    /** Loads the module at {@code path} as SifLoadStartModule does; its number and what its entry returned. */
    private int[] load(String path) {
        for (int i = 0; i < 128; i++) {
            console.bus.write32(EeClient.REQUEST + 4 * i, 0);
        }
        ee.text(EeClient.REQUEST + 8, path);
        int id = ee.call(loadFile, 0, 512, 8);
        return new int[] {id, ee.word(EeClient.ANSWER + 4)};
    }

    /** Puts the module into IOP memory by SIF DMA and loads it as SifLoadModuleBuffer does. */
    private int[] loadBuffer(TestModule module) {
        byte[] irx = module.irx();
        int address = console.iopKernel.memory().allocate(irx.length);
        System.arraycopy(irx, 0, console.iopBus.ram().bytes, address, irx.length);
        ee.request(address, 0);
        int id = ee.call(loadFile, 6, 512, 8);
        return new int[] {id, ee.word(EeClient.ANSWER + 4)};
    }

    /**
     * A module with a thread that serves RPC: function n adds n to the first word of the request. Its entry returns what {@code
     * ending} puts into v0.
     */
    private static TestModule server() {
        TestModule module = new TestModule();
        int thbase = module.imports("thbase", 4, 6, 20);
        int sifcmd = module.imports("sifcmd", 17, 19, 22);
        int function = module.here();
        module.word(0x8CA2_0000) // lw v0,0(a1)
                .word(NOP)
                .word(0x0044_1021) // addu v0,v0,a0
                .word(0xACA2_0000) // sw v0,0(a1)
                .word(JR_RA)
                .word(0x00A0_1021); // move v0,a1
        int data = module.here();
        for (int i = 0; i < 32; i++) {
            module.word(0);
        }
        int queue = data;
        int server = data + 32;
        int buffer = data + 112;
        int thread = module.here();
        module.word(0x27BD_FFE0) // addiu sp,sp,-32
                .call(thbase + 16)
                .word(0x0040_2821) // move a1,v0
                .address(A0, queue)
                .call(sifcmd + 8)
                .address(V0, queue)
                .word(0xAFA2_0018) // sw v0,24(sp)
                .word(0xAFA0_0010) // sw zero,16(sp)
                .word(0xAFA0_0014) // sw zero,20(sp)
                .address(A0, server)
                .word(0x2405_0000 | ID) // li a1,ID
                .address(A2, function)
                .address(A3, buffer)
                .call(sifcmd)
                .address(A0, queue)
                .call(sifcmd + 16)
                .word(0x1000_FFFF) // b .
                .word(NOP);
        int parameters = module.here();
        module.word(0x0200_0000).word(0).word(thread, 2).word(0x800).word(40);
        return module.entry()
                .word(0x27BD_FFE8) // addiu sp,sp,-24
                .word(0xAFBF_0014) // sw ra,20(sp)
                .address(A0, parameters)
                .call(thbase)
                .word(0x0040_2021) // move a0,v0
                .word(0x0000_2821) // move a1,zero
                .call(thbase + 8)
                .word(0x8FBF_0014) // lw ra,20(sp)
                .word(0x0000_1021) // move v0,zero
                .word(JR_RA)
                .word(0x27BD_0018); // addiu sp,sp,24
    }

    private static TestModule returning(int value, Consumer<TestModule> imports) {
        TestModule module = new TestModule();
        imports.accept(module);
        return module.entry().word(JR_RA).word(0x2402_0000 | value); // li v0,value
    }

    private void serverAnswers() {
        EeClient.Server server = ee.bind(ID);
        assertThat(server.handle()).isNotZero();
        for (int number = 1; number < 4; number++) {
            ee.request(1000 * number);
            assertThat(ee.call(server, number, 16, 16)).isEqualTo(1000 * number + number);
        }
    }

    @Test
    void aModuleOfTheDiscServesTheProgram() {
        int[] loaded = load("cdrom0:\\MODULES\\SERVER.IRX;1");
        assertThat(loaded[0]).isGreaterThan(31);
        assertThat(loaded[1]).isZero();
        serverAnswers();
        assertThat(console.crash).isNull();
    }

    @Test
    void aModuleInABufferServesTheProgram() {
        assertThat(loadBuffer(server())[0]).isGreaterThan(31);
        serverAnswers();
    }

    @Test
    void theEntrysResultIsTold() {
        assertThat(loadBuffer(returning(2, module -> {}))[1]).isEqualTo(2);
    }

    /** kerr.h: KE_LINKERR, KE_ILLEGAL_OBJECT, KE_NOFILE, KE_UNKNOWN_MODULE. */
    @Test
    void whatCannotBeLoadedGivesTheKernelsErrors() {
        int free = console.iopKernel.memory().free();
        assertThat(loadBuffer(returning(0, module -> module.imports("nosuch", 4)))[0])
                .isEqualTo(-200);
        assertThat(loadBuffer(returning(0, module -> module.importsOf("thbase", 0x0201, 4)))[0])
                .as("another major version of a library that is there")
                .isEqualTo(-200);
        assertThat(loadBuffer(returning(0, module -> module.importsOf("thbase", 0x0109, 4)))[0])
                .as("a later minor version")
                .isGreaterThan(31);
        ee.request(0x10_0000, 0);
        assertThat(ee.call(loadFile, 6, 512, 8)).isEqualTo(-201);
        assertThat(load("cdrom0:\\NONE.IRX;1")[0]).isEqualTo(-203);
        ee.request(999);
        assertThat(ee.call(loadFile, 8, 16, 4)).isEqualTo(-202);
        assertThat(console.noticed.stream().map(notice -> notice.text()))
                .anyMatch(text -> text.contains("imports the library nosuch"));
        assertThat(free - console.iopKernel.memory().free())
                .as("bytes that refused modules keep: only the buffers of this test, and the module that was loaded")
                .isLessThan(2048);
    }

    /** modload.c: a module that ends with 1 is not resident, one that ends with 2 can be stopped and unloaded. */
    @Test
    void modulesAreUnloaded() {
        int free = console.iopKernel.memory().free();
        TestModule gone = returning(1, module -> {});
        int buffer = gone.irx().length + 255 & ~255;
        int id = loadBuffer(gone)[0];
        assertThat(console.iopKernel.memory().free()).isEqualTo(free - buffer);
        ee.request(id);
        assertThat(ee.call(loadFile, 8, 16, 4)).isEqualTo(-202);

        int removable = loadBuffer(returning(2, module -> {}))[0];
        ee.request(removable);
        assertThat(ee.call(loadFile, 8, 16, 4)).as("unload while it runs").isEqualTo(-210);
        int resident = loadBuffer(returning(0, module -> {}))[0];
        ee.request(resident, 0);
        assertThat(ee.call(loadFile, 7, 512, 8)).as("stop a resident one").isEqualTo(-209);
    }

    /** ECMA-119: the volume descriptor in sector 16 begins with 1 and CD001. */
    @Test
    void aModuleReadsTheDisc() {
        TestModule module = new TestModule();
        int cdvdman = module.imports("cdvdman", 6, 11);
        int buffer = module.here();
        for (int i = 0; i < 512; i++) {
            module.word(0);
        }
        module.entry()
                .word(0x27BD_FFE8) // addiu sp,sp,-24
                .word(0xAFBF_0014) // sw ra,20(sp)
                .word(0x2404_0010) // li a0,16
                .word(0x2405_0001) // li a1,1
                .address(A2, buffer)
                .word(0x0000_3821) // move a3,zero
                .call(cdvdman)
                .word(0x0000_2021) // move a0,zero
                .call(cdvdman + 8)
                .address(V0, buffer)
                .word(0x8C42_0000) // lw v0,0(v0)
                .word(0x8FBF_0014) // lw ra,20(sp)
                .word(NOP)
                .word(JR_RA)
                .word(0x27BD_0018); // addiu sp,sp,24
        assertThat(loadBuffer(module)[1]).isEqualTo(0x3044_4301);
    }

    @Test
    void aResetForgetsModules() {
        load("cdrom0:\\MODULES\\SERVER.IRX;1");
        assertThat(ee.bind(ID).handle()).isNotZero();
        ee.command(0x80000003, 0, 0, 0);
        console.run(294_912_000L / 5);
        ee = new EeClient(console);
        assertThat(ee.bind(ID).handle()).isZero();
        assertThat(List.of(console.iopKernel.find("test"))).containsExactly(-202);
    }
}
