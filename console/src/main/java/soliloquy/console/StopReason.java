package soliloquy.console;

/** Why a run ended. */
public sealed interface StopReason {
    /** The process's exit status for this end. */
    int exitStatus();

    /** The guest called Exit; its status becomes the process's (the low eight bits, as the host's shell sees it). */
    record Exited(int status) implements StopReason {
        @Override
        public int exitStatus() {
            return status & 0xFF;
        }
    }

    /** The guest did what the console cannot survive; {@code report} tells it in full. */
    record Crashed(String summary, String report) implements StopReason {
        @Override
        public int exitStatus() {
            return ExitStatus.GUEST_CRASH;
        }
    }

    /** The guest did not end within the host time the user allowed. */
    record TimedOut(double seconds) implements StopReason {
        @Override
        public int exitStatus() {
            return ExitStatus.TIMEOUT;
        }
    }

    /** A debugger wants an earlier state of the machine. */
    record Rewound() implements StopReason {
        @Override
        public int exitStatus() {
            return 0;
        }
    }

    /** The user closed the window. */
    record Closed() implements StopReason {
        @Override
        public int exitStatus() {
            return 0;
        }
    }
}
