package soliloquy.ee;

/** What a region's hidden class extends. */
abstract class RegionCode {
    RegionCode() {}

    /**
     * Executes guest code from the region's entry until it is left or the deadline comes near. The registers and the clock of the
     * processor are right then, its program counter is not.
     *
     * @return address of the next instruction, which is in no delay slot
     */
    abstract int run();
}
