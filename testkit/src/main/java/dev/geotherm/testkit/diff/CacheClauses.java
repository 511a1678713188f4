package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.CacheMetrics;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.api.diff.StateDiffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clauses about {@link StateDiffer#openCache}. */
abstract class CacheClauses extends DifferClauses {

    CacheClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void get_anEqualContextIsAnExactHit() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("{'a':1,'b':[1]}"), "yes");
        assertThat(cache.get("q", json("{'b':[1],'a':1}"))).isEqualTo(new Lookup.ExactHit<>("yes"));
    }

    @Test
    void get_anotherContextIsANearHitWithItsDelta() {
        ContextCache<String> cache = differ().openCache("answers");
        JsonNode kept = json("{'a':1,'b':2}");
        cache.put("q", kept, "yes");
        assertThat(cache.get("q", json("{'a':1,'b':3}"))).isInstanceOfSatisfying(Lookup.NearHit.class, near -> {
            assertThat(near.value()).isEqualTo("yes");
            assertThat(near.category()).isNotNull();
            assertSame(near.delta().applyTo(kept), json("{'a':1,'b':3}"));
        });
    }

    @Test
    void get_findsTheNearestOfSeveralContexts() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("{'a':1,'b':1,'c':1}"), "near");
        cache.put("q", json("{'x':1,'y':1,'z':1}"), "far");
        assertThat(cache.get("q", json("{'a':1,'b':1}")))
                .isInstanceOfSatisfying(
                        Lookup.NearHit.class, near -> assertThat(near.value()).isEqualTo("near"));
    }

    @Test
    void get_anotherIdIsAMiss() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("1"), "yes");
        assertThat(cache.get("other", json("1"))).isEqualTo(new Lookup.Miss<>());
    }

    @Test
    void put_replacesTheValueOfAnEqualContext() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("[1]"), "old");
        cache.put("q", json("[1]"), "new");
        assertThat(cache.get("q", json("[1]"))).isEqualTo(new Lookup.ExactHit<>("new"));
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void get_ignoredPathsDoNotMakeAnotherContext() {
        require(DifferCapability.IGNORED_PATHS);
        ContextCache<String> cache =
                differ(DifferLimits.usual().ignoring("/hour")).openCache("answers");
        cache.put("q", json("{'hour':1,'a':1}"), "yes");
        assertThat(cache.get("q", json("{'hour':2,'a':1}"))).isEqualTo(new Lookup.ExactHit<>("yes"));
    }

    @Test
    void put_copiesTheContext() {
        ContextCache<String> cache = differ().openCache("answers");
        ObjectNode context = (ObjectNode) json("{'a':1}");
        cache.put("q", context, "yes");
        context.put("a", 2);
        assertThat(cache.get("q", json("{'a':1}"))).isEqualTo(new Lookup.ExactHit<>("yes"));
    }

    @Test
    void get_anExpiredValueIsAMiss() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("1"), "yes");
        fixture.clock().advance(Duration.ofMinutes(59));
        cache.put("q", json("2"), "later");
        assertThat(cache.get("q", json("1"))).isEqualTo(new Lookup.ExactHit<>("yes"));
        fixture.clock().advance(Duration.ofMinutes(2));
        assertThat(cache.get("q", json("1"))).isInstanceOf(Lookup.NearHit.class);
        fixture.clock().advance(Duration.ofMinutes(59));
        assertThat(cache.get("q", json("2"))).isEqualTo(new Lookup.Miss<>());
    }

    @Test
    void put_keepsTheCacheWithinItsSize() {
        ContextCache<Integer> cache =
                differ(DifferLimits.usual().withCacheSize(10)).openCache("answers");
        for (int i = 0; i < 200; i++) {
            cache.put("q" + i % 100, IntNode.valueOf(i), i);
        }
        assertThat(cache.size()).isBetween(1L, 10L);
    }

    @Test
    void get_nearHitHasTheCompleteDelta() {
        ContextCache<String> cache = differ().openCache("answers");
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        ArrayNode asked = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 500; i++) {
            kept.addObject().put("v", i);
            asked.addObject().put("v", -1 - i);
        }
        cache.put("q", kept, "yes");
        assertThat(cache.get("q", asked))
                .isInstanceOfSatisfying(
                        Lookup.NearHit.class, near -> assertSame(near.delta().applyTo(kept), asked));
    }

    @Test
    void invalidate_removesEveryValueOfAnId() {
        ContextCache<String> cache = differ().openCache("answers");
        cache.put("q", json("1"), "one");
        cache.put("q", json("2"), "two");
        cache.put("r", json("1"), "other");
        cache.invalidate("q");
        assertThat(cache.get("q", json("1"))).isEqualTo(new Lookup.Miss<>());
        assertThat(cache.get("r", json("1"))).isEqualTo(new Lookup.ExactHit<>("other"));
    }

    @Test
    void openCache_findsValuesOnDisk(@TempDir Path folder) {
        require(DifferCapability.CACHE_ON_DISK);
        CacheSerializer<String> serializer = new CacheSerializer<>() {
            @Override
            public byte[] serialize(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String deserialize(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
        StateDiffer first = fixture.differIn(folder);
        first.<String>openCache("answers", serializer).put("q", json("{'a':1,'b':2}"), "yes");
        first.close();
        ContextCache<String> cache = fixture.differIn(folder).openCache("answers", serializer);
        assertThat(cache.get("q", json("{'b':2,'a':1}"))).isEqualTo(new Lookup.ExactHit<>("yes"));
        assertThat(cache.get("q", json("{'a':1,'b':3}"))).isInstanceOf(Lookup.NearHit.class);
        assertThat(cache.get("other", json("{'a':1,'b':2}"))).isEqualTo(new Lookup.Miss<>());
        cache.invalidate("q");
        assertThat(fixture.differIn(folder).openCache("answers", serializer).get("q", json("{'a':1,'b':2}")))
                .isEqualTo(new Lookup.Miss<>());
        fixture.clock().advance(Duration.ofMinutes(61));
        assertThat(cache.get("q", json("{'a':1,'b':2}"))).isEqualTo(new Lookup.Miss<>());
    }

    @Test
    void metrics_countLookups() {
        StateDiffer differ = differ();
        ContextCache<String> cache = differ.openCache("answers");
        cache.put("q", json("1"), "one");
        cache.get("q", json("1"));
        cache.get("q", json("2"));
        cache.get("r", json("1"));
        cache.get("s", json("1"));
        assertThat(differ.metrics().caches()).containsOnly(Map.entry("answers", new CacheMetrics(1, 1, 2, 1)));
    }

    @Test
    void close_refusesLaterUse() {
        StateDiffer differ = differ();
        ContextCache<String> closed = differ.openCache("closed");
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.put("q", json("1"), "one"));
        ContextCache<String> open = differ.openCache("open");
        differ.close();
        assertThatIllegalStateException().isThrownBy(() -> open.get("q", json("1")));
    }

    @Test
    void openCache_aNameInUseIsRefused() {
        StateDiffer differ = differ();
        ContextCache<String> cache = differ.openCache("answers");
        assertThat(cache.name()).isEqualTo("answers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differ.openCache("answers"))
                .withMessageContaining("answers");
        cache.close();
        assertThat(differ.openCache("answers").size()).isZero();
    }

    @Test
    void openCache_usesTheSettingsOfItsInstance() {
        require(DifferCapability.INSTANCE_SETTINGS);
        StateDiffer differ =
                fixture.differWithInstance("small", DifferLimits.usual().withCacheSize(10));
        for (String name : List.of("small", "large")) {
            ContextCache<Integer> cache = differ.openCache(name);
            for (int i = 0; i < 50; i++) {
                cache.put("q" + i, IntNode.valueOf(i), i);
            }
            assertThat(cache.size() > 10).as(name).isEqualTo(name.equals("large"));
        }
    }

    @Test
    void metrics_keepCountersOfClosedCaches() {
        StateDiffer differ = differ();
        ContextCache<String> cache = differ.openCache("answers");
        cache.get("q", json("1"));
        cache.close();
        assertThat(misses(differ)).isEqualTo(1);
        differ.openCache("answers").get("q", json("1"));
        assertThat(misses(differ)).isEqualTo(2);
    }

    private static long misses(StateDiffer differ) {
        return requireNonNull(differ.metrics().caches().get("answers")).misses();
    }
}
