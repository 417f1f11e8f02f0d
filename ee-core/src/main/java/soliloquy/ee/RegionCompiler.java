package soliloquy.ee;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Turns guest code into hidden classes, one for each region, which the JVM drops when nobody enters them any more. */
final class RegionCompiler {
    /** HotSpot compiles no method with more bytes of bytecode. */
    private static final int LARGEST_METHOD = 8000;

    private static final int FEWEST_OPERATIONS = 16;
    /**
     * Half cycles before a second form is compiled: with vectors it gains most. A region that has neither vectors nor jumps to
     * registers gets none: being larger alone makes it slower.
     */
    private static final long HOT_WITH_VECTORS = 4_000_000;

    private static final long HOT = 120_000_000;
    /** Names of the classes, up to the address. The launcher has HotSpot compile second forms early, by this name. */
    private static final String FIRST_NAME = "Region";

    private static final String SECOND_NAME = "Second";
    /** Of second forms with vectors, for which calls wait until they are compiled. */
    private static final String VECTORS_NAME = "Vectors";

    private static final ClassDesc CODE = ClassDesc.of("soliloquy.ee.RegionCode");
    private static final ClassDesc JUMP_PROFILE = ClassDesc.of("soliloquy.ee.JumpProfile");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_int);

    private final R5900 cpu;
    private final EeBus bus;
    private final DecodedCode decoded;
    private final RegionCalls calls;
    /** Jumps to registers by their addresses. */
    private final Map<Integer, JumpProfile> jumps = new HashMap<>();

    private final RegionShape.Source firstSource = new FirstSource();
    private final RegionShape.Source secondSource = new SecondSource();
    /** {@link VectorConstants}, once asked for. */
    private List<Object> vectorConstants;

    RegionCompiler(R5900 cpu, EeBus bus, DecodedCode decoded, RegionCalls calls) {
        this.cpu = cpu;
        this.bus = bus;
        this.decoded = decoded;
        this.calls = calls;
    }

    /** What first forms are made from: short ones, quick to compile, that leave each other what is compiled already. */
    private class FirstSource implements RegionShape.Source {
        @Override
        public int word(int address) {
            return bus.peek32(address);
        }

        @Override
        public int costs(int address) {
            return decoded.costs(address);
        }

        @Override
        public boolean usesScratchpad(int address) {
            return decoded.usesScratchpad(address);
        }

        @Override
        public boolean usesDevices(int address) {
            return decoded.usesDevices(address);
        }

        @Override
        public JumpProfile jumps(int address) {
            return null;
        }

        @Override
        public boolean executed(int address) {
            return decoded.executed(address);
        }

        @Override
        public boolean isEntry(int address) {
            return decoded.numberAt(address) == Dispatch.REGION;
        }

        @Override
        public boolean isBreakpoint(int address) {
            return decoded.isBreakpoint(address);
        }
    }

    /** What second forms are made from. */
    private final class SecondSource extends FirstSource {
        @Override
        public JumpProfile jumps(int address) {
            return jumps.get(address);
        }

        @Override
        public boolean isEntry(int address) {
            return false;
        }
    }

    /**
     * The second form of a region.
     *
     * @param addresses of its instructions, in order
     * @param cuts addresses it may be left to because they found no room in it
     * @param cold addresses it may be left to where control has not been
     * @param breakpoints addresses of breakpoints that it was cut at
     * @param tested registers it takes for words at entry
     * @param codeBytes bytes of JVM code of its method
     */
    record Second(
            RegionCode code,
            SortedSet<Integer> addresses,
            Set<Integer> cuts,
            Set<Integer> cold,
            Set<Integer> breakpoints,
            BitSet tested,
            int codeBytes) {}

    /**
     * Compiles the region that begins at {@code entry}.
     *
     * @param number {@link Dispatch} number of the instruction there
     * @param notWords registers that were found to hold other values than sign-extended words at entry; those that do now are added
     * @return the region; null if nothing would be gained
     */
    Region compile(int entry, int number, BitSet notWords) {
        for (int most = RegionShape.MOST_OPERATIONS; most >= FEWEST_OPERATIONS; most = most * 2 / 3) {
            RegionShape shape = new RegionShape(entry, firstSource, most);
            if (shape.entry == null || shape.operations() < 2) {
                return null;
            }
            RegionTypes types = firstTypes(shape, notWords);
            List<Object> data = data();
            byte[] bytes = emit(FIRST_NAME, shape, types, data);
            int length = codeLength(bytes);
            if (length < LARGEST_METHOD) {
                Region region = new Region(
                        entry, number, toArray(addresses(shape)), shape.cuts, shape.cold, types.tested(), length);
                region.breakpoints.addAll(shape.breakpoints);
                region.longestPath = shape.entry.longestPath;
                region.hot = hasVectors(shape) ? HOT_WITH_VECTORS : jumpsToRegisters(shape) ? HOT : 0;
                region.code = define(bytes, data, region);
                return region;
            }
        }
        return null;
    }

    /**
     * Compiles the second form of {@code region}: more instructions, the jumps to registers as they went until now, and vectors.
     *
     * @return the form; null if it would be the first one again
     */
    Second compileSecond(Region region, BitSet notWords) {
        for (int most = RegionShape.MOST_OF_SECOND; most >= FEWEST_OPERATIONS; most = most * 2 / 3) {
            RegionShape shape = new RegionShape(region.entry, secondSource, most);
            if (shape.entry == null) {
                return null;
            }
            RegionTypes types = new RegionTypes(shape, notWords, hasVectors(shape));
            SortedSet<Integer> addresses = addresses(shape);
            boolean gains = addresses.size() > region.addresses.length
                    || !types.vectors.isEmpty()
                    || shape.blocks.stream().anyMatch(block -> !block.known.isEmpty());
            if (!gains) {
                return null;
            }
            region.hasVectors = !types.vectors.isEmpty();
            List<Object> data = data();
            byte[] bytes = emit(region.hasVectors ? VECTORS_NAME : SECOND_NAME, shape, types, data);
            int length = codeLength(bytes);
            if (length < LARGEST_METHOD) {
                RegionCode code = define(bytes, data, region);
                return new Second(code, addresses, shape.cuts, shape.cold, shape.breakpoints, types.tested(), length);
            }
        }
        return null;
    }

    /** The types of a first form. Control is at its entry: what holds no word there now would be refused at once. */
    private RegionTypes firstTypes(RegionShape shape, BitSet notWords) {
        RegionTypes types = new RegionTypes(shape, notWords, false);
        BitSet refused = new BitSet();
        types.tested().stream()
                .filter(register -> cpu.gpr[register] != (int) cpu.gpr[register])
                .forEach(refused::set);
        if (!refused.isEmpty()) {
            refused.and(new RegionFlow(shape, types, bus.timing() != null).live(shape.entry));
        }
        notWords.or(refused);
        return refused.isEmpty() ? types : new RegionTypes(shape, notWords, false);
    }

    /** What the region that begins at {@code entry} would consist of. */
    RegionShape shape(int entry) {
        return new RegionShape(entry, firstSource, RegionShape.MOST_OPERATIONS);
    }

    private static boolean jumpsToRegisters(RegionShape shape) {
        return shape.blocks.stream()
                .anyMatch(block -> block.branch != null && block.branch.row() == Instruction.JALR
                        || block.branch != null
                                && block.branch.row() == Instruction.JR
                                && block.branch.s() != R5900.RA);
    }

    /** The objects every region's class is given. */
    private List<Object> data() {
        List<Object> data = new ArrayList<>(List.of(bus.ramBytes, bus.codePages, cpu.gpr, cpu.fpr, cpu, calls));
        data.add(null); // the region, which is not known yet
        data.add(EeBus.INTS);
        data.add(EeBus.LONGS);
        MemoryTiming timing = bus.timing();
        data.add(timing);
        data.add(timing == null ? null : timing.data.state);
        data.add(timing == null ? null : timing.instructions.state);
        if (VectorEmitter.isAvailable()) {
            if (vectorConstants == null) {
                vectorConstants = VectorConstants.all();
            }
            data.addAll(vectorConstants);
        }
        return data;
    }

    private static boolean hasVectors(RegionShape shape) {
        if (!VectorEmitter.isAvailable()) {
            return false;
        }
        for (RegionBlock block : shape.blocks) {
            for (Operation operation : block.body) {
                if (VectorEmitter.supports(operation.row())) {
                    return true;
                }
            }
        }
        return false;
    }

    private byte[] emit(String kind, RegionShape shape, RegionTypes types, List<Object> data) {
        ClassDesc name = ClassDesc.of("soliloquy.ee.%s$%08x".formatted(kind, shape.entry.address));
        return ClassFile.of().build(name, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withSuperclass(CODE);
            builder.withMethodBody(
                    "run",
                    RUN,
                    0,
                    code -> new RegionEmitter(
                                    code,
                                    shape,
                                    types,
                                    site -> jump(site, data),
                                    bus.timing() != null,
                                    decoded.watching(),
                                    kind.equals(VECTORS_NAME))
                            .emit());
            builder.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> {
                code.aload(0).invokespecial(CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                if (!kind.equals(FIRST_NAME)) {
                    resolve(code, data.size());
                }
                code.return_();
            });
        });
    }

    /**
     * Resolves what a class names: constants, and the accesses to memory. HotSpot's second compiler makes a way out of compiled code of
     * each that has not been, where a warmed-up method would go back to the interpreter.
     */
    private void resolve(CodeBuilder code, int dataSize) {
        for (RegionEmitter.Datum datum : RegionEmitter.Datum.values()) {
            code.loadConstant(datum.constant).pop();
        }
        int first = RegionEmitter.Datum.values().length;
        if (vectorConstants != null) {
            for (VectorConstant constant : VectorConstant.values()) {
                code.loadConstant((ConstantDesc) constant.constant).pop();
            }
            first += VectorConstant.values().length;
        }
        for (int i = first; i < dataSize; i++) {
            code.loadConstant(RegionEmitter.classData(i, JUMP_PROFILE)).pop();
        }
        AccessEmitter.resolve(code);
    }

    private static int codeLength(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        int length = 0;
        for (var method : model.methods()) {
            CodeModel code = method.code().orElse(null);
            if (code instanceof CodeAttribute attribute) {
                length = Math.max(length, attribute.codeLength());
            }
        }
        return length;
    }

    /** What is known of the jump to a register at {@code site}, as an object the class is given. */
    private DynamicConstantDesc<?> jump(int site, List<Object> data) {
        data.add(jumps.computeIfAbsent(site, key -> new JumpProfile()));
        return RegionEmitter.classData(data.size() - 1, JUMP_PROFILE);
    }

    private RegionCode define(byte[] bytes, List<Object> data, Region region) {
        data.set(RegionEmitter.Datum.REGION.ordinal(), region);
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
            return (RegionCode) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the code of the region at 0x%08x is not valid".formatted(region.entry), e);
        }
    }

    private static SortedSet<Integer> addresses(RegionShape shape) {
        TreeSet<Integer> addresses = new TreeSet<>();
        for (RegionBlock block : shape.blocks) {
            for (int address = block.address; address < block.end; address += 4) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static int[] toArray(SortedSet<Integer> addresses) {
        return addresses.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Forgets where the jumps from {@code start} on and before {@code end} led. */
    void forgetJumps(int start, int end) {
        Recompiler.forget(jumps.keySet(), start, end);
    }

    /** Number of jumps to registers of which something may be known. */
    int jumps() {
        return jumps.size();
    }

    /** Forgets where jumps led. */
    void forgetJumps() {
        jumps.clear();
    }
}
