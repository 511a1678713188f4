package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.diff.CacheSerializer;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.Lookup;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.testkit.StackDive;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clauses about errors, such as a {@link StackOverflowError}, thrown at any point: no lock stays held, no subscription and
 * no revision is lost, and everything can be closed.
 */
abstract class ErrorClauses extends ThrowingClauses {
    private static final int DIVES = 8;

    ErrorClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void edit_anErrorChangesNothing() throws Exception {
        TrackedState state = track("{'a':1}");
        for (Supplier<Error> error : ERRORS) {
            long revision = state.revision();
            Error thrown = error.get();
            assertThatThrownBy(() -> state.edit(editor -> {
                        editor.set(path("/a"), IntNode.valueOf(9));
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(state.revision()).isEqualTo(revision);
            assertWorks(() -> set(state, "/b", (int) state.revision()));
        }
    }

    @Test
    void edit_atTheEndOfTheStackKeepsNoLock() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':-1}"));
        StateReplica replica = differ.replica();
        state.subscribe(replica::apply);
        for (int i = 0; i < DIVES; i++) {
            int round = i;
            if (i % 2 == 0) {
                StackDive.run(depth -> set(state, "/a", 1000 * round + depth));
            } else {
                StackDive.run(depth -> {
                    if (depth == 0) { // a single edit that fills the stack
                        state.edit(editor -> {
                            editor.set(path("/a"), IntNode.valueOf(1000 * round));
                            StackDive.recurse(deep -> editor.set(path("/deep"), IntNode.valueOf(deep)));
                        });
                    }
                });
            }
            assertWorks(() -> set(state, "/rounds", round));
        }
        assertArrives(replica, state, () -> {});
        assertWorks(state::close);
    }

    @Test
    void since_isCompleteAfterErrors() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':-1}"));
        StateReplica replica = differ.replica();
        replica.apply(state.snapshot());
        for (int i = 0; i < DIVES / 4; i++) {
            StackDive.run(depth -> set(state, "/a", depth));
            set(state, "/rounds", i);
            assertThat(replica.apply(state.since(replica.revision()))).isEqualTo(StateReplica.Outcome.APPLIED);
            assertThat(replica.revision()).isEqualTo(state.revision());
        }
    }

    @Test
    void subscribe_anErrorOfASubscriberLosesNothing() throws Exception {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':1}"));
        StateReplica replica = differ.replica();
        AtomicInteger failures = new AtomicInteger();
        state.subscribe(update -> {
            failures.incrementAndGet();
            throw ERRORS.get(failures.get() % ERRORS.size()).get();
        });
        state.subscribe(update -> {
            replica.apply(update);
            StackDive.recurse(depth -> {});
        });
        for (int i = 0; i < 6; i++) {
            set(state, "/a", i);
            assertArrives(replica, state, () -> {}); // each revision on its own, not several as one update
        }
        assertWorks(state::close);
        assertThat(failures.get()).isPositive();
    }

    @Test
    void clock_anErrorKeepsNoLock() throws Exception {
        FailingClock clock = new FailingClock();
        StateDiffer differ = fixture.differWithClock(clock);
        TrackedState state = differ.track(json("{'a':1}"));
        ContextCache<String> cache = differ.openCache("clock");
        cache.put("id", json("1"), "one");
        for (Supplier<Error> error : ERRORS) {
            clock.failure = error.get();
            long revision = state.revision();
            quietly(() -> set(state, "/a", 2));
            quietly(() -> cache.put("id", json("2"), "two"));
            quietly(() -> cache.get("id", json("1")));
            clock.failure = null;
            assertThat(state.revision()).isBetween(revision, revision + 1);
            assertWorks(() -> set(state, "/b", (int) state.revision()));
            assertWorks(() -> assertThat(cache.get("id", json("1"))).isInstanceOf(Lookup.ExactHit.class));
        }
    }

    @Test
    void cache_atTheEndOfTheStackKeepsNoLock() throws Exception {
        require(DifferCapability.SURVIVES_STACK_OVERFLOW);
        StateDiffer differ = differ(DifferLimits.usual().withCacheSize(20));
        ContextCache<Integer> cache = differ.openCache("deep");
        JsonNode context = json("{'a':[1,2,{'b':3}]}");
        for (int i = 0; i < DIVES / 2; i++) {
            StackDive.run(depth -> {
                cache.put("id" + depth % 50, context, depth);
                cache.get("id" + (depth + 1) % 50, context);
                cache.size();
            });
            assertWorks(() -> {
                cache.put("id", context, 1);
                assertThat(cache.get("id", context)).isInstanceOf(Lookup.ExactHit.class);
                assertThat(cache.size()).isBetween(1L, 20L);
                cache.invalidate("id");
            });
        }
        assertWorks(cache::close);
    }

    @Test
    void cache_anErrorOfASerializerLosesNoOtherValue(@TempDir Path folder) throws Exception {
        require(DifferCapability.CACHE_ON_DISK);
        StateDiffer differ = fixture.differIn(folder);
        AtomicInteger writes = new AtomicInteger();
        ContextCache<String> cache = differ.openCache("serializer", new CacheSerializer<>() {
            @Override
            public byte[] serialize(String value) {
                if (value.equals("fails")) {
                    throw ERRORS.get(writes.getAndIncrement() % ERRORS.size()).get();
                }
                return value.getBytes(UTF_8);
            }

            @Override
            public String deserialize(byte[] bytes) {
                return new String(bytes, UTF_8);
            }
        });
        for (int i = 0; i < 2 * ERRORS.size(); i++) {
            String id = "id" + i;
            cache.put(id, json("1"), "kept");
            quietly(() -> cache.put(id, json("2"), "fails"));
            assertWorks(() -> assertThat(cache.get(id, json("1"))).isInstanceOf(Lookup.ExactHit.class));
        }
        assertWorks(cache::close);
    }
}
