package soliloquy.ee;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** Turns guest code into hidden classes, one for each region, which the JVM drops when nobody enters them any more. */
final class RegionCompiler {
    /** HotSpot compiles no method with more bytes of bytecode. */
    private static final int LARGEST_METHOD = 8000;

    private static final int FEWEST_OPERATIONS = 16;
    private static final ClassDesc CODE = ClassDesc.of("soliloquy.ee.RegionCode");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_int);

    private final R5900 cpu;
    private final EeBus bus;
    private final DecodedCode decoded;
    private final RegionCalls calls;
    /** {@link VectorConstants}, once asked for. */
    private List<Object> vectorConstants;

    RegionCompiler(R5900 cpu, EeBus bus, DecodedCode decoded, RegionCalls calls) {
        this.cpu = cpu;
        this.bus = bus;
        this.decoded = decoded;
        this.calls = calls;
    }

    /**
     * Compiles the region that begins at {@code entry}.
     *
     * @param number {@link Dispatch} number of the instruction there
     * @param notWords registers that were found to hold other values than sign-extended words at entry
     * @param vectors whether registers of 128 bits may be vectors
     * @return the region; null if nothing would be gained
     */
    Region compile(int entry, int number, BitSet notWords, VectorUse vectors) {
        for (int most = RegionShape.MOST_OPERATIONS; most >= FEWEST_OPERATIONS; most = most * 2 / 3) {
            RegionShape shape = new RegionShape(entry, bus::peek32, decoded::costs, most);
            if (shape.entry == null || shape.operations() < 2) {
                return null;
            }
            boolean hasVectors = vectors != VectorUse.NEVER && hasVectors(shape);
            RegionTypes types = new RegionTypes(shape, notWords, hasVectors && vectors == VectorUse.ALWAYS);
            byte[] bytes = emit(shape, types);
            int length = codeLength(bytes);
            if (length < LARGEST_METHOD) {
                Region region = new Region(entry, number, addresses(shape), shape.cuts, types.tested(), length);
                region.code = define(bytes, region);
                if (hasVectors && vectors == VectorUse.MEASURED) {
                    region.code = new VectorTrial(
                            cpu,
                            region,
                            region.code,
                            shape.entry.longestPath,
                            () -> compileVectors(region, shape, notWords));
                }
                return region;
            }
        }
        return null;
    }

    /** The code of {@code region} with vectors; null if it would be too long. */
    private RegionCode compileVectors(Region region, RegionShape shape, BitSet notWords) {
        byte[] bytes = emit(shape, new RegionTypes(shape, notWords, true));
        return codeLength(bytes) < LARGEST_METHOD ? define(bytes, region) : null;
    }

    private static boolean hasVectors(RegionShape shape) {
        for (RegionBlock block : shape.blocks) {
            for (Operation operation : block.body) {
                if (VectorEmitter.supports(operation.row())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] emit(RegionShape shape, RegionTypes types) {
        ClassDesc name = ClassDesc.of("soliloquy.ee.Region$%08x".formatted(shape.entry.address));
        return ClassFile.of().build(name, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withSuperclass(CODE);
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    0,
                    code -> code.aload(0)
                            .invokespecial(CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            builder.withMethodBody("run", RUN, 0, code -> new RegionEmitter(code, shape, types).emit());
        });
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

    private RegionCode define(byte[] bytes, Region region) {
        List<Object> data = new ArrayList<>(List.of(bus.ramBytes, bus.codePages, cpu.gpr, cpu.fpr, cpu, calls, region));
        if (VectorEmitter.isAvailable()) {
            if (vectorConstants == null) {
                vectorConstants = VectorConstants.all();
            }
            data.addAll(vectorConstants);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
            return (RegionCode) lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the code of the region at 0x%08x is not valid".formatted(region.entry), e);
        }
    }

    private static int[] addresses(RegionShape shape) {
        TreeSet<Integer> addresses = new TreeSet<>();
        for (RegionBlock block : shape.blocks) {
            for (int address = block.address; address < block.end; address += 4) {
                addresses.add(address);
            }
        }
        return addresses.stream().mapToInt(Integer::intValue).toArray();
    }
}
