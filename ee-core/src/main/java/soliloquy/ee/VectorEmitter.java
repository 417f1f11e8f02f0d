package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumMap;
import java.util.Map;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes multimedia instructions as operations of the Vector API (module jdk.incubator.vector), of which HotSpot's second compiler
 * makes one or a few instructions of the host each. All calls stand in the region's own method: in methods of ours HotSpot would
 * stop inlining and make objects of the vectors.
 */
final class VectorEmitter {
    private sealed interface Form permits Lanewise, Compare, Shift, Choose, Rearrange {}

    /** The same operation on each two lanes. */
    private record Lanewise(VectorLane lane, String operator, ClassDesc kind) implements Form {}

    /** All ones where the comparison holds. */
    private record Compare(VectorLane lane, String operator) implements Form {}

    /** A shift of each lane by a constant. */
    private record Shift(VectorLane lane, String operator) implements Form {}

    /** Lanes out of two registers, {@code rt} first if {@code swapped}. */
    private record Choose(VectorConstant constant, boolean swapped) implements Form {}

    private record Rearrange(VectorConstant constant) implements Form {}

    private static final ClassDesc OPERATORS = VectorLane.of("VectorOperators");
    private static final ClassDesc BINARY = VectorLane.of("VectorOperators$Binary");
    private static final ClassDesc ASSOCIATIVE = VectorLane.of("VectorOperators$Associative");
    private static final ClassDesc COMPARISON = VectorLane.of("VectorOperators$Comparison");
    private static final ClassDesc CONVERSION = VectorLane.of("VectorOperators$Conversion");
    private static final ClassDesc VECTOR = VectorLane.of("Vector");
    private static final ClassDesc MASK = VectorLane.of("VectorMask");
    private static final ClassDesc SHUFFLE = VectorLane.of("VectorShuffle");
    private static final ClassDesc SPECIES = VectorLane.of("VectorSpecies");
    private static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();

    private static final Map<Instruction, Form> FORMS = new EnumMap<>(Instruction.class);

