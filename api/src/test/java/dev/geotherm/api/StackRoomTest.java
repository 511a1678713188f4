package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class StackRoomTest {
    private static final int STACK_BYTES = 512 << 10;

    @Test
    void require_whatIsLeftPasses() {
        assertThatCode(() -> StackRoom.require(16)).doesNotThrowAnyException();
    }

    @Test
    void require_moreThanTheStackOverflows() throws InterruptedException {
        AtomicBoolean overflowed = new AtomicBoolean();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        StackRoom.require(2 * STACK_BYTES / 1024);
                    } catch (StackOverflowError expected) {
                        overflowed.set(true);
                    }
                },
                "small",
                STACK_BYTES);
        thread.start();
        thread.join();
        assertThat(overflowed).isTrue();
    }
}
