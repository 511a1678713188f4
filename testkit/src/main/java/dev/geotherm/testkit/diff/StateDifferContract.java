package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.CachedForm;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.api.diff.StateDiffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every implementation of {@link StateDiffer} does: the whole contract of {@code dev.geotherm.api.diff}.
 *
 * <p>To prove an implementation, extend this class, make a differ under the limits that a clause wants, and say which of
 * them it can be told:
 *
 * <pre>{@code
 * final class MyDifferTest extends StateDifferContract {
 *     @Override
 *     protected StateDiffer create(DifferLimits limits, ComponentContext context) {
 *         return new MyDiffer(limits.depthLimit(), …, context);
 *     }
 *
 *     @Override
 *     protected Set<DifferCapability> capabilities() {
 *         return EnumSet.allOf(DifferCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>Many clauses are tried on random states; a failure says how to see the same ones again. That no thread stays after
 * {@code close()} is checked after each clause.
 */
public abstract class StateDifferContract extends ReplicatingClauses {

    /** For subclasses. */
    protected StateDifferContract() {}

    /** {@link StateDiffer#openCache}. */
    @Nested
    class Caching {

        @Test
        void anEqualContextIsAHit() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("{'a':1,'b':[1]}"), "yes");
            assertThat(cache.get("q", json("{'b':[1],'a':1}"))).isEqualTo(new Lookup.Hit<>("yes"));
        }

        @Test
        void anotherContextIsNearWithWhatDiffers() {
            ContextCache<String> cache = differ().openCache("answers");
            JsonNode kept = json("{'a':1,'b':2}");
            cache.put("q", kept, "yes");
            assertThat(cache.get("q", json("{'a':1,'b':3}"))).isInstanceOfSatisfying(Lookup.Near.class, near -> {
                assertThat(near.value()).isEqualTo("yes");
                assertThat(near.category()).isNotNull();
                assertSame(near.delta().applyTo(kept), json("{'a':1,'b':3}"));
            });
        }

        @Test
        void theNearestOfSeveralContextsIsFound() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("{'a':1,'b':1,'c':1}"), "near");
            cache.put("q", json("{'x':1,'y':1,'z':1}"), "far");
            assertThat(cache.get("q", json("{'a':1,'b':1}")))
                    .isInstanceOfSatisfying(
                            Lookup.Near.class, near -> assertThat(near.value()).isEqualTo("near"));
        }

        @Test
        void anotherIdIsAMiss() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("1"), "yes");
            assertThat(cache.get("other", json("1"))).isEqualTo(new Lookup.Miss<>());
        }

        @Test
        void aResultUnderAnEqualContextIsReplaced() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("[1]"), "old");
            cache.put("q", json("[1]"), "new");
            assertThat(cache.get("q", json("[1]"))).isEqualTo(new Lookup.Hit<>("new"));
            assertThat(cache.size()).isEqualTo(1);
        }

        @Test
        void ignoredPathsDoNotMakeAnotherContext() {
            require(DifferCapability.IGNORED_PATHS);
            ContextCache<String> cache =
                    differ(DifferLimits.usual().ignoring("/hour")).openCache("answers");
            cache.put("q", json("{'hour':1,'a':1}"), "yes");
            assertThat(cache.get("q", json("{'hour':2,'a':1}"))).isEqualTo(new Lookup.Hit<>("yes"));
        }

        @Test
        void aContextIsCopied() {
            ContextCache<String> cache = differ().openCache("answers");
            ObjectNode context = (ObjectNode) json("{'a':1}");
            cache.put("q", context, "yes");
            context.put("a", 2);
            assertThat(cache.get("q", json("{'a':1}"))).isEqualTo(new Lookup.Hit<>("yes"));
        }

        @Test
        void anOldResultIsForgotten() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("1"), "yes");
            clock.advance(Duration.ofMinutes(59));
            cache.put("q", json("2"), "later");
            assertThat(cache.get("q", json("1"))).isEqualTo(new Lookup.Hit<>("yes"));
            clock.advance(Duration.ofMinutes(2));
            assertThat(cache.get("q", json("1"))).isInstanceOf(Lookup.Near.class);
            clock.advance(Duration.ofMinutes(59));
            assertThat(cache.get("q", json("2"))).isEqualTo(new Lookup.Miss<>());
        }

        @Test
        void theCacheStaysWithinItsSize() {
            ContextCache<Integer> cache =
                    differ(DifferLimits.usual().withCacheSize(10)).openCache("answers");
            for (int i = 0; i < 200; i++) {
                cache.put("q" + i % 100, IntNode.valueOf(i), i);
            }
            assertThat(cache.size()).isBetween(1L, 10L);
        }

        @Test
        void whatDiffersIsNeverCutShort() {
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
                            Lookup.Near.class, near -> assertSame(near.delta().applyTo(kept), asked));
        }

        @Test
        void invalidatingForgetsEveryResultOfAnId() {
            ContextCache<String> cache = differ().openCache("answers");
            cache.put("q", json("1"), "one");
            cache.put("q", json("2"), "two");
            cache.put("r", json("1"), "other");
            cache.invalidate("q");
            assertThat(cache.get("q", json("1"))).isEqualTo(new Lookup.Miss<>());
            assertThat(cache.get("r", json("1"))).isEqualTo(new Lookup.Hit<>("other"));
        }

        @Test
        void aResultOnDiskIsFoundAgain(@TempDir Path folder) {
            require(DifferCapability.CACHE_ON_DISK);
            CachedForm<String> form = new CachedForm<>() {
                @Override
                public byte[] write(String value) {
                    return value.getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public String read(byte[] bytes) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }
            };
            StateDiffer first = differIn(folder);
            first.<String>openCache("answers", form).put("q", json("{'a':1,'b':2}"), "yes");
            first.close();
            ContextCache<String> cache = differIn(folder).openCache("answers", form);
            assertThat(cache.get("q", json("{'b':2,'a':1}"))).isEqualTo(new Lookup.Hit<>("yes"));
            assertThat(cache.get("q", json("{'a':1,'b':3}"))).isInstanceOf(Lookup.Near.class);
            assertThat(cache.get("other", json("{'a':1,'b':2}"))).isEqualTo(new Lookup.Miss<>());
            cache.invalidate("q");
            assertThat(differIn(folder).openCache("answers", form).get("q", json("{'a':1,'b':2}")))
                    .isEqualTo(new Lookup.Miss<>());
            clock.advance(Duration.ofMinutes(61));
            assertThat(cache.get("q", json("{'a':1,'b':2}"))).isEqualTo(new Lookup.Miss<>());
        }

        @Test
        void lookUpsAreCounted() {
            StateDiffer differ = differ();
            ContextCache<String> cache = differ.openCache("answers");
            cache.put("q", json("1"), "one");
            cache.get("q", json("1"));
            cache.get("q", json("2"));
            cache.get("r", json("1"));
            cache.get("s", json("1"));
            DiffMetrics metrics = differ.metrics();
            assertThat(metrics.cacheHits()).isEqualTo(1);
            assertThat(metrics.cacheNears()).isEqualTo(1);
            assertThat(metrics.cacheMisses()).isEqualTo(2);
        }

        @Test
        void usingAClosedCacheIsRefused() {
            StateDiffer differ = differ();
            ContextCache<String> closed = differ.openCache("closed");
            closed.close();
            closed.close();
            assertThatIllegalStateException().isThrownBy(() -> closed.put("q", json("1"), "one"));
            ContextCache<String> open = differ.openCache("open");
            differ.close();
            assertThatIllegalStateException().isThrownBy(() -> open.get("q", json("1")));
        }
    }
}