    static {
        lanewise("ADD", ASSOCIATIVE, Instruction.PADDB, Instruction.PADDH, Instruction.PADDW);
        lanewise("SUB", BINARY, Instruction.PSUBB, Instruction.PSUBH, Instruction.PSUBW);
        lanewise("SADD", BINARY, Instruction.PADDSB, Instruction.PADDSH, Instruction.PADDSW);
        lanewise("SSUB", BINARY, Instruction.PSUBSB, Instruction.PSUBSH, Instruction.PSUBSW);
        lanewise("SUADD", BINARY, Instruction.PADDUB, Instruction.PADDUH, Instruction.PADDUW);
        lanewise("SUSUB", BINARY, Instruction.PSUBUB, Instruction.PSUBUH, Instruction.PSUBUW);
        FORMS.put(Instruction.PMAXH, new Lanewise(VectorLane.HALVES, "MAX", ASSOCIATIVE));
        FORMS.put(Instruction.PMAXW, new Lanewise(VectorLane.WORDS, "MAX", ASSOCIATIVE));
        FORMS.put(Instruction.PMINH, new Lanewise(VectorLane.HALVES, "MIN", ASSOCIATIVE));
        FORMS.put(Instruction.PMINW, new Lanewise(VectorLane.WORDS, "MIN", ASSOCIATIVE));
        FORMS.put(Instruction.PAND, new Lanewise(VectorLane.DOUBLEWORDS, "AND", ASSOCIATIVE));
        FORMS.put(Instruction.POR, new Lanewise(VectorLane.DOUBLEWORDS, "OR", ASSOCIATIVE));
        FORMS.put(Instruction.PXOR, new Lanewise(VectorLane.DOUBLEWORDS, "XOR", ASSOCIATIVE));
        FORMS.put(Instruction.PCGTB, new Compare(VectorLane.BYTES, "GT"));
        FORMS.put(Instruction.PCGTH, new Compare(VectorLane.HALVES, "GT"));
        FORMS.put(Instruction.PCGTW, new Compare(VectorLane.WORDS, "GT"));
        FORMS.put(Instruction.PCEQB, new Compare(VectorLane.BYTES, "EQ"));
        FORMS.put(Instruction.PCEQH, new Compare(VectorLane.HALVES, "EQ"));
        FORMS.put(Instruction.PCEQW, new Compare(VectorLane.WORDS, "EQ"));
        FORMS.put(Instruction.PSLLH, new Shift(VectorLane.HALVES, "LSHL"));
        FORMS.put(Instruction.PSRLH, new Shift(VectorLane.HALVES, "LSHR"));
        FORMS.put(Instruction.PSRAH, new Shift(VectorLane.HALVES, "ASHR"));
        FORMS.put(Instruction.PSLLW, new Shift(VectorLane.WORDS, "LSHL"));
        FORMS.put(Instruction.PSRLW, new Shift(VectorLane.WORDS, "LSHR"));
        FORMS.put(Instruction.PSRAW, new Shift(VectorLane.WORDS, "ASHR"));
        FORMS.put(Instruction.PEXTLB, new Choose(VectorConstant.INTERLEAVE_LOW_BYTES, true));
        FORMS.put(Instruction.PEXTUB, new Choose(VectorConstant.INTERLEAVE_HIGH_BYTES, true));
        FORMS.put(Instruction.PEXTLH, new Choose(VectorConstant.INTERLEAVE_LOW_HALVES, true));
        FORMS.put(Instruction.PEXTUH, new Choose(VectorConstant.INTERLEAVE_HIGH_HALVES, true));
        FORMS.put(Instruction.PEXTLW, new Choose(VectorConstant.INTERLEAVE_LOW_WORDS, true));
        FORMS.put(Instruction.PEXTUW, new Choose(VectorConstant.INTERLEAVE_HIGH_WORDS, true));
        FORMS.put(Instruction.PPACB, new Choose(VectorConstant.PACK_BYTES, true));
        FORMS.put(Instruction.PPACH, new Choose(VectorConstant.PACK_HALVES, true));
        FORMS.put(Instruction.PPACW, new Choose(VectorConstant.PACK_WORDS, true));
        FORMS.put(Instruction.PCPYLD, new Choose(VectorConstant.LOW_DOUBLEWORDS, true));
        FORMS.put(Instruction.PCPYUD, new Choose(VectorConstant.HIGH_DOUBLEWORDS, false));
        FORMS.put(Instruction.PCPYH, new Rearrange(VectorConstant.COPY_HALF));
        FORMS.put(Instruction.PEXEH, new Rearrange(VectorConstant.EXCHANGE_EVEN_HALVES));
        FORMS.put(Instruction.PEXCH, new Rearrange(VectorConstant.EXCHANGE_CENTER_HALVES));
        FORMS.put(Instruction.PREVH, new Rearrange(VectorConstant.REVERSE_HALVES));
        FORMS.put(Instruction.PEXEW, new Rearrange(VectorConstant.EXCHANGE_EVEN_WORDS));
        FORMS.put(Instruction.PEXCW, new Rearrange(VectorConstant.EXCHANGE_CENTER_WORDS));
        FORMS.put(Instruction.PROT3W, new Rearrange(VectorConstant.ROTATE_WORDS));
    }

    private final CodeBuilder code;
    private final RegionRegisters registers;

    VectorEmitter(RegionEmitter emitter) {
        code = emitter.code;
        registers = emitter.registers;
    }

    private static void lanewise(
            String operator, ClassDesc kind, Instruction bytes, Instruction halves, Instruction words) {
        FORMS.put(bytes, new Lanewise(VectorLane.BYTES, operator, kind));
        FORMS.put(halves, new Lanewise(VectorLane.HALVES, operator, kind));
        FORMS.put(words, new Lanewise(VectorLane.WORDS, operator, kind));
    }

    /** True if this JVM was started with the module of the Vector API. */
    static boolean isAvailable() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** True if {@code row} multiplies into LO and HI at once, which are one vector of 256 bits then. */
    static boolean multiplies(Instruction row) {
        return row == Instruction.PMULTH || row == Instruction.PMADDH || row == Instruction.PMSUBH;
    }

    /** True if vectors help {@code row}. */
    static boolean supports(Instruction row) {
        return FORMS.containsKey(row) || multiplies(row) || row == Instruction.PNOR;
    }

