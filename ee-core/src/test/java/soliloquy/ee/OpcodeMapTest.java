package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every slot of the R5900's opcode maps decodes to its instruction, and every empty slot to none. Source: ps2tek's maps. */
class OpcodeMapTest {
    private static final String PRIMARY = """
            02 J 03 JAL 04 BEQ 05 BNE 06 BLEZ 07 BGTZ 08 ADDI 09 ADDIU 0A SLTI 0B SLTIU 0C ANDI 0D ORI 0E XORI 0F LUI 14 BEQL
            15 BNEL 16 BLEZL 17 BGTZL 18 DADDI 19 DADDIU 1A LDL 1B LDR 1E LQ 1F SQ 20 LB 21 LH 22 LWL 23 LW 24 LBU 25 LHU 26 LWR
            27 LWU 28 SB 29 SH 2A SWL 2B SW 2C SDL 2D SDR 2E SWR 2F CACHE 31 LWC1 33 PREF 36 LQC2 37 LD 39 SWC1 3E SQC2 3F SD""";
    private static final String SPECIAL = """
            00 SLL 02 SRL 03 SRA 04 SLLV 06 SRLV 07 SRAV 08 JR 09 JALR 0A MOVZ 0B MOVN 0C SYSCALL 0D BREAK 0F SYNC 10 MFHI 11 MTHI
            12 MFLO 13 MTLO 14 DSLLV 16 DSRLV 17 DSRAV 18 MULT 19 MULTU 1A DIV 1B DIVU 20 ADD 21 ADDU 22 SUB 23 SUBU 24 AND 25 OR
            26 XOR 27 NOR 28 MFSA 29 MTSA 2A SLT 2B SLTU 2C DADD 2D DADDU 2E DSUB 2F DSUBU 30 TGE 31 TGEU 32 TLT 33 TLTU 34 TEQ
            36 TNE 38 DSLL 3A DSRL 3B DSRA 3C DSLL32 3E DSRL32 3F DSRA32""";
    private static final String REGIMM = """
            00 BLTZ 01 BGEZ 02 BLTZL 03 BGEZL 08 TGEI 09 TGEIU 0A TLTI 0B TLTIU 0C TEQI 0E TNEI 10 BLTZAL 11 BGEZAL 12 BLTZALL
            13 BGEZALL 18 MTSAB 19 MTSAH""";
    private static final String MMI = """
            00 MADD 01 MADDU 04 PLZCW 10 MFHI1 11 MTHI1 12 MFLO1 13 MTLO1 18 MULT1 19 MULTU1 1A DIV1 1B DIVU1 20 MADD1 21 MADDU1
            34 PSLLH 36 PSRLH 37 PSRAH 3C PSLLW 3E PSRLW 3F PSRAW""";
    private static final String MMI0 = """
            00 PADDW 01 PSUBW 02 PCGTW 03 PMAXW 04 PADDH 05 PSUBH 06 PCGTH 07 PMAXH 08 PADDB 09 PSUBB 0A PCGTB 10 PADDSW 11 PSUBSW
            12 PEXTLW 13 PPACW 14 PADDSH 15 PSUBSH 16 PEXTLH 17 PPACH 18 PADDSB 19 PSUBSB 1A PEXTLB 1B PPACB 1E PEXT5 1F PPAC5""";
    private static final String MMI1 = """
            01 PABSW 02 PCEQW 03 PMINW 04 PADSBH 05 PABSH 06 PCEQH 07 PMINH 0A PCEQB 10 PADDUW 11 PSUBUW 12 PEXTUW 14 PADDUH
            15 PSUBUH 16 PEXTUH 18 PADDUB 19 PSUBUB 1A PEXTUB 1B QFSRV""";
    private static final String MMI2 = """
            00 PMADDW 02 PSLLVW 03 PSRLVW 04 PMSUBW 08 PMFHI 09 PMFLO 0A PINTH 0C PMULTW 0D PDIVW 0E PCPYLD 10 PMADDH 11 PHMADH
            12 PAND 13 PXOR 14 PMSUBH 15 PHMSBH 1A PEXEH 1B PREVH 1C PMULTH 1D PDIVBW 1E PEXEW 1F PROT3W""";
    private static final String MMI3 = """
            00 PMADDUW 03 PSRAVW 08 PMTHI 09 PMTLO 0A PINTEH 0C PMULTUW 0D PDIVUW 0E PCPYUD 12 POR 13 PNOR 1A PEXCH 1B PCPYH
            1E PEXCW""";
    private static final String SINGLE = """
            00 ADD_S 01 SUB_S 02 MUL_S 03 DIV_S 04 SQRT_S 05 ABS_S 06 MOV_S 07 NEG_S 16 RSQRT_S 18 ADDA_S 19 SUBA_S 1A MULA_S
            1C MADD_S 1D MSUB_S 1E MADDA_S 1F MSUBA_S 24 CVT_W_S 28 MAX_S 29 MIN_S 30 C_F_S 32 C_EQ_S 34 C_LT_S 36 C_LE_S""";
    private static final String VECTOR = """
            00 VADDX 01 VADDY 02 VADDZ 03 VADDW 04 VSUBX 05 VSUBY 06 VSUBZ 07 VSUBW 08 VMADDX 09 VMADDY 0A VMADDZ 0B VMADDW
            0C VMSUBX 0D VMSUBY 0E VMSUBZ 0F VMSUBW 10 VMAXX 11 VMAXY 12 VMAXZ 13 VMAXW 14 VMINIX 15 VMINIY 16 VMINIZ 17 VMINIW
            18 VMULX 19 VMULY 1A VMULZ 1B VMULW 1C VMULQ 1D VMAXI 1E VMULI 1F VMINII 20 VADDQ 21 VMADDQ 22 VADDI 23 VMADDI
            24 VSUBQ 25 VMSUBQ 26 VSUBI 27 VMSUBI 28 VADD 29 VMADD 2A VMUL 2B VMAX 2C VSUB 2D VMSUB 2E VOPMSUB 2F VMINI 30 VIADD
            31 VISUB 32 VIADDI 34 VIAND 35 VIOR 38 VCALLMS 39 VCALLMSR""";
    private static final String VECTOR2 = """
            00 VADDAX 01 VADDAY 02 VADDAZ 03 VADDAW 04 VSUBAX 05 VSUBAY 06 VSUBAZ 07 VSUBAW 08 VMADDAX 09 VMADDAY 0A VMADDAZ
            0B VMADDAW 0C VMSUBAX 0D VMSUBAY 0E VMSUBAZ 0F VMSUBAW 10 VITOF0 11 VITOF4 12 VITOF12 13 VITOF15 14 VFTOI0 15 VFTOI4
            16 VFTOI12 17 VFTOI15 18 VMULAX 19 VMULAY 1A VMULAZ 1B VMULAW 1C VMULAQ 1D VABS 1E VMULAI 1F VCLIP 20 VADDAQ
            21 VMADDAQ 22 VADDAI 23 VMADDAI 24 VSUBAQ 25 VMSUBAQ 26 VSUBAI 27 VMSUBAI 28 VADDA 29 VMADDA 2A VMULA 2C VSUBA
            2D VMSUBA 2E VOPMULA 2F VNOP 30 VMOVE 31 VMR32 34 VLQI 35 VSQI 36 VLQD 37 VSQD 38 VDIV 39 VSQRT 3A VRSQRT 3B VWAITQ
            3C VMTIR 3D VMFIR 3E VILWR 3F VISWR 40 VRNEXT 41 VRGET 42 VRINIT 43 VRXOR""";

