package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.DeltaCategory;
import dev.geotherm.api.diff.DiffMetrics;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.ContractRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of state differs lets a correct one pass and finds each broken one by the clause that it breaks. */
class StateDifferContractTest {
    private static final AtomicReference<BiFunction<DifferLimits, ComponentContext, StateDiffer>> MAKER =
            new AtomicReference<>(ReferenceDiffer::new);

    @Test
    void aCorrectDifferPasses() {
        ContractRun run = ContractRun.of(Contract.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenDifferFailsItsClause(Broken variant) {
        assertFails(variant.maker, variant.clause);
    }

    @ParameterizedTest
    @EnumSource
    void wrongDeltasFailTheirClause(ShapeFault fault) {
        assertFails(fault::differ, fault.clause);
    }

    private static void assertFails(BiFunction<DifferLimits, ComponentContext, StateDiffer> maker, String clause) {
        MAKER.set(maker);
        try {
            ContractRun run = ContractRun.of(Contract.class);
            assertThat(run.failed()).as(run.failures().toString()).containsExactly(clause);
        } finally {
            MAKER.set(ReferenceDiffer::new);
        }
    }

    static final class Contract extends StateDifferContract {
        @Override
        protected StateDiffer create(DifferLimits limits, ComponentContext context) {
            return MAKER.get().apply(limits, context);
        }

        @Override
        protected Set<DifferCapability> capabilities() {
            return EnumSet.allOf(DifferCapability.class);
        }
    }

    enum Broken {
        IGNORES_NULL_MEMBERS(
                "aMemberThatIsNullIsNotMissing", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public StateDelta diff(JsonNode before, JsonNode after) {
                        boolean confused = before.isEmpty()
                                && after.equals(
                                        JsonNodeFactory.instance.objectNode().putNull("nothing"));
                        return confused ? StateDelta.empty() : super.diff(before, after);
                    }
                }),
        TELLS_INT_FROM_LONG(
                "aNumberIsTheSameInEveryJavaType", (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public StateDelta diff(JsonNode before, JsonNode after) {
                        boolean told = before.isInt() && after.isLong() && after.longValue() == 5;
                        return told ? replacement(before, after) : super.diff(before, after);
                    }
                }),
        COUNTS_NO_COMPARISON("comparisonsAreCounted", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public DiffMetrics metrics() {
                DiffMetrics m = super.metrics();
                return new DiffMetrics(
                        0,
                        0,
                        Duration.ZERO,
                        m.commits(),
                        m.deltaBytes(),
                        m.encodedBytes(),
                        m.encodeTime(),
                        m.cacheHits(),
                        m.cacheNears(),
                        m.cacheMisses());
            }
        }),
        COMPARES_WHEN_CLOSED("comparingAfterCloseIsRefused", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public StateDelta diff(JsonNode before, JsonNode after) {
                return closed ? StateDelta.empty() : super.diff(before, after);
            }
        }),
        FINDS_NOTHING_LARGE("everyChangeIsInTheSummary", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            DeltaCategory category(StateDelta delta) {
                return DeltaCategory.NONE;
            }
        }),
        TAKES_EMPTY_BYTES("bytesThatAreNoDeltaAreRefused", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            public StateDelta decode(byte[] from) {
                return from.length == 0 ? StateDelta.empty() : super.decode(from);
            }
        }),
        HASHES_ESCAPES_LIKE_WHAT_THEY_STAND_FOR(
                "statesThatAreEasilyConfusedHaveDifferentFingerprints",
                (limits, context) -> new ReferenceDiffer(limits, context) {
                    @Override
                    public Fingerprint fingerprint(JsonNode state) {
                        boolean confused = state.size() == 1 && state.has("a~1b");
                        return super.fingerprint(
                                confused ? JsonNodeFactory.instance.objectNode().set("a/b", state.get("a~1b")) : state);
                    }
                }),
        KEEPS_THE_INITIAL_STATE("theInitialStateIsCopied", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            ReferenceState newState(JsonNode initial) {
                return new ReferenceState(this, initial);
            }
        }),
        KEEPS_WHAT_IS_COMMITTED(
                "whatWasCommittedIsCopied",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    JsonNode copyOfCommitted(JsonNode next) {
                        return next;
                    }
                })),
        CARRIES_ALL_IN_EDITS(
                "anEditCarriesWhatGoesOnlyWhereTheSettingsSaySo",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    ReferenceEditor newEditor(JsonNode state) {
                        DeltaShape shape = differ.limits.shape();
                        return new ReferenceEditor(
                                state,
                                differ.limits.withShape(DeltaShape.usual().splicingFrom(shape.spliceFrom())));
                    }
                })),
        EDITS_WHOLE_TEXTS(
                "anEditOfALongTextIsASplice",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    ReferenceEditor newEditor(JsonNode state) {
                        return new ReferenceEditor(
                                state,
                                differ.limits.withShape(differ.limits.shape().splicingFrom(0)));
                    }
                })),
        TAKES_WHAT_JSON_HAS_NOT(
                "whatJsonHasNotIsRefused",
                states(differ -> initial -> new ReferenceState(differ, initial) {
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
                "sinceAForgottenRevisionThereIsTheSnapshot",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    boolean isForgotten(long revision) {
                        return false;
                    }
                })),
        KNOWS_THE_FUTURE(
                "sinceARevisionThatWasNotMadeIsRefused",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    public StateUpdate since(long revision) {
                        return super.since(Math.max(0, Math.min(revision, revision())));
                    }
                })),
        DROPS_WHO_THROWS(
                "aSubscriberThatThrowsKeepsItsSubscription",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    boolean endsAtAFailure() {
                        return true;
                    }
                })),
        SUBSCRIBES_WHEN_CLOSED(
                "subscribingAfterCloseIsRefused",
                states(differ -> initial -> new ReferenceState(differ, initial) {
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
                "aSubscriberThatIsFarBehindGetsItsDeltasInOne",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    StateUpdate inOne(long base) {
                        return snapshot();
                    }
                })),
        MERGES_WHATEVER_THE_SIZE(
                "aSubscriberThatIsFarBehindGetsTheSnapshotWhereThatIsSmaller",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    @Override
                    long sizeOf(StateDelta delta) {
                        return 0;
                    }
                })),
        ONE_THREAD_FOR_ALL(
                "subscribersThatNeverReturnHoldNobodyUp",
                states(differ -> initial -> new ReferenceState(differ, initial) {
                    private ExecutorService one;

                    @Override
                    ExecutorService newThread() {
                        one = one == null ? super.newThread() : one;
                        return one;
                    }

                    @Override
                    void end(ExecutorService thread) {
                        // Others are called by it too.
                    }
                })),
        SEES_NO_GAP("aMissedDeltaIsAGapThatASnapshotCloses", replicas(() -> new ReferenceReplica() {
            @Override
            boolean follows(RevisionDelta delta) {
                return true;
            }
        })),
        THROWS_WITHOUT_A_ROOT("aDeltaThatDoesNotFitIsADivergence", replicas(() -> new ReferenceReplica() {
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
        CHECKS_NO_FINGERPRINT("whatLeadsToAnotherStateThanItSaysIsADivergence", replicas(() -> new ReferenceReplica() {
            @Override
            boolean isExpected(Fingerprint found, StateUpdate update) {
                return true;
            }
        })),
        FORGETS_AT_A_RESTART("aResultOnDiskIsFoundAgain", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            List<ReferenceCache.Kept<?>> disk(String name) {
                return new ArrayList<>();
            }
        }),
        KEEPS_CONTEXTS("aContextIsCopied", (limits, context) -> new ReferenceDiffer(limits, context) {
            @Override
            JsonNode copyOfContext(JsonNode state) {
                return state;
            }
        }),
        CACHES_FOR_EVER(
                "anOldResultIsForgotten",
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
                "theCacheStaysWithinItsSize",
                (limits, context) -> new ReferenceDiffer(limits.withCacheSize(9999), context));

        final String clause;
        final BiFunction<DifferLimits, ComponentContext, StateDiffer> maker;

        Broken(String clause, BiFunction<DifferLimits, ComponentContext, StateDiffer> maker) {
            this.clause = clause;
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
            ReferenceState of(JsonNode initial);
        }

        private static BiFunction<DifferLimits, ComponentContext, StateDiffer> states(
                Function<ReferenceDiffer, StateMaker> maker) {
            return (limits, context) -> new ReferenceDiffer(limits, context) {
                @Override
                ReferenceState newState(JsonNode initial) {
                    return maker.apply(this).of(initial.deepCopy());
                }
            };
        }
    }
}