    /** Writes {@code operation}; false if it has to be done by halves. */
    boolean emit(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        switch (FORMS.get(operation.row())) {
            case Lanewise form -> {
                push(s, form.lane);
                operator(form.operator, form.kind);
                push(t, form.lane);
                call(form.lane, "lanewise", form.lane.vector, BINARY, VECTOR);
                pop(d, form.lane);
            }
            case Compare form -> compare(d, s, t, form);
            case Shift form -> {
                boolean halves = form.lane == VectorLane.HALVES;
                if (halves && !form.operator.equals("ASHR")) {
                    shiftHalves(d, s, t & 15, form.operator);
                } else {
                    push(s, form.lane);
                    shift(form.lane, form.operator, halves ? t & 15 : t);
                    pop(d, form.lane);
                }
            }
            case Choose form -> choose(d, form.swapped ? t : s, form.swapped ? s : t, form.constant);
            case Rearrange form -> {
                push(s, form.constant.lane);
                rearrange(form.constant);
                pop(d, form.constant.lane);
            }
            case null -> {
                return emitOther(operation);
            }
        }
        return true;
    }

    private void shift(VectorLane lane, String operator, int amount) {
        operator(operator, BINARY);
        code.loadConstant(amount);
        call(lane, "lanewise", lane.vector, BINARY, lane.element);
    }

    /** As words, and without the bits that crossed: x86 has an immediate amount for these, and HotSpot does not use that for halfwords. */
    private void shiftHalves(int d, int s, int amount, String operator) {
        push(s, VectorLane.WORDS);
        shift(VectorLane.WORDS, operator, amount);
        operator("AND", ASSOCIATIVE);
        int kept = operator.equals("LSHL") ? 0xFFFF << amount & 0xFFFF : 0xFFFF >>> amount;
        code.loadConstant(kept << 16 | kept);
        call(VectorLane.WORDS, "lanewise", VectorLane.WORDS.vector, BINARY, VectorLane.WORDS.element);
        pop(d, VectorLane.WORDS);
    }

