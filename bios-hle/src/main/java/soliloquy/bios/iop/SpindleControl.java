package soliloquy.bios.iop;

/**
 * What cdvdman makes of the spindle speed a program names in sceCdRMode: the drive's parameter, whose bits 0 to 4 are a speed
 * and whose bit 7 is constant angular velocity. Source: ps2sdk {@code cdvdman} and {@code libcdvd-common.h}.
 */
final class SpindleControl {
    private static final int CAV = 0x80;

    /** Codes of the drive, which differ with the medium. */
    private static final int CD_2X = 2;

    private static final int CD_4X = 3;
    private static final int CD_12X = 4;
    private static final int CD_24X = 5;
    private static final int DVD_1X = 1;
    private static final int DVD_2X = 2;
    private static final int DVD_4X = 3;

    private SpindleControl() {}

    /** The drive's parameter for {@code control}, one of SCECdvdSpinValue. */
    static int parameter(int control, boolean dvd) {
        return switch (control) {
            // SCECdSpinStm, as fast as is steady.
            case 0 -> dvd ? DVD_2X : CD_12X;
            // SCECdSpinX1, X2, X4, X12.
            case 2, 14 -> 1;
            case 3 -> 2;
            case 4 -> dvd ? DVD_2X : CAV | CD_4X;
            case 5 -> dvd ? DVD_4X : CD_12X;
            case 10 -> 0x40;
            case 12 -> dvd ? 4 : CD_2X;
            case 15 -> CAV | DVD_2X;
            case 16 -> CAV | (dvd ? DVD_2X : CD_4X);
            case 17 -> CAV | (dvd ? DVD_2X : CD_12X);
            case 18 -> dvd ? DVD_1X : CAV | CD_4X;
            // SCECdSpinMx.
            case 20 -> dvd ? DVD_4X : CD_24X;
            // SCECdSpinNom and all others: the highest speed, at constant angular velocity.
            default -> CAV | (dvd ? DVD_4X : CD_24X);
        };
    }
}
