package dev.geotherm.api.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
    private final DeadLetters<String> letters = DeadLetters.inMemory(4);

    private static DeadLetter<String> letter(String id) {
        Fragment<String> fragment = new Fragment<>(id, "content", Priority.NORMAL, Instant.EPOCH, Map.of());
        return new DeadLetter<>(fragment, 1, new IllegalStateException("planted"), Instant.EPOCH);
    }

    private void add(String... ids) {
        for (String id : ids) {
            letters.add(letter(id));
        }
    }

    @Test
    void inMemory_replacesTheOldestAtItsCapacity() {
        add("a", "b", "c", "d", "e", "f");

        assertThat(letters.list()).extracting(each -> each.fragment().id()).containsExactly("c", "d", "e", "f");
        assertThat(letters.size()).isEqualTo(4);
        assertThat(letters.dropped()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> DeadLetters.inMemory(0));
    }

    @Test
    void removeIf_removesTheSelectedAndKeepsThoseThatAreAddedMeanwhile() {
        DeadLetter<String> twice = letter("twice");
        letters.add(twice);
        add("b");

        int removed = letters.removeIf(each -> {
            add("new"); // no lock is held
            return each.fragment().id().equals("twice");
        });

        assertThat(removed).isEqualTo(1);
        assertThat(letters.list()).extracting(each -> each.fragment().id()).containsExactly("b", "new", "new");
    }
}