    private boolean emitOther(Operation operation) {
        int d = operation.d();
        switch (operation.row()) {
            case PNOR -> {
                push(operation.s(), VectorLane.DOUBLEWORDS);
                push(operation.t(), VectorLane.DOUBLEWORDS);
                call(VectorLane.DOUBLEWORDS, "or", VectorLane.DOUBLEWORDS.vector, VECTOR);
                call(VectorLane.DOUBLEWORDS, "not", VectorLane.DOUBLEWORDS.vector);
                pop(d, VectorLane.DOUBLEWORDS);
            }
            case PMULTH -> products(operation, null);
            case PMADDH -> products(operation, "add");
            case PMSUBH -> products(operation, "sub");
            case PMFLO, PMFHI -> {
                if (!registers.types.products) {
                    return false;
                }
                half(d, operation.row() == Instruction.PMFLO ? VectorConstant.LO_FIRST : VectorConstant.HI_FIRST);
            }
            case PMTLO, PMTHI -> {
                if (!registers.types.products) {
                    return false;
                }
                boolean low = operation.row() == Instruction.PMTLO;
                replaceHalf(
                        operation.s(),
                        low ? VectorConstant.LO_ONLY : VectorConstant.HI_ONLY,
                        low ? VectorConstant.HI_ONLY : VectorConstant.LO_ONLY);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** LO, or HI, from register {@code s}. */
    private void replaceHalf(int s, VectorConstant replaced, VectorConstant kept) {
        registers.pushProducts();
        bits("AND", () -> code.loadConstant((ConstantDesc) kept.constant));
        if (s != 0) {
            bits("OR", () -> {
                push(s, VectorLane.DOUBLEWORDS);
                species(VectorLane.DOUBLEWORDS, 256).iconst_0();
                call(VectorLane.DOUBLEWORDS, "reinterpretShape", VECTOR, SPECIES, ConstantDescs.CD_int);
                code.checkcast(VectorLane.DOUBLEWORDS.vector);
                rearrange(VectorConstant.SPREAD);
                bits("AND", () -> code.loadConstant((ConstantDesc) replaced.constant));
            });
        }
        registers.popProducts();
    }

    private void bits(String operator, Runnable second) {
        operator(operator, ASSOCIATIVE);
        second.run();
        call(VectorLane.DOUBLEWORDS, "lanewise", VectorLane.DOUBLEWORDS.vector, BINARY, VECTOR);
    }

    private void half(int d, VectorConstant first) {
        registers.pushProducts();
        rearrange(first);
        narrow();
        pop(d, VectorLane.DOUBLEWORDS);
    }

    /** Pops 256 bits and pushes the lower half. */
    private void narrow() {
        species(VectorLane.DOUBLEWORDS, 128).iconst_0();
        call(VectorLane.DOUBLEWORDS, "reinterpretShape", VECTOR, SPECIES, ConstantDescs.CD_int);
        code.checkcast(VectorLane.DOUBLEWORDS.vector);
    }

    private void compare(int d, int s, int t, Compare form) {
        species(form.lane, 128)
                .invokestatic(form.lane.vector, "zero", MethodTypeDesc.of(form.lane.vector, SPECIES))
                .loadConstant(-1L);
        push(s, form.lane);
        operator(form.operator, COMPARISON);
        push(t, form.lane);
        call(form.lane, "compare", MASK, COMPARISON, VECTOR);
        call(form.lane, "blend", form.lane.vector, ConstantDescs.CD_long, MASK);
        pop(d, form.lane);
    }

    private void choose(int d, int first, int second, VectorConstant constant) {
        code.loadConstant((ConstantDesc) constant.constant);
        push(first, constant.lane);
        push(second, constant.lane);
        call(constant.lane, "selectFrom", constant.lane.vector, VECTOR, VECTOR);
        pop(d, constant.lane);
    }

    /** Eight products of halfwords, as words in their order: LO and HI have two of each four. */
    private void products(Operation operation, String accumulate) {
        if (accumulate != null) {
            registers.pushProducts();
            reinterpret(VectorLane.DOUBLEWORDS, VectorLane.WORDS);
        }
        widen(operation.s());
        widen(operation.t());
        call(VectorLane.WORDS, "mul", VectorLane.WORDS.vector, VECTOR);
        if (accumulate != null) {
            call(VectorLane.WORDS, accumulate, VectorLane.WORDS.vector, VECTOR);
        }
        reinterpret(VectorLane.WORDS, VectorLane.DOUBLEWORDS);
        registers.popProducts();
        if (operation.d() < R5900.SINK) {
            registers.pushProducts();
            reinterpret(VectorLane.DOUBLEWORDS, VectorLane.WORDS);
            rearrange(VectorConstant.EVEN_WORDS);
            reinterpret(VectorLane.WORDS, VectorLane.DOUBLEWORDS);
            narrow();
            pop(operation.d(), VectorLane.DOUBLEWORDS);
        }
    }

    /** Pushes eight halfwords as words. */
    private void widen(int register) {
        push(register, VectorLane.HALVES);
        operator("S2I", CONVERSION);
        species(VectorLane.WORDS, 256).iconst_0();
        call(VectorLane.HALVES, "convertShape", VECTOR, CONVERSION, SPECIES, ConstantDescs.CD_int);
        code.checkcast(VectorLane.WORDS.vector);
    }

    private void rearrange(VectorConstant constant) {
        code.loadConstant((ConstantDesc) constant.constant);
        call(constant.lane, "rearrange", constant.lane.vector, SHUFFLE);
    }

    private void push(int register, VectorLane lane) {
        registers.pushVector(register);
        reinterpret(VectorLane.DOUBLEWORDS, lane);
    }

    private void pop(int register, VectorLane lane) {
        reinterpret(lane, VectorLane.DOUBLEWORDS);
        registers.popVector(register);
    }

    private void reinterpret(VectorLane from, VectorLane to) {
        if (from != to) {
            call(from, to.reinterpret, to.vector);
        }
    }

    private void operator(String name, ClassDesc kind) {
        code.getstatic(OPERATORS, name, kind);
    }

    private void call(VectorLane lane, String method, ClassDesc result, ClassDesc... parameters) {
        code.invokevirtual(lane.vector, method, MethodTypeDesc.of(result, parameters));
    }

    private CodeBuilder species(VectorLane lane, int bits) {
        return species(code, lane, bits);
    }

    private static CodeBuilder species(CodeBuilder code, VectorLane lane, int bits) {
        return code.getstatic(lane.vector, "SPECIES_" + bits, SPECIES);
    }

    /** Pushes zeros. */
    static void pushZero(CodeBuilder code, int bits) {
        species(code, VectorLane.DOUBLEWORDS, bits)
                .invokestatic(
                        VectorLane.DOUBLEWORDS.vector,
                        "zero",
                        MethodTypeDesc.of(VectorLane.DOUBLEWORDS.vector, SPECIES));
    }

    /** Pushes the quadword of memory at the index that {@code index} pushes. */
    static void load(CodeBuilder code, Runnable index) {
        species(code, VectorLane.BYTES, 128).loadConstant(Datum.RAM.constant);
        index.run();
        code.invokestatic(
                        VectorLane.BYTES.vector,
                        "fromArray",
                        MethodTypeDesc.of(VectorLane.BYTES.vector, SPECIES, BYTES, ConstantDescs.CD_int))
                .invokevirtual(
                        VectorLane.BYTES.vector,
                        VectorLane.DOUBLEWORDS.reinterpret,
                        MethodTypeDesc.of(VectorLane.DOUBLEWORDS.vector));
    }

    /** Pops a quadword and stores it at the index that {@code index} pushes. */
    static void store(CodeBuilder code, Runnable index) {
        code.invokevirtual(
                        VectorLane.DOUBLEWORDS.vector,
                        VectorLane.BYTES.reinterpret,
                        MethodTypeDesc.of(VectorLane.BYTES.vector))
                .loadConstant(Datum.RAM.constant);
        index.run();
        code.invokevirtual(
                VectorLane.BYTES.vector,
                "intoArray",
                MethodTypeDesc.of(ConstantDescs.CD_void, BYTES, ConstantDescs.CD_int));
    }

    /** Pushes registers of the processor, from number {@code first} on. */
    static void loadRegisters(CodeBuilder code, int first, int bits) {
        species(code, VectorLane.DOUBLEWORDS, bits)
                .loadConstant(Datum.GPR.constant)
                .loadConstant(first)
                .invokestatic(
                        VectorLane.DOUBLEWORDS.vector,
                        "fromArray",
                        MethodTypeDesc.of(VectorLane.DOUBLEWORDS.vector, SPECIES, LONGS, ConstantDescs.CD_int));
        if (bits == 256) {
            exchangeProducts(code);
        }
    }

    /** Pops a vector and stores it in the processor's registers. */
    static void storeRegisters(CodeBuilder code, int first, int bits) {
        if (bits == 256) {
            exchangeProducts(code);
        }
        code.loadConstant(Datum.GPR.constant)
                .loadConstant(first)
                .invokevirtual(
                        VectorLane.DOUBLEWORDS.vector,
                        "intoArray",
                        MethodTypeDesc.of(ConstantDescs.CD_void, LONGS, ConstantDescs.CD_int));
    }

    private static void exchangeProducts(CodeBuilder code) {
        code.loadConstant((ConstantDesc) VectorConstant.PRODUCTS.constant)
                .invokevirtual(
                        VectorLane.DOUBLEWORDS.vector,
                        "rearrange",
                        MethodTypeDesc.of(VectorLane.DOUBLEWORDS.vector, SHUFFLE));
    }

    /** Pops a vector; pushes its 64 bits number {@code lane}. */
    static void pushLane(CodeBuilder code, int lane) {
        code.loadConstant(lane)
                .invokevirtual(
                        VectorLane.DOUBLEWORDS.vector,
                        "lane",
                        MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_int));
    }

    /** Pops a vector; pushes it with 64 bits, from a local variable, in place of its lane number {@code lane}. */
    static void replaceLane(CodeBuilder code, int lane, int local) {
        code.loadConstant(lane)
                .lload(local)
                .invokevirtual(
                        VectorLane.DOUBLEWORDS.vector,
                        "withLane",
                        MethodTypeDesc.of(VectorLane.DOUBLEWORDS.vector, ConstantDescs.CD_int, ConstantDescs.CD_long));
    }
}
