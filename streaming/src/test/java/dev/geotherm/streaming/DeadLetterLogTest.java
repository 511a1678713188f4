package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeadLetterLogTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Instant DIED = Instant.parse("2026-01-02T00:00:00.000000001Z");

    @TempDir
    Path folder;

    @Test
    void list_hasWhatWasAddedByAnEarlierProcess() {
        try (DeadLetterLog<String> letters = open()) {
            letters.add(letter("a", Priority.HIGH));
            letters.add(letter("b", Priority.LOWEST));
        }
        try (DeadLetterLog<String> letters = open()) {
            assertThat(letters.size()).isEqualTo(2);
            DeadLetter<String> first = letters.list().get(0);
            assertThat(first.fragment()).isEqualTo(letter("a", Priority.HIGH).fragment());
            assertThat(first.attempts()).isEqualTo(3);
            assertThat(first.at()).isEqualTo(DIED);
            assertThat(first.error()).hasMessage("java.lang.IllegalStateException: planted for a");
            assertThat(letters.list().get(1).fragment().id()).isEqualTo("b");
        }
    }

    @Test
    void removeIf_removesTheSelectedForLaterProcessesToo() {
        try (DeadLetterLog<String> letters = open()) {
            List.of("a", "b", "c").forEach(id -> letters.add(letter(id, Priority.NORMAL)));
            assertThat(letters.removeIf(letter -> letter.fragment().id().equals("b")))
                    .isEqualTo(1);
        }
        try (DeadLetterLog<String> letters = open()) {
            assertThat(letters.list())
                    .extracting(letter -> letter.fragment().id())
                    .containsExactly("a", "c");
        }
    }

    @Test
    void removeIf_whenTheSelectionThrowsRemovesThoseBefore() {
        try (DeadLetterLog<String> letters = open()) {
            List.of("a", "b").forEach(id -> letters.add(letter(id, Priority.NORMAL)));
            assertThatThrownBy(() -> letters.removeIf(letter -> {
                        if (letter.fragment().id().equals("b")) {
                            throw new IllegalStateException("planted");
                        }
                        return true;
                    }))
                    .hasMessage("planted");
            assertThat(letters.list())
                    .extracting(letter -> letter.fragment().id())
                    .containsExactly("b");
        }
    }

    @Test
    void removeIf_ofTheLastLetterLeavesNothingOnDisk() throws Exception {
        try (DeadLetterLog<String> letters = open()) {
            letters.add(letter("a", Priority.NORMAL));
            assertThat(contains("content of a")).isTrue();
            assertThat(letters.removeIf(any -> true)).isEqualTo(1);
            assertThat(contains("content of a")).isFalse();
            letters.add(letter("b", Priority.NORMAL));
        }
        try (DeadLetterLog<String> letters = open()) {
            assertThat(letters.size()).isEqualTo(1);
        }
    }

    @Test
    void open_twiceIsRefused() {
        try (DeadLetterLog<String> letters = open()) {
            assertThat(letters.dropped()).isZero();
            assertThatThrownBy(this::open).isInstanceOf(GeothermException.class);
        }
    }

    private boolean contains(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    private DeadLetterLog<String> open() {
        return DeadLetterLog.open(folder.resolve("letters"), ContentCodec.text());
    }

    private static DeadLetter<String> letter(String id, Priority priority) {
        Fragment<String> fragment = new Fragment<>(id, "content of " + id, priority, CREATED, Map.of("source", "täst"));
        return new DeadLetter<>(fragment, 3, new IllegalStateException("planted for " + id), DIED);
    }
}
