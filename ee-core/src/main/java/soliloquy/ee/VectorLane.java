package soliloquy.ee;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** How 128 bits are divided. */
enum VectorLane {
    BYTES("Byte", ConstantDescs.CD_byte),
    HALVES("Short", ConstantDescs.CD_short),
    WORDS("Int", ConstantDescs.CD_int),
    DOUBLEWORDS("Long", ConstantDescs.CD_long);

    final ClassDesc vector;
    final ClassDesc element;
    final String reinterpret;

    VectorLane(String name, ClassDesc element) {
        vector = of(name + "Vector");
        this.element = element;
        reinterpret = "reinterpretAs" + name + "s";
    }

    /** A class of the Vector API. */
    static ClassDesc of(String name) {
        return ClassDesc.of("jdk.incubator.vector." + name);
    }
}
