package soliloquy.cdvd;

import soliloquy.machine.Clocks;

/** How far the disc has turned: from a known angle at a known time, with a known speed. Not used while the head reads. */
final class Spindle {
    /** Part of a turn that rounding times to cycles may lose: at 80 turns a second a cycle is 3e-7 of one. */
    private static final double ROUNDING = 2e-6;

    private long since;
    private double turns;
    private double turnsPerSecond;

    /** The disc has made {@code newTurns} turns at {@code time} and turns with {@code speed} turns a second. */
    void turn(long time, double newTurns, double speed) {
        since = time;
        turns = newTurns;
        turnsPerSecond = speed;
    }

    /** The speed changes evenly to {@code speed} turns a second, within {@code cycles} from {@code time}. */
    void change(long time, long cycles, double speed) {
        double meanSpeed = (turnsPerSecond + speed) / 2;
        turn(time + cycles, turns(time) + Clocks.seconds(cycles) * meanSpeed, speed);
    }

    /** Turns made at {@code time}. */
    double turns(long time) {
        return turns + Clocks.seconds(time - since) * turnsPerSecond;
    }

    /** Cycles from {@code time} until the angle of {@code place}, a number of turns, comes by: less than a turn. */
    long until(long time, double place) {
        if (turnsPerSecond == 0) {
            return 0;
        }
        double part = place - turns(time);
        part -= Math.floor(part);
        return part > 1 - ROUNDING ? 0 : Clocks.cycles(part / turnsPerSecond);
    }
}