    private static Arguments map(String name, String slots, int size, Set<Integer> submaps, IntUnaryOperator word) {
        return Arguments.of(name, slots, size, submaps, word);
    }

    static Stream<Arguments> maps() {
        return Stream.of(
                map("primary", PRIMARY, 64, Set.of(0, 1, 0x10, 0x11, 0x12, 0x1C), slot -> slot << 26),
                map("SPECIAL", SPECIAL, 64, Set.of(), slot -> slot),
                map("REGIMM", REGIMM, 32, Set.of(), slot -> 1 << 26 | slot << 16),
                map("MMI", MMI, 64, Set.of(8, 9, 0x28, 0x29, 0x30, 0x31), slot -> 0x1C << 26 | slot),
                map("MMI0", MMI0, 32, Set.of(), slot -> 0x1C << 26 | slot << 6 | 0x08),
                map("MMI1", MMI1, 32, Set.of(), slot -> 0x1C << 26 | slot << 6 | 0x28),
                map("MMI2", MMI2, 32, Set.of(), slot -> 0x1C << 26 | slot << 6 | 0x09),
                map("MMI3", MMI3, 32, Set.of(), slot -> 0x1C << 26 | slot << 6 | 0x29),
                map(
                        "PMFHL",
                        "00 PMFHL_LW 01 PMFHL_UW 02 PMFHL_SLW 03 PMFHL_LH 04 PMFHL_SH",
                        32,
                        Set.of(),
                        slot -> 0x1C << 26 | slot << 6 | 0x30),
                map("PMTHL", "00 PMTHL_LW", 32, Set.of(), slot -> 0x1C << 26 | slot << 6 | 0x31),
                map("COP0", "00 MFC0 04 MTC0", 16, Set.of(8), slot -> 0x10 << 26 | slot << 21),
                map(
                        "BC0",
                        "00 BC0F 01 BC0T 02 BC0FL 03 BC0TL",
                        32,
                        Set.of(),
                        slot -> 0x10 << 26 | 8 << 21 | slot << 16),
                map(
                        "C0",
                        "01 TLBR 02 TLBWI 06 TLBWR 08 TLBP 18 ERET 38 EI 39 DI",
                        64,
                        Set.of(),
                        slot -> 0x10 << 26 | 16 << 21 | slot),
                map("COP1", "00 MFC1 02 CFC1 04 MTC1 06 CTC1", 32, Set.of(8, 16, 20), slot -> 0x11 << 26 | slot << 21),
                map(
                        "BC1",
                        "00 BC1F 01 BC1T 02 BC1FL 03 BC1TL",
                        32,
                        Set.of(),
                        slot -> 0x11 << 26 | 8 << 21 | slot << 16),
                map("S", SINGLE, 64, Set.of(), slot -> 0x11 << 26 | 16 << 21 | slot),
                map("W", "20 CVT_S_W", 64, Set.of(), slot -> 0x11 << 26 | 20 << 21 | slot),
                map("COP2", "01 QMFC2 02 CFC2 05 QMTC2 06 CTC2", 16, Set.of(8), slot -> 0x12 << 26 | slot << 21),
                map(
                        "BC2",
                        "00 BC2F 01 BC2T 02 BC2FL 03 BC2TL",
                        32,
                        Set.of(),
                        slot -> 0x12 << 26 | 8 << 21 | slot << 16),
                map("VU first", VECTOR, 60, Set.of(), slot -> 0x12 << 26 | 16 << 21 | slot),
                map(
                        "VU second",
                        VECTOR2,
                        128,
                        Set.of(),
                        slot -> 0x12 << 26 | 16 << 21 | (slot & 0x7C) << 4 | 0x3C | slot & 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void slots(String name, String slots, int size, Set<Integer> submaps, IntUnaryOperator word) {
        Map<Integer, String> expected = new HashMap<>();
        try (Scanner scanner = new Scanner(slots)) {
            while (scanner.hasNext()) {
                expected.put(Integer.parseInt(scanner.next(), 16), scanner.next());
            }
        }
        for (int slot = 0; slot < size; slot++) {
            if (!submaps.contains(slot)) {
                Instruction row = Decoder.decode(word.applyAsInt(slot));
                assertThat(row == null ? null : row.name())
                        .as("%s slot %02x", name, slot)
                        .isEqualTo(expected.get(slot));
            }
        }
    }
}
