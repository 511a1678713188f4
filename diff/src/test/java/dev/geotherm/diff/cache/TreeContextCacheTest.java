package dev.geotherm.diff.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The retention of context caches of {@code tree}, and the equality of contexts. */
class TreeContextCacheTest {
    private final SettableClock clock = new SettableClock();

    private TreeDiffer differ(String name, String value) {
        return new TreeDiffer(
                TestSettings.with(name, value),
                ComponentContext.standalone("cache").withClock(clock));
    }

    @Test
    void get_otherNumberRepresentationIsAMissUnlessComparedByValue() {
        try (TreeDiffer asWritten = differ("numbersByValue", "false");
                TreeDiffer byValue = differ("numbersByValue", "true")) {
            ContextCache<String> first = asWritten.openCache("c");
            first.put("q", IntNode.valueOf(1), "yes");
            assertThat(first.get("q", DoubleNode.valueOf(1.0))).isInstanceOf(Lookup.NearHit.class);
            ContextCache<String> second = byValue.openCache("c");
            second.put("q", IntNode.valueOf(1), "yes");
            assertThat(second.get("q", DoubleNode.valueOf(1.0))).isEqualTo(new Lookup.ExactHit<>("yes"));
        }
    }

    @Test
    void get_nearestContextCountsRemovedValuesThatAreNotRecorded() {
        ObjectNode full = JsonNodeFactory.instance.objectNode().put("q", "what is hot?");
        for (int i = 0; i < 200; i++) {
            full.withArray("docs").add("document " + i);
        }
        ObjectNode bare = JsonNodeFactory.instance.objectNode().put("q", "what is hot?");
        for (String reversible : List.of("true", "false")) {
            try (TreeDiffer differ = differ("reversible", reversible)) {
                ContextCache<String> cache = differ.openCache("c");
                cache.put("q", full, "of all");
                Lookup.NearHit<String> near = (Lookup.NearHit<String>) cache.get("q", bare);
                assertThat(near.category()).isEqualTo(DeltaCategory.MAJOR);
                assertThat(near.delta()).isEqualTo(differ.diff(full, bare));
            }
        }
    }

    @Test
    void put_keepsFourContextsPerId() {
        try (TreeDiffer differ = differ("cacheSize", "100")) {
            ContextCache<String> cache = differ.openCache("c");
            for (int i = 1; i <= 6; i++) {
                cache.put("q", IntNode.valueOf(i), "of " + i);
            }
            assertThat(cache.size()).isEqualTo(4);
            assertThat(cache.get("q", IntNode.valueOf(2))).isInstanceOf(Lookup.NearHit.class);
            assertThat(cache.get("q", IntNode.valueOf(3))).isEqualTo(new Lookup.ExactHit<>("of 3"));
        }
    }

    @Test
    void put_removesExpiredContexts() {
        try (TreeDiffer differ = differ("cacheAge", "1h")) {
            ContextCache<String> cache = differ.openCache("c");
            cache.put("q", IntNode.valueOf(1), "aged");
            clock.advance(Duration.ofMinutes(40));
            cache.put("q", IntNode.valueOf(2), "younger");
            clock.advance(Duration.ofMinutes(30));
            cache.put("q", IntNode.valueOf(3), "new");
            // Remaining entries would be valid again with a longer age.
            differ.reconfigure(TestSettings.with("cacheAge", "5h"));
            assertThat(cache.get("q", IntNode.valueOf(1))).isInstanceOf(Lookup.NearHit.class);
            assertThat(cache.get("q", IntNode.valueOf(2))).isEqualTo(new Lookup.ExactHit<>("younger"));
            assertThat(cache.size()).isEqualTo(2);
        }
    }
}
