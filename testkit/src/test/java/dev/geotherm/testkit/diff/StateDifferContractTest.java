package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateMetrics;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of state differs: a correct one passes, and each fault fails the clause that it breaks. */
class StateDifferContractTest {
    private static final ThreadLocal<BiFunction<DifferLimits, ComponentContext, StateDiffer>> MAKER =
            ThreadLocal.withInitial(() -> ReferenceDiffer::new);

    @Test
    void contract_correctDifferPasses() {
        ContractRun run = ContractRun.of(Contract.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void contract_brokenDifferFailsItsClause(Broken variant) {
        assertFails(variant.maker, variant.clauses, () -> PlantedRuns.failing(Contract.class, variant.clauses));
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void contract_wrongDeltasFailTheirClause(ShapeFault fault) {
        Set<String> clauses = Set.of(fault.clause);
        assertFails(fault::differ, clauses, () -> PlantedRuns.failing(Contract.class, clauses));
    }

    /** Without the variant that other clauses can find, too, depending on when a thread gives its errors. */
    @Tag("full")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RETRIES_NO_NOTIFICATION")
    void contract_brokenDifferFailsNoOtherClause(Broken variant) {
        assertFails(variant.maker, variant.clauses, () -> PlantedRuns.whole(Contract.class, variant.clauses::equals));
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource
    void contract_wrongDeltasFailNoOtherClause(ShapeFault fault) {
        Set<String> clauses = Set.of(fault.clause);
        assertFails(fault::differ, clauses, () -> PlantedRuns.whole(Contract.class, clauses::equals));
    }

    private static void assertFails(
            BiFunction<DifferLimits, ComponentContext, StateDiffer> maker,
            Set<String> clauses,
            Supplier<ContractRun> contract) {
        MAKER.set(maker);
        try {
            ContractRun run = contract.get();
            assertThat(run.failed()).as(run.failures().toString()).containsExactlyInAnyOrderElementsOf(clauses);
        } finally {
            MAKER.remove();
        }
    }

    @Test
    void contract_undeclaredDetailsFail() {
        Set<String> clauses = Set.of(
                "applyTo_anotherStateIsRefusedWithTheChange",
                "conflicts_ofOneValueAreFound",
                "metrics_countCommitsAndChanges",
                "rebaseOver_givesTheSameStateInEitherOrder");
        assertThat(PlantedRuns.undeclared(DifferCapability.DETAILS, Contract.class, clauses)
                        .failed())
                .isEqualTo(clauses);
    }

    static final class Contract extends StateDifferContract {
        private final BiFunction<DifferLimits, ComponentContext, StateDiffer> maker = MAKER.get();
        private final Set<DifferCapability> capabilities = PlantedRuns.declared(EnumSet.allOf(DifferCapability.class));

        @Override
        protected StateDiffer create(DifferLimits limits, ComponentContext context) {
            return maker.apply(limits, context);
        }

        @Override
        protected Set<DifferCapability> capabilities() {
            return capabilities;
        }

        @Override
        protected Map<String, String> instanceSettings(DifferLimits limits) {
            return Map.of(
                    "historyRevisions", "" + limits.historyRevisions(),
                    "cacheSize", "" + limits.cacheSize());
        }
    }

    enum Broken {
        IGNORES_NULL_MEMBERS(
                "diff_distinguishesNullFromAbsent", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public StateDelta diff(JsonNode before, JsonNode after) {
                        boolean confused = before.isEmpty()
                                && after.equals(
                                        JsonNodeFactory.instance.objectNode().putNull("nothing"));
                        return confused ? StateDelta.empty() : super.diff(before, after);
                    }
                }),
        TELLS_INT_FROM_LONG(
                "diff_ignoresTheJavaTypeOfNumbers", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public StateDelta diff(JsonNode before, JsonNode after) {
                        boolean told = before.isInt() && after.isLong() && after.longValue() == 5;
                        return told ? replacement(before, after) : super.diff(before, after);
                    }
                }),
        COUNTS_NO_COMPARISON("metrics_countComparisons", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public DiffMetrics metrics() {
                DiffMetrics m = super.metrics();
                return new DiffMetrics(
                        0, 0, m.diffTime(), m.deltaBytes(), m.encodedBytes(), m.encodeTime(), m.states(), m.caches());
            }
        }),
        COMPARES_WHEN_CLOSED("diff_afterCloseIsRefused", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public StateDelta diff(JsonNode before, JsonNode after) {
                return closed ? StateDelta.empty() : super.diff(before, after);
            }
        }),
        FINDS_NOTHING_LARGE("summarize_includesEveryChange", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            DeltaCategory category(StateDelta delta) {
                return DeltaCategory.NONE;
            }
        }),
        TAKES_EMPTY_BYTES("decode_foreignBytesAreRefused", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public StateDelta decode(byte[] from) {
                return from.length == 0 ? StateDelta.empty() : super.decode(from);
            }
        }),
        HASHES_ESCAPES_LIKE_WHAT_THEY_STAND_FOR(
                "fingerprint_differsForSimilarStates", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public Fingerprint fingerprint(JsonNode state) {
                        boolean confused = state.size() == 1 && state.has("a~1b");
                        return super.fingerprint(
                                confused ? JsonNodeFactory.instance.objectNode().set("a/b", state.get("a~1b")) : state);
                    }
                }),
        KEEPS_THE_INITIAL_STATE(
                "track_copiesTheInitialState", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    ReferenceState newState(String name, JsonNode initial) {
                        return new ReferenceState(this, name, initial);
                    }
                }),
        KEEPS_WHAT_IS_COMMITTED(
                "commit_copiesTheState",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    JsonNode copyOfCommitted(JsonNode next) {
                        return next;
                    }
                })),
        CARRIES_ALL_IN_EDITS(
                "edit_recordsOldValuesOnlyIfReversible",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    ReferenceEditor newEditor(JsonNode state) {
                        DeltaShape shape = differ.limits.shape();
                        return new ReferenceEditor(
                                state,
                                differ.limits.withShape(DeltaShape.usual().splicingFrom(shape.spliceFrom())));
                    }
                })),
        EDITS_WHOLE_TEXTS(
                "edit_ofALongTextIsASplice",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    ReferenceEditor newEditor(JsonNode state) {
                        return new ReferenceEditor(
                                state,
                                differ.limits.withShape(differ.limits.shape().splicingFrom(0)));
                    }
                })),
        TAKES_WHAT_JSON_HAS_NOT(
                "edit_ofInvalidJsonIsRefused",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    ReferenceEditor newEditor(JsonNode state) {
                        return new ReferenceEditor(state, differ.limits) {
                            @Override
                            void check(Pointer path, JsonNode value) {
                                if (!value.isBinary()) {
                                    super.check(path, value);
                                }
                            }
                        };
                    }
                })),
        FORGETS_NOTHING(
                "since_beyondHistoryIsTheSnapshot",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    boolean isForgotten(long revision) {
                        return differ.limits.historyRevisions() != 3 && super.isForgotten(revision);
                    }
                })),
        KNOWS_THE_FUTURE(
                "since_unknownRevisionIsRefused",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    public StateUpdate since(long revision) {
                        return super.since(Math.max(0, Math.min(revision, revision())));
                    }
                })),
        DROPS_WHO_THROWS(
                "subscribe_aThrowingSubscriberStaysSubscribed subscribe_anErrorOfASubscriberLosesNothing",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    boolean endsAtAFailure() {
                        return true;
                    }
                })),
        SUBSCRIBES_WHEN_CLOSED(
                "subscribe_afterCloseIsRefused",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    public Subscription subscribe(StateSubscriber subscriber) {
                        try {
                            return super.subscribe(subscriber);
                        } catch (IllegalStateException closed) {
                            return () -> {};
                        }
                    }
                })),
        NEVER_MERGES(
                "subscribe_farBehindDeliversOneComposedDelta",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    StateUpdate inOne(long base) {
                        return snapshot();
                    }
                })),
        MERGES_WHATEVER_THE_SIZE(
                "subscribe_farBehindDeliversTheSnapshotIfSmaller",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    long sizeOf(StateDelta delta) {
                        return 0;
                    }
                })),
        RETRIES_NO_NOTIFICATION(
                "subscribe_anErrorOfTheExecutorOnlyDelaysUpdates",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    ExecutorService newThread() {
                        ExecutorService starter = differ.context.blockingExecutor("subscriber");
                        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                            @Override
                            public void execute(Runnable notification) {
                                starter.execute(() -> {}); // fails as the executor does
                                super.execute(notification);
                            }
                        };
                    }
                })),
        ONE_THREAD_FOR_ALL(
                "subscribe_blockedSubscribersDoNotDelayOthers",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    private ExecutorService one;

                    @Override
                    ExecutorService newThread() {
                        one = one == null ? super.newThread() : one;
                        return one;
                    }

                    @Override
                    void end(ExecutorService thread) {
                        // Other operations call it, too.
                    }
                })),
        SEES_NO_GAP("apply_missedDeltaIsAGapUntilItIsMadeUp", replicas(() -> new ReferenceReplica() {
            @Override
            boolean follows(RevisionDelta delta) {
                return true;
            }
        })),
        THROWS_WITHOUT_A_ROOT("apply_misfitIsADivergence", replicas(() -> new ReferenceReplica() {
            @Override
            public Outcome apply(StateUpdate update) {
                if (update instanceof RevisionDelta delta
                        && delta.delta().changes().stream()
                                .anyMatch(change -> change.kind() == ChangeKind.REMOVED
                                        && change.path().isRoot())) {
                    throw new ArrayIndexOutOfBoundsException(-1);
                }
                return super.apply(update);
            }
        })),
        CHECKS_NO_FINGERPRINT("apply_wrongFingerprintIsADivergence", replicas(() -> new ReferenceReplica() {
            @Override
            boolean isExpected(Fingerprint found, StateUpdate update) {
                return true;
            }
        })),
        FORGETS_AT_A_RESTART("openCache_findsValuesOnDisk", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            List<ReferenceCache.Kept<?>> disk(String name) {
                return new ArrayList<>();
            }
        }),
        KEEPS_CONTEXTS("put_copiesTheContext", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            JsonNode copyOfContext(JsonNode state) {
                return state;
            }
        }),
        CACHES_FOR_EVER(
                "get_anExpiredValueIsAMiss",
                (limits, context) -> new ReferenceDiffer(
                        new DifferLimits(
                                limits.depthLimit(),
                                limits.ignoredPaths(),
                                limits.historyRevisions(),
                                Duration.ofDays(999),
                                limits.cacheSize(),
                                limits.subscriberQueue(),
                                limits.shape()),
                        context)),
        CACHES_WITHOUT_BOUND(
                "put_keepsTheCacheWithinItsSize",
                (limits, context) ->
                        new ReferenceDiffer(limits.cacheSize() <= 10 ? limits.withCacheSize(9999) : limits, context)),
        KEEPS_THE_NAME_OF_A_FAILURE(
                "track_anErrorOfTheClockKeepsNoName", (limits, context) -> new ReferenceDiffer(limits, context) {
                    private boolean failed;

                    @Override
                    public TrackedState track(String name, JsonNode initial) {
                        if (failed) {
                            throw new IllegalArgumentException(name + " is in use");
                        }
                        try {
                            return super.track(name, initial);
                        } catch (OutOfMemoryError lost) {
                            failed = true;
                            throw lost;
                        }
                    }
                }),
        TAKES_A_NAME_TWICE("track_aNameInUseIsRefused", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public TrackedState track(String name, JsonNode initial) {
                boolean taken =
                        openStates().stream().anyMatch(state -> state.name().equals(name));
                return super.track(taken ? name + "'" : name, initial);
            }
        }),
        FORGETS_CLOSED_STATES(
                "metrics_keepCountersOfClosedStates metrics_ofAClosedStateShowNoHistory close_atTheEndOfTheStackCanBeRepeated",
                (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    Map<String, StateMetrics> stateMetrics() {
                        return openStates().stream()
                                .collect(Collectors.toMap(ReferenceState::name, ReferenceState::metrics));
                    }
                }),
        SHOWS_HISTORY_OF_CLOSED_STATES(
                "metrics_ofAClosedStateShowNoHistory",
                states(differ -> (name, initial) -> new ReferenceState(differ, name, initial) {
                    @Override
                    synchronized StateMetrics metrics() {
                        StateMetrics m = super.metrics();
                        return new StateMetrics(m.commits(), m.changes(), m.subscribers(), m.commits(), m.changes());
                    }
                })),
        KNOWS_NO_INSTANCES(
                "track_usesTheSettingsOfItsInstance",
                states(differ -> (name, initial) -> new ReferenceState(differ, "other" + name, initial) {
                    @Override
                    public String name() {
                        return name;
                    }
                }));

        final Set<String> clauses;
        final BiFunction<DifferLimits, ComponentContext, StateDiffer> maker;

        Broken(String clauses, BiFunction<DifferLimits, ComponentContext, StateDiffer> maker) {
            this.clauses = Set.of(clauses.split(" "));
            this.maker = maker;
        }

        private static BiFunction<DifferLimits, ComponentContext, StateDiffer> replicas(
                Supplier<ReferenceReplica> maker) {
            return (limits, context) -> new ReferenceDiffer(limits, context) {
                @Override
                ReferenceReplica newReplica() {
                    return maker.get();
                }
            };
        }

        interface StateMaker {
            ReferenceState of(String name, JsonNode initial);
        }

        private static BiFunction<DifferLimits, ComponentContext, StateDiffer> states(
                Function<ReferenceDiffer, StateMaker> maker) {
            return (limits, context) -> new ReferenceDiffer(limits, context) {
                @Override
                ReferenceState newState(String name, JsonNode initial) {
                    return maker.apply(this).of(name, initial.deepCopy());
                }
            };
        }
    }
}
