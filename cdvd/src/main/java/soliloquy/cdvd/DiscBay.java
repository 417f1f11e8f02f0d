package soliloquy.cdvd;

import soliloquy.machine.Clocks;
import soliloquy.machine.Scheduler;

/** The tray, the disc in it and how far the drive is with finding out what it is. */
final class DiscBay {
    private static final int NO_DISC = 0x00;
    private static final int DETECTING = 0x01;

    private final Scheduler scheduler;
    private final Mechanism mechanism;
    private DiscImage disc;
    private boolean trayOpen;
    private long detected;
    private long ready;
    private DriveProfile fixedProfile;
    private double slowness = 1;

    DiscBay(Scheduler scheduler, Mechanism mechanism) {
        this.scheduler = scheduler;
        this.mechanism = mechanism;
    }

    void fixProfile(DriveProfile profile) {
        fixedProfile = profile;
        chooseProfile();
    }

    /** Everything takes {@code factor} times as long. */
    void slowDown(double factor) {
        slowness = factor;
        chooseProfile();
    }

    private void chooseProfile() {
        DriveProfile profile = fixedProfile;
        if (profile == null && disc != null) {
            profile = DriveProfile.forType(disc.type());
        }
        if (profile != null) {
            mechanism.profile(slowness == 1 ? profile : profile.slower(slowness));
        }
    }

    void openTray() {
        trayOpen = true;
        mechanism.stop();
    }

    void place(DiscImage newDisc) {
        disc = newDisc;
        chooseProfile();
    }

    /** Closes the tray; at power-on the ROM has long waited for the drive, so it is ready at once. */
    void closeTray() {
        trayOpen = false;
        long now = scheduler.now();
        boolean powerOn = now == 0;
        detected = powerOn ? 0 : now + Clocks.cycles(mechanism.profile().detectSeconds());
        ready = powerOn ? 0 : detected + Clocks.cycles(mechanism.profile().settleSeconds());
        if (disc != null) {
            mechanism.load(now, disc.sectorCount());
        }
    }

    DiscImage disc() {
        return disc;
    }

    boolean trayOpen() {
        return trayOpen;
    }

    /** Why no command that needs the disc can run now, or {@link DriveError#NONE}. */
    DriveError obstacle() {
        if (trayOpen) {
            return DriveError.TRAY_OPEN;
        }
        if (scheduler.now() < ready) {
            return DriveError.NOT_READY;
        }
        return disc == null ? DriveError.NO_DISC : DriveError.NONE;
    }

    boolean ready() {
        return scheduler.now() >= ready;
    }

    /** Value of the disc type register. */
    int typeCode() {
        if (trayOpen || disc == null && scheduler.now() >= detected) {
            return NO_DISC;
        }
        if (scheduler.now() < detected) {
            return DETECTING;
        }
        return ready() ? disc.type().code() : disc.type().detectedCode();
    }
}
