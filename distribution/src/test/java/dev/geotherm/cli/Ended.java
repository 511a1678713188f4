package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

/** A command that ended: its exit code and what it printed. */
record Ended(int code, String out, String err) {
    Ended fails(int expected) {
        assertThat(code).as("exit code, stderr: %s", err).isEqualTo(expected);
        assertThat(err).as("no stack trace for a user").doesNotContain("\tat ").doesNotContain("Exception in thread");
        return this;
    }

    Ended succeeds() {
        assertThat(code).as("exit code, stderr: %s", err).isZero();
        return this;
    }
}
