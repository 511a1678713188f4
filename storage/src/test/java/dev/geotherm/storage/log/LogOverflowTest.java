package dev.geotherm.storage.log;

import static dev.geotherm.storage.log.Logs.append;
import static dev.geotherm.storage.log.Logs.openUnforced;
import static dev.geotherm.storage.log.Logs.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.StackDive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that run out of stack at any call of a log: no lock stays held, and no acknowledged payload is lost. */
class LogOverflowTest {
    @TempDir(factory = MemoryFolder.class)
    Path scratch;

    @Test
    void stackOverflow_inAnyOperationKeepsTheLogUsable() throws Exception {
        overflow(5);
    }

    @Test
    @Tag("full")
    void stackOverflow_manyTimesKeepsTheLogUsable() throws Exception {
        overflow(50);
    }

    private void overflow(int dives) throws Exception {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        Path folder = scratch.resolve("log");
        try (AppendLog log = openUnforced(folder)) {
            for (int dive = 0; dive < dives; dive++) {
                int round = dive;
                StackDive.run(depth -> use(log, round, depth, acknowledged));
                inTime(() -> append(log, "after dive " + round));
                acknowledged.add("after dive " + round);
                inTime(() -> {
                    log.commit();
                    return log.start();
                });
            }
            assertThat(inTime(() -> read(log)))
                    .containsSubsequence(acknowledged)
                    .doesNotHaveDuplicates();
        }
        try (AppendLog again = openUnforced(folder)) {
            assertThat(read(again)).containsSubsequence(acknowledged).doesNotHaveDuplicates();
        }
    }

    private static void use(AppendLog log, int round, int depth, List<String> acknowledged) {
        try {
            String text = "dive " + round + ", depth " + depth;
            append(log, text);
            acknowledged.add(text);
            if (depth % 5 == 0) {
                log.commit();
            }
            if (depth % 100 == 0) {
                log.trim(0);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes a call on another thread, which would wait forever for a lock that stays held. */
    private static <T> T inTime(Callable<T> call) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return call.call();
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                })
                .get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
    }
}
