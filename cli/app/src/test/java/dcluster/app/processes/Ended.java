package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

/** A process that has ended: its exit code and what it printed. */
record Ended(String command, int exit, String out, String err) {
    /** Demands an exit code. */
    Ended with(int expected) {
        assertThat(exit).as("the exit code of %s%n%s%n%s", command, out, err).isEqualTo(expected);
        return this;
    }

    /** Demands success. */
    Ended well() {
        return with(0);
    }
}
