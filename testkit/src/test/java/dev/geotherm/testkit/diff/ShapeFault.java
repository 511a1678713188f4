package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.util.List;
import java.util.function.UnaryOperator;

/** The faults of a differ's deltas, each with the clause that finds it. */
enum ShapeFault {
    IS_SILENT_BELOW_THE_LIMIT("depthLimit_replacesWholeContainers") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            boolean deep = differ.limits.depthLimit() == 5
                    && a.at("/n/0/n/0/n/0/n/0/n/0/n").isContainerNode();
            return deep ? StateDelta.empty() : super.diff(differ, a, b);
        }
    },
    GOES_A_STEP_FURTHER("depthLimit_boundsThePathsOfChanges") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.depthLimit() < 4 ? limits.withDepthLimit(limits.depthLimit() + 1) : limits;
        }
    },
    COUNTS_WHAT_IS_IGNORED_BELOW_THE_LIMIT("depthLimit_respectsIgnoredPathsBelowIt") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.ignoredPaths().contains("/a/b/c") && limits.depthLimit() < 3 ? limits.ignoring() : limits;
        }
    },
    CALLS_A_NEW_TYPE_A_NEW_VALUE("diff_givesEveryChangeItsKind") {
        @Override
        Change change(Change change, DifferLimits limits, JsonNode a) {
            return change.kind() == ChangeKind.TYPE_CHANGED
                    ? Change.replaced(ChangeKind.MODIFIED, change.path(), change.before(), change.after(), 1)
                    : change;
        }
    },
    ROUNDS_DECIMALS("diff_distinguishesDecimalRepresentations") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            boolean confused = a.path("d").isBigDecimal()
                    && a.path("d").decimalValue().signum() != 0
                    && JsonEquality.sameByValue(a, b);
            return confused ? StateDelta.empty() : super.diff(differ, a, b);
        }
    },
    FINDS_NO_MOVES("moves_anElementOfALongArrayIsOneChange") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return a.at("/list/0").has("name") ? limits.withShape(limits.shape().withoutMoves()) : limits;
        }
    },
    FINDS_NO_MOVES_BY_KEY("moves_anElementWithAKeyIsOneChange") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return a.at("/list/0").has("id") ? limits.withShape(limits.shape().withoutMoves()) : limits;
        }
    },
    MOVES_ALL_THE_SAME("moves_offMovesNothing") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.withShape(new DeltaShape(
                    true,
                    limits.shape().spliceFrom(),
                    limits.shape().reversible(),
                    limits.shape().numbersByValue(),
                    limits.shape().identityKeys()));
        }
    },
    NEVER_SPLICES("spliceFrom_longTextsAreSpliced") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.withShape(limits.shape().splicingFrom(0));
        }
    },
    SPLICES_WHAT_HAS_NOTHING_IN_COMMON("spliceFrom_splicesOnlyWhereSmaller") {
        @Override
        Change change(Change change, DifferLimits limits, JsonNode a) {
            if (limits.shape().spliceFrom() != 1
                    || !(change.before() instanceof TextNode before)
                    || !(change.after() instanceof TextNode after)) {
                return change;
            }
            TextSplice all = new TextSplice(0, before.textValue().length(), after.textValue());
            return Change.spliced(change.path(), before, all, 1);
        }
    },
    SPLICES_SHORT_TEXTS("spliceFrom_shortTextsAreReplaced") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.shape().spliceFrom() < 1
                    ? limits
                    : limits.withShape(limits.shape().splicingFrom(9));
        }
    },
    SPLITS_CHARACTERS("splice_neverSplitsACharacter") {
        @Override
        ReferenceComparison comparison(DifferLimits limits) {
            return new ReferenceComparison(limits) {
                @Override
                boolean splits() {
                    return true;
                }
            };
        }
    },
    REMOVES_AND_ADDS_TEXTS("toJsonPatch_replacesSplicedTexts") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            boolean text =
                    a.size() == 3 && a.path(0).isTextual() && a.path(1).asText().equals("0");
            if (!text
                    || differ.limits.shape().spliceFrom() != 1
                    || !differ.limits.shape().reversible()) {
                return super.diff(differ, a, b);
            }
            return new StateDelta(List.of(
                    Change.removed(Pointer.of("1"), a.get(1)),
                    Change.added(Pointer.of("1"), b.get(1)),
                    Change.removed(Pointer.of("0"), a.get(0)),
                    Change.added(Pointer.of("0"), b.get(0))));
        }
    },
    CARRIES_ALL_THE_SAME("reversible_offRecordsNoOldValues") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return a.has("gone") ? limits : limits.withShape(ShapeFault.reversible(limits.shape()));
        }
    },
    CARRIES_WHAT_IT_SHOULD_NOT("invert_withoutOldValuesIsRefused") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return a.has("gone") ? limits.withShape(ShapeFault.reversible(limits.shape())) : limits;
        }
    },
    KNOWS_ONE_KEY_ONLY("identityKeys_identifyElements") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            List<String> keys = limits.shape().identityKeys();
            return keys.contains("/b/*=name") ? limits.withShape(limits.shape().withKeys(keys.get(0))) : limits;
        }
    },
    TAKES_STRANGERS_FOR_ONE_ANOTHER("identityKeys_keepElementsOfOtherKeysApart") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return limits.shape().identityKeys().equals(List.of("=code"))
                    ? limits.withShape(limits.shape().withKeys())
                    : limits;
        }
    },
    TRUSTS_EVERY_KEY("identityKeys_thatAreNotUniqueAreNotUsed") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            StateDelta delta = super.diff(differ, a, b);
            boolean trusted = differ.limits.shape().identityKeys().contains("=b")
                    && a.path(0).has("a")
                    && !ReferenceKeys.tellApart(a, "a")
                    && !delta.isEmpty();
            return trusted
                    ? new StateDelta(delta.changes().subList(0, delta.changes().size() - 1))
                    : delta;
        }
    },
    TELLS_NUMBERS_BY_THEIR_DIGITS("numbersByValue_equalValuesAreEqual") {
        @Override
        DifferLimits limits(DifferLimits limits, JsonNode a) {
            return a.size() == 2 && a.path(1).asText().equals("x") ? limits.withShape(DeltaShape.usual()) : limits;
        }
    },
    COMPARES_AS_DOUBLES("numbersByValue_otherValuesDiffer") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            boolean confused = differ.limits.shape().numbersByValue()
                    && a.isNumber()
                    && b.isNumber()
                    && a.doubleValue() == b.doubleValue();
            return confused ? StateDelta.empty() : super.diff(differ, a, b);
        }
    },
    SHORTENS_NUMBERS("numbersByValue_keepsTheNewRepresentation") {
        @Override
        Change change(Change change, DifferLimits limits, JsonNode a) {
            return limits.shape().numbersByValue()
                            && change.after() != null
                            && change.after().isDouble()
                            && change.after().doubleValue() == 2
                    ? Change.replaced(change.kind(), change.path(), change.before(), IntNode.valueOf(2), 1)
                    : change;
        }
    },
    DOES_NOT_SAY_WHAT_GOES("applyTo_anotherStateIsRefusedWithTheChange") {
        @Override
        Change change(Change change, DifferLimits limits, JsonNode a) {
            return change.path().equals(Pointer.parse("/b/c"))
                            && a.at("/b/c").isInt()
                            && a.at("/a/0").isInt()
                    ? Change.replaced(change.kind(), change.path(), null, change.after(), 1)
                    : change;
        }
    },
    FITS_EVERY_STATE("applyInPlace_isAllOrNothing") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            return a.has("state")
                    ? new StateDelta(List.of(Change.replaced(ChangeKind.MODIFIED, Pointer.ROOT, null, b, 1)))
                    : super.diff(differ, a, b);
        }
    },
    REPLACES_THE_WHOLE_STATE("conflicts_areNoneForDifferentMembers") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            return a.at("/b/d").isInt() ? ReferenceDiffer.replacement(a, b) : super.diff(differ, a, b);
        }
    },
    REPLACES_A_SMALL_STATE("conflicts_ofOneValueAreFound") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            boolean small = differ.limits.ignoredPaths().isEmpty()
                    && a.size() == 2
                    && a.path("a").isInt()
                    && a.path("b").isInt()
                    && b.path("b").isInt();
            return small ? ReferenceDiffer.replacement(a, b) : super.diff(differ, a, b);
        }
    },
    REPLACES_RANDOM_STATES("rebaseOver_givesTheSameStateInEitherOrder") {
        @Override
        StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
            return a.has("rebased") ? ReferenceDiffer.replacement(a, b) : super.diff(differ, a, b);
        }
    };

    final String clause;

    ShapeFault(String clause) {
        this.clause = clause;
    }

    /** Returns the limits under which a state is compared. */
    DifferLimits limits(DifferLimits limits, JsonNode a) {
        return limits;
    }

    ReferenceComparison comparison(DifferLimits limits) {
        return new ReferenceComparison(limits);
    }

    /** Returns the faulty replacement of a change. */
    Change change(Change change, DifferLimits limits, JsonNode a) {
        return change;
    }

    StateDelta diff(ReferenceDiffer differ, JsonNode a, JsonNode b) {
        UnaryOperator<Change> said = change -> change(change, differ.limits, a);
        return new StateDelta(comparison(limits(differ.limits, a)).between(a, b).changes().stream()
                .map(said)
                .toList());
    }

    final ReferenceDiffer differ(DifferLimits limits, ComponentContext context) {
        return new ReferenceDiffer(limits, context) {
            @Override
            StateDelta compared(JsonNode before, JsonNode after) {
                return ShapeFault.this.diff(this, before, after);
            }
        };
    }

    private static DeltaShape reversible(DeltaShape shape) {
        return new DeltaShape(shape.moves(), shape.spliceFrom(), true, shape.numbersByValue(), shape.identityKeys());
    }
}
